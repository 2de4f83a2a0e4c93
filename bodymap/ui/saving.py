"""The way of a statement: from the browser into the record, and the answer back.

Whatever a page sends is answered, each statement by its id: it is saved, or it is refused with one
sentence. While the record can't be written nothing is answered but why, and the browser keeps all
of it. A guest's record is in memory only; there the tab keeps the whole of it, and is told of what
came in on the server: a copy of an earlier day, a record file that was opened.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any
from uuid import uuid4

import streamlit as st

from bodymap.exchange.record_json import dump_in_parts
from bodymap.records import Change, Record, StoreError
from bodymap.records.errors import BusyError, ConflictError, UncertainError
from bodymap.records.model import Operation
from bodymap.ui.browser import outbox, plain
from bodymap.ui.session import PERSON, Deletion, Session
from bodymap.ui.statements import CONFLICT, Refusal, Told, read, refusal, strokes_among

_NAME = "session_name"
_DONE = "acknowledged"
_FOR_THE_TAB = "for_the_tab"
_HEARD = "heard_from_the_tab"
_BUSY = "record_was_busy"
_REST_S = 3  # between two attempts to write into a busy record
_MOST_SETTINGS = 20
_LONGEST_TEXT = 1_000_000  # of a file that a tab keeps and sends again in one message


@dataclass(frozen=True, slots=True)
class Saving:
    """What the browser's outbox is told.

    session: names the running session; what is meant for another one is not taken.
    is_guest: the record is in memory only, so the tab keeps it and offers it to the next session.
    acknowledged: ids of the statements that are committed. refused: why others were not saved.
    problem: one calm sentence on why nothing could be written just now.
    bring: what came in on the server, for a guest's tab to keep; preferences: likewise.
    """

    session: str
    is_guest: bool = False
    acknowledged: tuple[str, ...] = ()
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    problem: str | None = None
    bring: Sequence[Mapping[str, Any]] = ()
    preferences: Mapping[str, str] | None = None

    def sent(self) -> dict[str, Any]:
        """Return it as ``static/body_map/outbox.js`` takes it."""
        sent: dict[str, Any] = {
            "session": self.session,
            "guest": self.is_guest,
            "acked": list(self.acknowledged),
            "problem": self.problem,
        }
        if self.refused:
            sent["refused"] = [[id_, why.field, why.sentence] for id_, why in self.refused.items()]
        if self.is_guest:
            sent |= {"bring": list(self.bring), "preferences": self.preferences}
        return sent


def save(session: Session, key: str) -> Saving:
    """Take what the component mounted under ``key`` last sent.

    Acknowledged means committed; a failure keeps it with the browser.
    """
    state = st.session_state
    name = state.setdefault(_NAME, uuid4().hex)
    sent = state.get(key)
    done: set[str] = state.setdefault(_DONE, set())
    # An acknowledged statement comes again with every message until another takes its place. It may
    # have been deleted since, so it is not looked for in the record.
    items = outbox(sent, name)
    old = [id_ for item in items if (id_ := _id_of(item)) in done]
    refused: dict[str, Refusal] = {}
    acknowledged: list[str] = []
    problem = None
    try:
        if session.is_guest:
            _hear(session, sent, name)
        told = read(
            (item for item in items if _id_of(item) not in done),
            lambda day: strokes_among(session.store.record(PERSON, day, day).operations),
        )
        refused |= told.refused
        acknowledged.extend(_take_out(told, _unheard(session, sent)))
        if told.said:
            _rest()
        _write(session, told, acknowledged, refused)
    except _StillBusyError as error:
        problem = str(error)
    except BusyError as error:
        problem = str(error)
        state[_BUSY] = monotonic(), problem
    except UncertainError as error:
        problem = f"{error} We keep trying."
    except StoreError as error:
        problem = str(error)
    done.update(acknowledged)
    preferences = session.guest_preferences() if session.is_guest else None
    return Saving(
        session=name,
        is_guest=session.is_guest,
        acknowledged=(*old, *acknowledged),
        refused=refused,
        problem=problem,
        bring=state.get(_FOR_THE_TAB, ()),
        preferences=preferences,
    )


class _StillBusyError(BusyError):
    """It was busy a moment ago."""


def _rest() -> None:
    """Let a moment pass between two attempts: one run of a page may make several, and waits each.

    Raises:
        _StillBusyError: the moment has not passed.
    """
    at, sentence = st.session_state.get(_BUSY, (-math.inf, ""))
    if monotonic() - at < _REST_S:
        raise _StillBusyError(sentence)


def _unheard(session: Session, sent: Any) -> list[Deletion]:
    """Return what was deleted in this session before the tab, at this message, knew of it."""
    message = plain(sent.get("outbox")) if isinstance(sent, Mapping) else None
    heard = message.get("heard") if isinstance(message, Mapping) else None
    if not isinstance(heard, list):
        return []
    return [deletion for deletion in session.deletions if deletion.id not in heard]


def _take_out(told: Told, deletions: Sequence[Deletion]) -> list[str]:
    """Take out what was said before it was deleted, and return its ids: it must not come back."""
    gone = [
        one.stated.id
        for one in told.said
        if isinstance(one, Change) and any(deletion.takes(one.stated) for deletion in deletions)
    ]
    told.said[:] = [
        one for one in told.said if not (isinstance(one, Change) and one.stated.id in gone)
    ]
    return gone


def _id_of(item: Any) -> Any:
    return item.get("id") if isinstance(item, Mapping) else None


def _write(
    session: Session, told: Told, acknowledged: list[str], refused: dict[str, Refusal]
) -> None:
    """Write what was read, in order; what is committed is acknowledged even if the rest fails."""
    for said in told.in_order():
        if isinstance(said, list):
            changed = session.store.change(PERSON, said)
            acknowledged.extend(changed.done)
            refused.update({id_: refusal(error) for id_, error in changed.refused.items()})
            continue
        id_, record = said
        try:
            session.store.apply(PERSON, record.operations)
        except ConflictError:
            refused[id_] = Refusal(CONFLICT)
        else:
            acknowledged.append(id_)


def keep_in_the_tab(session: Session, operations: Iterable[Operation] | None) -> None:
    """Have a guest's tab keep what came in on the server.

    operations: these as well; None: the whole record instead of all that the tab has, because its
        order changed.
    """
    if not session.is_guest:
        return
    record = session.store.record(PERSON) if operations is None else Record(tuple(operations))
    bring = {
        "id": str(uuid4()),
        "replaces": operations is None,
        "texts": [
            [str(uuid4()), part.content.decode()]
            for part in dump_in_parts(record, max_bytes=_LONGEST_TEXT)
        ],
    }
    waiting = () if operations is None else st.session_state.get(_FOR_THE_TAB, ())
    st.session_state[_FOR_THE_TAB] = (*waiting, bring)
    st.session_state.setdefault(_DONE, set()).update(id_ for id_, _ in bring["texts"])


def keep_copies_in_the_tab(session: Session, ids: Collection[str]) -> None:
    """Have a guest's tab keep statements that the server made, such as those of a new day."""
    if session.is_guest and ids:
        stated = session.store.record(PERSON).operations
        keep_in_the_tab(session, [one for one in stated if one.id in ids])


def has_kept(session: Session) -> bool:
    """Tell whether all that came in on the server is kept; a guest's tab does that, and says so."""
    return not session.is_guest or not st.session_state.get(_FOR_THE_TAB)


def has_told(session: Session) -> bool:
    """Tell whether all that a guest's tab keeps has arrived; at once where the server keeps it."""
    return not session.is_guest or st.session_state.get(_HEARD, False)


def _hear(session: Session, sent: Any, name: str) -> None:
    """Take what a guest's tab says besides statements."""
    message = plain(sent.get("outbox")) if isinstance(sent, Mapping) else None
    if not isinstance(message, Mapping) or message.get("to") != name:
        return
    kept = message.get("kept")
    if isinstance(kept, list):
        waiting = st.session_state.get(_FOR_THE_TAB, ())
        st.session_state[_FOR_THE_TAB] = tuple(one for one in waiting if one["id"] not in kept)
    if message.get("rest") == 0:
        st.session_state[_HEARD] = True
    known = session.guest_preferences()
    preferences = message.get("preferences")
    for setting, value in list(_texts(preferences).items())[:_MOST_SETTINGS]:
        if setting not in known:
            session.store.set_preference(PERSON, setting, value)
    for deletion in _deletions(message.get("deletions")):
        session.follow(deletion)


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {
        name: text
        for name, text in value.items()
        if isinstance(name, str)
        and isinstance(text, str)
        and 1 <= len(name) <= 40
        and len(text) <= 200
    }


def _deletions(value: Any) -> list[Deletion]:
    """Read what was deleted in another tab of this guest."""
    found = []
    for item in value[:1000] if isinstance(value, list) else ():
        try:
            place = item["place"]
            found.append(
                Deletion(
                    str(item["id"])[:40],
                    date.fromisoformat(item["first"]),
                    date.fromisoformat(item["last"]),
                    (str(place[0]), str(place[1])) if place else None,
                )
            )
        except (TypeError, KeyError, ValueError, IndexError):
            continue
    return found
