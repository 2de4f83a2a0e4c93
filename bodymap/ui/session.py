"""The person behind the running session: whose record it is and where it is kept."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import streamlit as st

from bodymap.records import (
    CheckIn,
    Comparison,
    Merged,
    Record,
    Room,
    Store,
    StoreError,
    default_url,
    open_store,
)
from bodymap.records.day import DayOperation
from bodymap.records.drawing import StrokeOperation
from bodymap.records.errors import PartlyDeletedError
from bodymap.records.model import Operation, Place
from bodymap.ui import restoring
from bodymap.ui.access import Access, current
from bodymap.ui.clock import FIRST_DAY, LAST_DAY, today
from bodymap.ui.statements import strokes_among

PERSON = "local"
# A record of ten years, with 20 marks and a drawing each day, takes 38 MB.
GUESTS = Room(each=40 * 10**6, together=400 * 10**6)
_GUEST_STORE = "guest_store"
_DELETIONS = "deletions"
_SEEN = "seen_of_the_record"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the map shows of the record: the latest check-ins, and what the person set.

    ahead: the dates after today about which something is recorded.
    """

    check_ins: tuple[CheckIn, ...]
    preferences: Mapping[str, str]
    ahead: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was deleted: all of the dates from ``first`` to ``last``, or one mark of them."""

    id: str
    first: date
    last: date
    place: Place | None = None

    def sent(self) -> dict[str, object]:
        """Return it as the outbox of the tab takes it."""
        return {
            "id": self.id,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "place": self.place and list(self.place),
        }

    def takes(self, statement: Operation) -> bool:
        """Tell whether a statement is about what was deleted."""
        if not self.first <= statement.local_date <= self.last:
            return False
        return self.place is None or getattr(statement, "place", None) == self.place


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
            PartlyDeletedError: copies or traces of it are left. StoreError: nothing was deleted.
        """
        with self._telling_the_tab(date.min, date.max):
            self.store.erase(PERSON)

    def delete_days(self, first: date, last: date) -> None:
        """Delete all that was stated about these dates and those between.

        Raises:
            PartlyDeletedError: copies or traces of it are left. StoreError: nothing was deleted.
            InvalidValue: ``last`` lies before ``first``.
        """
        with self._telling_the_tab(first, last):
            self.store.delete_days(PERSON, first, last)

    def delete_mark(self, day: date, place: Place) -> None:
        """Delete one mark of a date, and its earlier values.

        Raises:
            PartlyDeletedError: copies or traces of it are left. StoreError: nothing was deleted.
        """
        with self._telling_the_tab(day, day, place):
            self.store.delete_mark(PERSON, day, place)

    @contextmanager
    def _telling_the_tab(
        self, first: date, last: date, place: Place | None = None
    ) -> Generator[None]:
        """Tell the tab what is deleted from the record, also if copies or traces of it are left."""
        try:
            yield
        except PartlyDeletedError:
            self._tell_the_tab(first, last, place)
            raise
        self._tell_the_tab(first, last, place)

    def follow(self, deletion: Deletion) -> None:
        """Delete here, too, what a guest deleted in another tab; once.

        Raises:
            StoreError: nothing was deleted.
        """
        if any(known.id == deletion.id for known in self.deletions):
            return
        if deletion.place:
            self.store.delete_mark(PERSON, deletion.first, deletion.place)
        else:
            self.store.delete_days(PERSON, deletion.first, deletion.last)
        st.session_state[_DELETIONS] = (*self.deletions, deletion)

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

        None that lies ahead of today: a clock was wrong, or someone travelled, and nothing that a
        page counts or calls "now" may be of a day that has not come. Drawings are not read: nothing
        here shows them.
        """
        with _saying_why():
            return self.store.check_ins(
                PERSON, last, between=between, until=today(), drawings=False
            )

    def ahead(self) -> tuple[CheckIn, ...]:
        """Return the check-ins that lie ahead of today, the next one first, without drawings."""
        with _saying_why():
            return self.store.check_ins(PERSON, between=_after(today()), drawings=False)

    def first_day(self) -> date:
        """Return the first date about which something is recorded; today without any."""
        with _saying_why():
            days = self.store.days(PERSON, FIRST_DAY, today())
        return min(days, default=today())

    def look(self, last: int, problem: str | None) -> Seen:
        """Return the latest check-ins; while the record can't be read, what was seen before.

        The map has to stay in the page then, because it holds the marks that are on their way.
        """
        state = st.session_state
        if problem is not None and _SEEN in state:
            return state[_SEEN]
        try:
            state[_SEEN] = Seen(
                self.store.check_ins(PERSON, last, until=today(), drawings=False),
                self.store.preferences(PERSON),
                self.store.days(PERSON, *_after(today())),
            )
        except StoreError:
            if _SEEN not in state:
                with _saying_why():
                    raise
        return state[_SEEN]

    def record(self, first: date | None = None) -> Record:
        """Return everything that this person recorded, or only from a date on."""
        with _saying_why():
            return self.store.record(PERSON, first)

    def compare(self, record: Record) -> Comparison:
        """Return what adding a record from a file would do."""
        with _saying_why():
            return self.store.compare(PERSON, record)

    def add(self, record: Record) -> Merged:
        """Add what a record from a file holds and this person's does not.

        Raises:
            StoreError: nothing was added.
        """
        return self.store.merge(PERSON, record)

    def strokes(self, day: date) -> dict[str, StrokeOperation]:
        """Return the strokes of a day by id, those taken back included, in the order drawn."""
        return strokes_among(self.statements(day))

    def statements(self, day: date) -> tuple[Operation, ...]:
        """Return all that was ever stated about a day, in the record's order."""
        with _saying_why():
            return self.store.record(PERSON, day, day).operations

    def marked_twice(self) -> tuple[CheckIn, ...]:
        """Return the days so far on which places were marked again, with their marks only."""
        with _saying_why():
            return _so_far(self.store.marked_twice(PERSON))

    def drawn_twice(self) -> tuple[CheckIn, ...]:
        """Return the days so far on which a drawing was made again, with their drawings only."""
        with _saying_why():
            return _so_far(self.store.drawn_twice(PERSON))

    def last_drawn(self, before: date) -> date | None:
        """Return the latest date before ``before`` that has a drawing."""
        with _saying_why():
            return self.store.last_drawn(PERSON, before)

    def answers(self, day: date) -> DayOperation | None:
        """Return the answers of a day."""
        with _saying_why():
            found = self.store.check_in(PERSON, day.isoformat())
        return found.answers if found else None

    def guest_preferences(self) -> Mapping[str, str]:
        """Return the same as ``preferences``, for a record in memory, which can always be read."""
        return self.store.preferences(PERSON)

    def preferences(self) -> Mapping[str, str]:
        """Return what this person set for themselves, by name."""
        with _saying_why():
            return self.store.preferences(PERSON)

    def set_preference(self, name: str, value: str) -> None:
        """Keep what this person set."""
        with _saying_why():
            self.store.set_preference(PERSON, name, value)


def _so_far(check_ins: tuple[CheckIn, ...]) -> tuple[CheckIn, ...]:
    return tuple(one for one in check_ins if one.local_date <= today())


def _after(day: date) -> tuple[date, date]:
    return day + timedelta(days=1), LAST_DAY


def open_session() -> Session:
    """Return the running session, or say why the record can't be opened and stop the page."""
    with _saying_why():
        return find_session()


def find_session() -> Session:
    """Return the running session.

    Raises:
        StoreError: the record can't be opened.
    """
    access = current()
    if access is Access.LOCAL:
        return Session(access, record_on_disk())
    if _GUEST_STORE not in st.session_state:
        st.session_state[_GUEST_STORE] = open_store("sqlite://", GUESTS)
    return Session(access, st.session_state[_GUEST_STORE])


@contextmanager
def _saying_why() -> Generator[None]:
    """Turn a failure of the store into one calm sentence on the page, and stop the page there."""
    try:
        yield
    except StoreError as error:
        st.header("We can't open your record", anchor=False)
        st.text(str(error))
        if current() is Access.LOCAL:
            restoring.offer(error, default_url(), PERSON)
        st.stop()


def record_on_disk() -> Store:
    """Return the record of the person at this computer; for them only.

    Raises:
        StoreError: it can't be opened.
    """
    return _store_on_disk(default_url())


@st.cache_resource(show_spinner=False)
def _store_on_disk(url: str) -> Store:
    # Holds no marks: a store opens a connection for each operation.
    return open_store(url)
