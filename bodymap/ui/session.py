"""The person behind the running session: whose record it is, where it is kept, what day it is."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import streamlit as st

from bodymap.records import CheckIn, Record, Store, StoreError, default_url, open_store
from bodymap.records.day import DayOperation
from bodymap.records.drawing import StrokeOperation
from bodymap.records.model import Operation, Place
from bodymap.records.statement import zone_and_offset
from bodymap.ui.access import Access, current

PERSON = "local"
_GUEST_STORE = "guest_store"
_RECORD_NAME = "guest_record"
_DELETIONS = "deletions"
_SEEN = "seen_of_the_record"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the map shows of the record: the latest check-ins, and what the person set."""

    check_ins: tuple[CheckIn, ...]
    preferences: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was deleted: all of the dates from ``first`` to ``last``, or one mark of them."""

    id: str
    first: date
    last: date
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One visitor: how the app is reached, and the store that holds this visitor's record."""

    access: Access
    store: Store

    @property
    def is_guest(self) -> bool:
        """Tell whether nothing may be kept on the server."""
        return self.access is Access.GUEST

    @property
    def deletions(self) -> tuple["Deletion", ...]:
        """Return what was deleted in this session: the tab may keep it too (``ui/deleted.py``)."""
        return st.session_state.get(_DELETIONS, ())

    def delete_everything(self) -> None:
        """Delete this person's whole record.

        Raises:
            StoreError: nothing was deleted.
        """
        self.store.erase(PERSON)
        self._tell_the_tab(date.min, date.max)

    def delete_days(self, first: date, last: date) -> None:
        """Delete all that was stated about these dates and those between.

        Raises:
            StoreError: nothing was deleted.
            InvalidValue: ``last`` lies before ``first``.
        """
        self.store.delete_days(PERSON, first, last)
        self._tell_the_tab(first, last)

    def delete_mark(self, day: date, place: Place) -> None:
        """Delete one mark of a date, and its earlier values.

        Raises:
            StoreError: nothing was deleted.
        """
        self.store.delete_mark(PERSON, day, place)
        self._tell_the_tab(day, day, place)

    def _tell_the_tab(self, first: date, last: date, place: Place | None = None) -> None:
        deletion = Deletion(uuid4().hex, first, last, place)
        st.session_state[_DELETIONS] = (*self.deletions, deletion)

    def days(self, first: date, last: date) -> tuple[date, ...]:
        """Return the dates in a period about which something is recorded, oldest first."""
        with _saying_why():
            return self.store.days(PERSON, first, last)

    def check_ins(
        self, last: int | None = None, between: tuple[date, date] | None = None
    ) -> tuple[CheckIn, ...]:
        """Return the check-ins of this person (or so many latest, or of some dates), oldest first.

        Drawings are not read: nothing here shows them.
        """
        with _saying_why():
            return self.store.check_ins(PERSON, last, between=between, drawings=False)

    def look(self, last: int, saving: "Saving") -> Seen:
        """Return the latest check-ins; while the record can't be read, what was seen before.

        The map has to stay in the page then, because it holds the marks that are on their way.
        """
        state = st.session_state
        if saving.problem is not None and _SEEN in state:
            return state[_SEEN]
        try:
            state[_SEEN] = Seen(
                self.store.check_ins(PERSON, last, drawings=False), self.store.preferences(PERSON)
            )
        except StoreError:
            if _SEEN not in state:
                with _saying_why():
                    raise
        return state[_SEEN]

    def record(self) -> Record:
        """Return everything that this person recorded."""
        with _saying_why():
            return self.store.record(PERSON)

    def strokes(self, day: date) -> dict[str, StrokeOperation]:
        """Return the strokes of a day by id, those taken back included, in the order drawn."""
        stated = self.statements(day)
        return {one.stroke_id: one for one in stated if isinstance(one, StrokeOperation)}

    def statements(self, day: date) -> tuple[Operation, ...]:
        """Return all that was ever stated about a day, in the record's order."""
        with _saying_why():
            return self.store.record(PERSON, day, day).operations

    def marked_twice(self) -> tuple[CheckIn, ...]:
        """Return the days on which places were marked again, with their marks only."""
        with _saying_why():
            return self.store.marked_twice(PERSON)

    def drawn_twice(self) -> tuple[CheckIn, ...]:
        """Return the days on which a drawing was made again, with their drawings only."""
        with _saying_why():
            return self.store.drawn_twice(PERSON)

    def last_drawn(self, before: date) -> date | None:
        """Return the latest date before ``before`` that has a drawing."""
        with _saying_why():
            return self.store.last_drawn(PERSON, before)

    def answers(self, day: date) -> DayOperation | None:
        """Return the answers of a day."""
        with _saying_why():
            found = self.store.check_in(PERSON, day.isoformat())
        return found.answers if found else None

    def preferences(self) -> Mapping[str, str]:
        """Return what this person set for themselves, by name."""
        with _saying_why():
            return self.store.preferences(PERSON)

    def set_preference(self, name: str, value: str) -> None:
        """Keep what this person set."""
        with _saying_why():
            self.store.set_preference(PERSON, name, value)


@dataclass(frozen=True, slots=True)
class Saving:
    """What a component's outbox is told: what became of the operations that it sent.

    acknowledged: ids of those that are committed. problem: one calm sentence on why they are not.
    record: names a guest's record, which is in memory only; the browser keeps what is acknowledged
        and offers it again to a record of another name. "" where the server keeps it.
    """

    acknowledged: tuple[str, ...] = ()
    problem: str | None = None
    record: str = ""

    def sent(self) -> dict[str, Any]:
        """Return it as ``static/body_map/outbox.js`` takes it."""
        return {
            "acked": list(self.acknowledged),
            "problem": self.problem,
            "record": self.record,
        }


def open_session() -> Session:
    """Return the running session, or say why the record can't be opened and stop the page."""
    access = current()
    with _saying_why():
        if access is Access.LOCAL:
            return Session(access, _store_on_disk(default_url()))
        if _GUEST_STORE not in st.session_state:
            st.session_state[_GUEST_STORE] = open_store("sqlite://")
        return Session(access, st.session_state[_GUEST_STORE])


@contextmanager
def _saying_why() -> Generator[None]:
    """Turn a failure of the store into one calm sentence on the page, and stop the page there."""
    try:
        yield
    except StoreError as error:
        st.header("We can't open your record", anchor=False)
        st.text(str(error))
        st.stop()


def save(session: Session, operations: Sequence[Operation]) -> Saving:
    """Write what the browser sent. Acknowledged means committed; a failure keeps it with them."""
    record = st.session_state.setdefault(_RECORD_NAME, uuid4().hex) if session.is_guest else ""
    try:
        done = session.store.apply(PERSON, operations) if operations else ()
        return Saving(acknowledged=done, record=record)
    except StoreError as error:
        return Saving(problem=str(error), record=record)


def now() -> tuple[datetime, str, int]:
    """Return the visitor's time: UTC instant, zone name, offset from UTC in minutes."""
    instant = datetime.now(UTC)
    return instant, *zone_and_offset(st.context.timezone, instant)


def today() -> date:
    """Return the visitor's own date."""
    instant, _, offset_min = now()
    return instant.astimezone(timezone(timedelta(minutes=offset_min))).date()


@st.cache_resource(show_spinner=False)
def _store_on_disk(url: str) -> Store:
    # Holds no marks: a store opens a connection for each operation.
    return open_store(url)
