"""The component in which today's places are marked a second time, the first answers hidden.

What was answered first never leaves the server: the browser is told which places and scales to ask,
and what was answered again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import streamlit as st
from pydantic import Field, ValidationError

from bodymap.atlas import WHOLE_BODY
from bodymap.records import InvalidValue, Mark, MarkOperation
from bodymap.records.model import MAX_TARGET
from bodymap.records.scales import SCALES
from bodymap.ui import knowledge
from bodymap.ui.browser import SentStatement, component, nothing, outbox
from bodymap.ui.names import name_of_target
from bodymap.ui.session import Saving


def mark_again(
    *,
    key: str,
    day: date,
    marks: Sequence[Mark],
    again: Sequence[Mark],
    saving: Saving,
) -> None:
    """Mount the exercise; without marks it shows nothing, but sends what is on its way.

    marks: what to ask again; their levels stay here. again: what was answered again so far.
    saving: what became of the statements that it last sent.
    """
    _component(
        key=key,
        data={
            "day": day.isoformat(),
            "places": [_asked(mark) for mark in marks],
            "again": {
                f"{mark.target}|{mark.side}": {
                    scale: getattr(mark, f"{scale}_nrs") for scale in SCALES
                }
                for mark in again
            },
        }
        | saving.sent(),
        default={"outbox": [], "is_finished": False},
        on_outbox_change=nothing,
        on_is_finished_change=nothing,
    )


def outbox_of(key: str) -> tuple[MarkOperation, ...]:
    """Return the statements that the exercise mounted under ``key`` last sent.

    Whatever is not exactly as it sends them is passed over: the browser is not ours.
    """
    statements = (_statement_of(item) for item in outbox(st.session_state.get(key)))
    return tuple(statement for statement in statements if statement is not None)


def is_finished(key: str) -> bool:
    """Tell whether the person went past the last place of the exercise mounted under ``key``."""
    state = st.session_state.get(key)
    return isinstance(state, Mapping) and state.get("is_finished") is True


def scales_of(mark: Mark) -> tuple[str, ...]:
    """Return the scales that were answered, which are those to ask again."""
    return tuple(scale for scale in SCALES if getattr(mark, f"{scale}_nrs") is not None)


def _asked(mark: Mark) -> dict[str, Any]:
    atlas = knowledge.atlas()
    if mark.target == WHOLE_BODY:
        kind = "overall"
    else:
        kind = "area" if mark.target in atlas.areas else "point"
    return {
        "target": mark.target,
        "side": mark.side,
        "name": name_of_target(atlas, mark.target, mark.side),
        "kind": kind,
        "scales": list(scales_of(mark)),
    }


class _SentMarkAgain(SentStatement):
    day: Annotated[str, Field(max_length=10)]
    target: Annotated[str, Field(max_length=MAX_TARGET)]
    side: Annotated[str, Field(max_length=8)]
    touched: int | None
    by_itself: int | None


def _statement_of(item: Any) -> MarkOperation | None:
    try:
        sent = _SentMarkAgain.model_validate(item)
        return MarkOperation(
            day=date.fromisoformat(sent.day),
            target=sent.target,
            side=sent.side,
            touched_nrs=sent.touched,
            by_itself_nrs=sent.by_itself,
            is_again=True,
            **sent.made(),
        )
    except (ValidationError, InvalidValue, ValueError):
        return None


_component = component("bodymap_again", "again", "questions")
