"""The component in which today's places are marked a second time, the first answers hidden.

What was answered first never leaves the server: the browser is told which places and scales to ask,
and what was answered again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from bodymap.atlas import WHOLE_BODY
from bodymap.records import Mark
from bodymap.records.scales import SCALES
from bodymap.ui import knowledge
from bodymap.ui.browser import component, nothing
from bodymap.ui.names import name_of_target
from bodymap.ui.saving import Saving


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
        default={"outbox": None, "is_finished": False},
        on_outbox_change=nothing,
        on_is_finished_change=nothing,
    )


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


_component = component("bodymap_again", "again", "questions")
