"""The component for the answers of a day: worst and least pain, sleep, mood, what was tried."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any

import streamlit as st
from pydantic import Field, ValidationError

from bodymap.records import InvalidValue
from bodymap.records.day import (
    LEVELS,
    LONGEST_JOURNAL,
    LONGEST_NAME,
    MOST_TRIED,
    TRIED,
    DayOperation,
    Tried,
)
from bodymap.ui.browser import (
    Sent,
    SentStatement,
    component,
    nothing,
    outbox,
    plain,
)
from bodymap.ui.session import Saving, today
from bodymap.ui.tried_list import Thing

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
            "things": [[each.what, each.name, each.is_offered] for each in things],
            "refused": refused,
            "answers": _sent(answers) if answers else {},
        }
        | saving.sent(),
        default={"outbox": [], "list": None},
        on_outbox_change=nothing,
        on_list_change=nothing,
    )


def pick_day(key: str) -> date:
    """Let the person choose the date that is recorded for: today, or an earlier one."""
    day = st.date_input(
        "Which day",
        value=today(),
        max_value=today(),
        format="DD/MM/YYYY",
        key=key,
        help="An earlier day can be filled in, too. It is kept as entered later.",
    )
    return day if isinstance(day, date) else today()


def tried_name(what: str) -> str:
    """Return what was tried in words: as it is offered, or the person's own."""
    return TRIED.get(what, what)


def outbox_of(key: str) -> tuple[DayOperation, ...]:
    """Return the statements that the questions mounted under ``key`` last sent.

    Whatever is not exactly as they send it is passed over: the browser is not ours.
    """
    statements = (_statement_of(item) for item in outbox(st.session_state.get(key)))
    return tuple(statement for statement in statements if statement is not None)


@dataclass(frozen=True, slots=True)
class ChangedList:
    """The list of things tried as it was changed: ids and own words, offered and not."""

    offered: Sequence[str]
    taken_out: Sequence[str]


def changed_list(key: str) -> ChangedList | None:
    """Return the list of things tried if it was changed on the page, None if not."""
    state = st.session_state.get(key)
    try:
        sent = _SentList.model_validate(plain(state.get("list")) if state else None)
    except ValidationError:
        return None
    return ChangedList(sent.offered, sent.taken_out)


# No line breaks: the list is kept one thing a line.
_Name = Annotated[
    str,
    Field(
        max_length=LONGEST_NAME,
        pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$",
    ),
]


class _SentList(Sent):
    offered: Annotated[list[_Name], Field(max_length=MOST_THINGS)]
    taken_out: Annotated[list[_Name], Field(max_length=MOST_THINGS)]


class _SentTried(Sent):
    what: Annotated[str, Field(max_length=LONGEST_NAME)]
    helped: Annotated[str, Field(max_length=20)] | None


class _SentAnswers(Sent):
    worst_nrs: int | None
    least_nrs: int | None
    sleep_nrs: int | None
    fatigue_nrs: int | None
    mood_nrs: int | None
    tried: Annotated[list[_SentTried], Field(max_length=MOST_TRIED)]
    journal: Annotated[str, Field(max_length=LONGEST_JOURNAL)]


class _SentDay(SentStatement):
    day: Annotated[str, Field(max_length=10)]
    answers: _SentAnswers


def _statement_of(item: Any) -> DayOperation | None:
    try:
        sent = _SentDay.model_validate(item)
        answers = sent.answers
        return DayOperation(
            day=date.fromisoformat(sent.day),
            tried=tuple(Tried(each.what, each.helped) for each in answers.tried),
            journal=answers.journal,
            **{field: getattr(answers, field) for field in LEVELS},
            **sent.made(),
        )
    except (ValidationError, InvalidValue, ValueError):
        return None


def _sent(answers: DayOperation) -> dict[str, Any]:
    levels = {field: getattr(answers, field) for field in LEVELS}
    return levels | {"tried": [asdict(each) for each in answers.tried], "journal": answers.journal}


_component = component("bodymap_day", "day", "questions")
