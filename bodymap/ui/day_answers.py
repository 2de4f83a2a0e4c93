"""The component for the answers of a day: worst and least pain, sleep, mood, what was tried."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Annotated, Any

import streamlit as st
from pydantic import Field, ValidationError

from bodymap.records.day import (
    LEVELS,
    LONGEST_NAME,
    TRIED,
    DayOperation,
)
from bodymap.ui.browser import (
    Sent,
    component,
    nothing,
    plain,
)
from bodymap.ui.clock import FIRST_DAY, today
from bodymap.ui.own_words import as_text
from bodymap.ui.saving import Saving
from bodymap.ui.tried_list import Thing

TODAY, EARLIER = "Today", "An earlier day"

MOST_THINGS = 2000
"""More than anyone can have tried in the days that the list is made from."""


def day_answers(
    *,
    key: str,
    day: date,
    things: Sequence[Thing],
    refused: str,
    answers: DayOperation | None,
    saving: Saving,
) -> None:
    """Mount the questions of a day.

    things: what can have been tried. answers: what is answered so far.
    refused: one sentence on why a change of that list was not kept, or "".
    saving: what became of the statements that it last sent.
    """
    _component(
        key=key,
        data={
            "day": day.isoformat(),
            "picked": day != today(),
            "things": [[each.what, each.name, each.is_offered] for each in things],
            "list_refused": refused,
            "answers": _sent(answers) if answers else {},
        }
        | saving.sent(),
        default={"outbox": None, "list": None},
        on_outbox_change=nothing,
        on_list_change=nothing,
    )


def pick_day(key: str) -> date:
    """Let the person choose the date that is recorded for: today, or an earlier one.

    Two questions, so that midnight moves today and no day that was picked.
    """
    picked = st.radio(
        "Which day",
        [TODAY, EARLIER],
        horizontal=True,
        key=key,
        help="An earlier day can be filled in, too. It is kept as entered later.",
    )
    room = st.container()  # always, so that what stands below is not mounted anew
    if picked != EARLIER:
        return today()
    yesterday = today() - timedelta(days=1)
    day = room.date_input(
        "Date of that day",
        value=yesterday,
        min_value=FIRST_DAY,
        max_value=yesterday,
        format="DD/MM/YYYY",
        key=f"{key}_date",
    )
    return day if isinstance(day, date) else yesterday


def tried_name(what: str) -> str:
    """Return what was tried in words: as it is offered, or the person's own."""
    return TRIED.get(what) or as_text(what)


@dataclass(frozen=True, slots=True)
class ChangedList:
    """The list of things tried as it was changed: ids and own words, offered and not."""

    offered: Sequence[str]
    taken_out: Sequence[str]


def changed_list(key: str) -> ChangedList | None:
    """Return the list of things tried if it was changed on the page, None if not."""
    state = st.session_state.get(key)
    try:
        sent = _SentList.model_validate(
            plain(state.get("list")) if isinstance(state, Mapping) else None
        )
    except ValidationError:
        return None
    return ChangedList(_on_one_line(sent.offered), _on_one_line(sent.taken_out))


def _on_one_line(names: Sequence[str]) -> tuple[str, ...]:
    """Leave out what can't be kept one thing a line; a file from elsewhere can hold such names."""
    return tuple(name for name in names if name and not _BREAK.search(name))


_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_Name = Annotated[str, Field(max_length=LONGEST_NAME)]


class _SentList(Sent):
    offered: Annotated[list[_Name], Field(max_length=MOST_THINGS)]
    taken_out: Annotated[list[_Name], Field(max_length=MOST_THINGS)]


def _sent(answers: DayOperation) -> dict[str, Any]:
    levels = {field: getattr(answers, field) for field in LEVELS}
    return levels | {"tried": [asdict(each) for each in answers.tried], "journal": answers.journal}


_component = component("bodymap_day", "day", "questions")
