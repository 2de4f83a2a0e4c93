"""The record as a file, saved and opened on the page's own connection.

Streamlit's own download is an address that dies with the session, and its upload needs a cookie. So
both ways are components of ours: what the browser wants is component state, asked for as long as it
is not answered, and a server that was restarted meanwhile answers like the one before.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, TypeVar

import streamlit as st
from pydantic import Field, ValidationError

from bodymap.exchange.record_json import (
    MAX_BYTES,
    RecordFileError,
    dump_in_parts,
    file_name,
    parse,
)
from bodymap.measures.saying import day_said, days_said, span_said
from bodymap.records import Comparison, Difference, StoreError
from bodymap.records.statement import checked_instant, checked_offset
from bodymap.ui import knowledge
from bodymap.ui.browser import Sent, component, hear_what_came_first, nothing, plain
from bodymap.ui.names import name_of_target
from bodymap.ui.saving import has_kept, has_told, keep_in_the_tab
from bodymap.ui.session import Session

_DESK = "record_files"
_MOST_LISTED = 12
_PIECE_BYTES = 2**20  # a message stays short, on a slow line too
_LONGEST_PIECE = 4 * -(-_PIECE_BYTES // 3)  # in base64

_Id = Annotated[str, Field(max_length=36)]
_Part = TypeVar("_Part", bound=Sent)


# --- saving


class _Press(Sent):
    """Somebody wants the record: when by the device's clock, and which part of it.

    after: the last date of the part before; None for the first.
    """

    id: _Id
    at: Annotated[str, Field(max_length=40)]
    offset_min: int
    part: Annotated[int, Field(ge=1, le=1000)]
    after: Annotated[str, Field(max_length=10)] | None


def save_as_a_file(session: Session, *, key: str = "save_file") -> None:
    """Mount the button that saves the record: as one file, or part by part where it is long."""
    was_known = key in st.session_state
    press = _sent(_Press, key, "press")
    _save(
        key=key,
        data={"answer": _answer(session, press) if press and has_told(session) else None},
        default={"press": None},
        on_press_change=nothing,
    )
    hear_what_came_first(key, was_known=was_known)


def _answer(session: Session, press: _Press) -> dict[str, Any] | None:
    """Return the part that was asked for, and how many are left then."""
    try:
        at = checked_instant(datetime.fromisoformat(press.at))
        offset_min = checked_offset(press.offset_min)
        first = date.fromisoformat(press.after) + timedelta(days=1) if press.after else None
    except (ValueError, OverflowError):
        return None
    part, *others = dump_in_parts(session.record(first))
    return {
        "press": press.id,
        "name": file_name(at, offset_min, press.part, press.part + len(others)),
        "text": part.content.decode("ascii"),
        "last": part.last and part.last.isoformat(),
        "left": len(others),
    }


# --- opening


class _Piece(Sent):
    """A piece of a file of so many bytes, from one of them on; content: in base64."""

    id: _Id
    size: Annotated[int, Field(ge=0, le=MAX_BYTES)]
    start: Annotated[int, Field(ge=0)]
    content: Annotated[str, Field(max_length=_LONGEST_PIECE)]


class _Choice(Sent):
    """What is to become of an opened file: added to the record, or let go of."""

    id: _Id
    file: _Id
    adds: bool


@dataclass(frozen=True, slots=True)
class _Coming:
    """A file of which some bytes are here."""

    id: str
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that the server has read.

    content: its bytes as long as they may be added. said: what the file holds, or why it can't be
    read; one sentence each. differing: one line for each thing that is told differently.
    deletions: how many there were in this session when it was compared. choice: id of the last one
    that was done. is_added: it is in the record now, and said tells what was added.
    """

    id: str
    said: tuple[str, ...]
    content: bytes | None = None
    differing: tuple[str, ...] = ()
    deletions: int = 0
    choice: str = ""
    is_added: bool = False


@dataclass(slots=True)
class _Desk:
    """What a session has of record files.

    must_keep: something was added that a guest's tab was not told of yet.
    """

    coming: _Coming | None = None
    opened: _Opened | None = None
    must_keep: bool = False


def open_a_file(session: Session, *, key: str = "open_file") -> None:
    """Mount the button that opens record files, says what one holds, and adds it when asked to."""
    was_known = key in st.session_state
    piece, choice = _sent(_Piece, key, "piece"), _sent(_Choice, key, "choice")
    desk: _Desk = st.session_state.setdefault(_DESK, _Desk())
    # Until the record is whole here, a file would be compared with a part of it.
    if has_told(session):
        _work(session, desk, piece, choice, len(session.deletions))
        if desk.must_keep:
            keep_in_the_tab(session, None)
            desk.must_keep = False
            st.rerun()  # the tab is told at the beginning of a run
    _open(
        key=key,
        data={
            "max_bytes": MAX_BYTES,
            "piece_bytes": _PIECE_BYTES,
            "coming": desk.coming and {"id": desk.coming.id, "bytes": len(desk.coming.content)},
            # It is said to be added once it is kept as well as all the rest.
            "opened": desk.opened and _shown(desk.opened, is_done=has_kept(session)),
        },
        default={"piece": None, "choice": None},
        on_piece_change=nothing,
        on_choice_change=nothing,
    )
    hear_what_came_first(key, was_known=was_known)


def _work(
    session: Session, desk: _Desk, piece: _Piece | None, choice: _Choice | None, deletions: int
) -> None:
    """Take a piece and follow a choice, without a call of Streamlit.

    At any such call a page may be stopped to run again: what was added would be added twice.
    """
    if piece is not None and (desk.opened is None or desk.opened.id != piece.id):
        desk.opened, desk.coming = None, _with(piece, desk.coming)
        if len(desk.coming.content) == piece.size:
            desk.opened = _compared(session, piece.id, desk.coming.content, deletions)
            desk.coming = None
    elif desk.opened and desk.opened.content and desk.opened.deletions != deletions:
        desk.opened = _compared(session, desk.opened.id, desk.opened.content, deletions)
    opened = desk.opened
    if opened and choice and choice.file == opened.id and choice.id != opened.choice:
        desk.opened = _added(session, opened, choice.id) if choice.adds else None
        desk.must_keep = desk.must_keep or bool(desk.opened and desk.opened.is_added)


def _with(piece: _Piece, coming: _Coming | None) -> _Coming:
    """Return what is here of a file, with a piece that goes on from there."""
    if coming is None or coming.id != piece.id:
        coming = _Coming(piece.id)
    if piece.start != len(coming.content):
        return coming
    try:
        content = coming.content + base64.b64decode(piece.content, validate=True)
    except binascii.Error:
        return coming
    return coming if len(content) > piece.size else _Coming(piece.id, content)


def _compared(session: Session, id_: str, content: bytes, deletions: int) -> _Opened:
    """Return what a file holds, compared with what is in the record now."""
    try:
        found = session.compare(parse(content))
    except RecordFileError as error:
        return _Opened(id_, ("We can't read this file. Nothing was changed.", str(error)))
    return _Opened(
        id_,
        tuple(_found_said(found)),
        content=content if found.new and not found.taken else None,
        differing=tuple(_differing_said(found)) if not found.taken else (),
        deletions=deletions,
    )


def _added(session: Session, opened: _Opened, choice: str) -> _Opened:
    """Add a file to the record."""
    if opened.content is None:
        return opened
    try:
        merged = session.add(parse(opened.content))
    except StoreError as error:
        return replace(opened, choice=choice, said=("Nothing was added.", str(error)))
    said = f"Added: {_entries(merged.added)}. You find them in My marks."
    return _Opened(opened.id, (said,), choice=choice, is_added=True)


def _shown(opened: _Opened, *, is_done: bool) -> dict[str, Any]:
    return {
        "id": opened.id,
        "choice": opened.choice if is_done else "",
        "said": list(opened.said),
        "differing": list(opened.differing),
        "can_add": opened.content is not None,
        "is_added": opened.is_added,
    }


# --- in words


def _found_said(found: Comparison) -> Iterator[str]:
    if found.first is None or found.last is None:
        yield "This file holds no entries."
        return
    yield f"This file holds {days_said(found.days)}: {span_said(found.first, found.last)}."
    if found.taken:
        yield (
            f"{_entries(len(found.taken))} of it can't be told from others in your record, so "
            "nothing of this file can be added."
        )
        return
    if not found.new:
        yield "Nothing new in this file. All that it holds is in your record."
    elif not found.known:
        yield f"New: {_entries(found.new)}. All that you have here stays."
    else:
        yield (
            f"New: {_entries(found.new)}. In your record already: {_entries(found.known)}. "
            "All that you have here stays."
        )
    if found.differing:
        yield (
            "Some of it is told differently here and in the file. What was entered later counts; "
            "the other is kept as an earlier value:"
        )


def _differing_said(found: Comparison) -> Iterator[str]:
    """Yield one line for each thing that is told differently: which of the two counts."""
    for difference in found.differing[:_MOST_LISTED]:
        yield _difference_said(difference)
    if len(found.differing) > _MOST_LISTED:
        yield f"and {len(found.differing) - _MOST_LISTED} more"


def _difference_said(difference: Difference) -> str:
    which = "the file counts" if difference.arriving_counts else "what you have here counts"
    return f"{day_said(difference.day)}, {_subject_said(difference)}: {which}"


def _subject_said(difference: Difference) -> str:
    match difference.subject:
        case ("mark", is_again, target, side):
            name = name_of_target(knowledge.atlas(), str(target), str(side))
            return f"{name}, marked again" if is_again else name
        case ("stroke", *_):
            return "a stroke of the drawing"
    return "the answers about the day"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


# --- what the browser sent


def _sent(kind: type[_Part], key: str, name: str) -> _Part | None:
    """Return a part of a component's state; None where it is not exactly as our script sends it."""
    state = st.session_state.get(key)
    sent = state.get(name) if isinstance(state, Mapping) else None
    if sent is None:
        return None
    try:
        return kind.model_validate(plain(sent))
    except ValidationError:
        return None


_save = component("bodymap_save_file", "save_file", "button")
_open = component("bodymap_open_file", "open_file", "button")
