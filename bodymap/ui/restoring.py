"""Bringing a record back from a copy beside it: where it can't be opened, and on Settings.

Restoring takes nothing away: what was there is kept beside under another name.
"""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from bodymap.measures.saying import day_said, days_said
from bodymap.records import Store, StoreError, restoring
from bodymap.records.errors import (
    DamagedRecordError,
    LeftoverJournalError,
    MissingRecordError,
)
from bodymap.records.opening import file_of
from bodymap.records.restoring import Copy
from bodymap.ui.asking import Question, button

_RESTORED = "said_of_restoring"
_LATEST_DAYS = 5


def offer(error: StoreError, address: str, person_id: str) -> None:
    """Where a record can't be opened, offer the copies beside it, or to begin a new one."""
    if not isinstance(error, DamagedRecordError | LeftoverJournalError | MissingRecordError):
        return
    path = file_of(address)
    if path is None:
        return
    copies = restoring.copies(path, person_id)
    if isinstance(error, LeftoverJournalError):
        copies = restoring.file_itself(path, person_id) + copies
    if copies:
        st.subheader("Restore a copy of it", anchor=False)
        st.markdown("What is there now is kept beside it, under another name.")
        chosen = _choose(copies, path)
        _button(
            "Restore this copy",
            _contents(chosen),
            "Restore it",
            lambda: restoring.restore(chosen.path, path),
            "Your record is restored.",
            is_first=True,
        )
    else:
        st.markdown("No copy of it is beside it.")
    st.subheader("Or begin a new record", anchor=False)
    st.markdown(
        "If you have saved your record as a file, you can open that file on *Settings* then."
    )
    _button(
        "Begin a new record",
        "It is empty at first. What is there now is kept beside it, under another name.",
        "Begin a new one",
        lambda: restoring.start_afresh(path),
        "This is a new record.",
    )


def offer_copies(store: Store, person_id: str) -> None:
    """On Settings, offer the copies beside a record that can be opened."""
    said = st.session_state.setdefault(_RESTORED, [])
    if said:
        st.markdown(f":green[:material/check: **{said.pop()}**]")
    if store.path is None:
        return
    copies = restoring.copies(store.path, person_id)
    if not copies:
        st.markdown(
            "There is no copy of your record beside it. Bodymap makes one each time it brings the "
            "record up to date."
        )
        return
    st.markdown(
        "You can go back to a copy that was made earlier. What you have now becomes a copy first, "
        "so you can come back to it. When you delete something, all of these copies are deleted."
    )
    chosen = _choose(copies, store.path)
    _button(
        "Restore this copy",
        f"{_contents(chosen)} What you have now becomes a copy first.",
        "Restore it",
        lambda: store.restore(chosen.path),
        "Your record is restored.",
    )


def _choose(copies: list[Copy], path: Path) -> Copy:
    names = {copy.path: _name(copy) for copy in copies}
    chosen = st.radio("Which copy?", copies, format_func=lambda copy: names[copy.path])
    st.markdown(_contents(chosen))
    return chosen


def _name(copy: Copy) -> str:
    days = days_said(len(copy.days))
    if copy.made is None:
        return f"The file as it is now, without what lies beside it: {days}"
    made = copy.made.astimezone(_zone())
    return f"{day_said(made.date())}, {made:%H:%M}: {days}"


def _contents(copy: Copy) -> str:
    days = copy.days
    if not days:
        return "It holds nothing."
    latest = [day_said(day) for day in days[-_LATEST_DAYS:]]
    if len(days) <= _LATEST_DAYS:
        return f"It holds {', '.join(latest)}."
    return (
        f"It holds {days_said(len(days))}, from {day_said(days[0])} to {latest[-1]}. "
        f"The latest are {', '.join(latest)}."
    )


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError):  # a name that this computer doesn't know
        return ZoneInfo("UTC")


def _button(
    label: str,
    what: str,
    does_it: str,
    does: Callable[[], None],
    said: str,
    *,
    is_first: bool = False,
) -> None:
    """Draw a button that says what will be, and does it if that is wanted."""

    done: list[str] = st.session_state.setdefault(_RESTORED, [])

    def draw(asked: Question) -> None:
        st.markdown(what)
        with st.container(horizontal=True):
            st.button("Leave it as it is", on_click=asked.answer)
            st.button(does_it, type="primary", on_click=now, args=(asked,))

    def now(asked: Question) -> None:
        try:
            does()
        except StoreError as error:
            asked.problem = str(error)
        else:
            done.append(said)
            asked.answer()

    button(label, f"{label}?", draw, is_first=is_first)
