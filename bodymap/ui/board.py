"""The drawing board component: strokes in, committed strokes out, never twice over the wire.

The browser draws in drawing units of the body it shows; here they become places in the frame, which
every body shares, and back. All strokes of the day are sent when the page opens or shows another
body; after that only what was committed is named, because the browser has the rest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

import numpy as np
import streamlit as st
from pydantic import BaseModel, Field, ValidationError

from bodymap.atlas import Figure
from bodymap.records import InvalidValue
from bodymap.records.drawing import MAX_POINTS, PER_UNIT, Points, StrokeOperation
from bodymap.records.qualities import QUALITIES
from bodymap.ui import knowledge
from bodymap.ui.browser import SentStatement, component, nothing, outbox
from bodymap.ui.session import Saving

_TENTHS = 10  # drawing units on the wire are whole tenths, as differences

Strokes = Mapping[str, StrokeOperation]
"""The strokes of a day by id, those taken back included, in the order drawn."""


def drawing_board(
    *,
    key: str,
    body: str,
    day: date,
    strokes: Iterable[StrokeOperation] | None,
    is_again: bool = False,
    saving: Saving,
) -> None:
    """Mount the board.

    day: the person's date that is drawn for.
    strokes: all of that day's drawing, also those taken back; None while the browser has them.
    is_again: it is drawn again, the first drawing hidden; ``strokes`` are those made again.
    saving: what became of the statements that it last sent.
    """
    _component(
        key=key,
        data={
            "body": body,
            "day": day.isoformat(),
            "qualities": [list(each) for each in QUALITIES.items()],
            "strokes": None
            if strokes is None
            else [sent_stroke(stroke, body) for stroke in strokes],
            "again": is_again,
        }
        | saving.sent(),
        default={"outbox": []},
        on_outbox_change=nothing,
    )


def outbox_of(key: str, strokes_of: Callable[[date], Strokes]) -> tuple[StrokeOperation, ...]:
    """Return the statements that the board mounted under ``key`` last sent.

    strokes_of: returns the strokes of a day by id; taking one back or putting it back names its id
        and its day only. That may be another day than the one on the page by now.
    Whatever is not exactly as the board sends it is passed over: the browser is not ours.
    """
    known: dict[date, dict[str, StrokeOperation]] = {}
    statements = []
    for item in outbox(st.session_state.get(key)):
        try:
            day = date.fromisoformat(_SentDay.model_validate(item).day)
            if day not in known:
                known[day] = dict(strokes_of(day))
            statement = _statement_of(item, known[day])
        except (ValidationError, InvalidValue, ValueError):
            continue
        if statement is not None:
            known[day][statement.stroke_id] = statement
            statements.append(statement)
    return tuple(statements)


class _SentDay(BaseModel):
    """The day alone, of an operation of any kind."""

    day: Annotated[str, Field(max_length=10)]


class _SentState(SentStatement):
    day: Annotated[str, Field(max_length=10)]
    stroke_id: Annotated[str, Field(max_length=36)]
    is_there: bool


class _SentStroke(_SentState):
    body: Annotated[str, Field(max_length=40)]
    view: Literal["back", "front"]
    tool: Literal["brush", "eraser", "area"]
    points: Annotated[list[int], Field(max_length=2 * MAX_POINTS)]
    width_mm: int
    area: Annotated[str, Field(max_length=80)]
    side: Annotated[str, Field(max_length=8)]
    quality: Annotated[str, Field(max_length=40)]
    nrs: int | None
    is_again: bool = False


def _statement_of(item: Any, known: Strokes) -> StrokeOperation | None:
    if "tool" not in item:
        return _changed(_SentState.model_validate(item), known)
    return _drawn(_SentStroke.model_validate(item))


def _changed(sent: _SentState, known: Strokes) -> StrokeOperation | None:
    stroke = known.get(sent.stroke_id)
    if stroke is None:
        return None
    return StrokeOperation(
        **_content(stroke),
        is_again=stroke.is_again,
        stroke_id=sent.stroke_id,
        day=date.fromisoformat(sent.day),
        is_there=sent.is_there,
        **sent.made(),
    )


def _drawn(sent: _SentStroke) -> StrokeOperation:
    if sent.area and sent.area not in knowledge.atlas().areas:
        raise ValueError("there is no such area")
    return StrokeOperation(
        stroke_id=sent.stroke_id,
        view=sent.view,
        tool=sent.tool,
        points=_in_the_frame(knowledge.atlas().figure(sent.body, sent.view), sent.points),
        width_mm=sent.width_mm,
        area=sent.area,
        side=sent.side,
        quality=sent.quality,
        nrs=sent.nrs,
        is_there=sent.is_there,
        is_again=sent.is_again,
        day=date.fromisoformat(sent.day),
        **sent.made(),
    )


def _content(stroke: StrokeOperation) -> dict[str, Any]:
    fields = ("view", "tool", "points", "width_mm", "area", "side", "quality", "nrs")
    return {field: getattr(stroke, field) for field in fields}


def _in_the_frame(figure: Figure, steps: Sequence[int]) -> Points:
    """Return a line's places in thousandths of the frame; those far off the body are left out."""
    if not steps:
        return ()
    drawn = np.cumsum(np.array(steps, dtype=float).reshape(-1, 2), axis=0) / _TENTHS
    at_mm = figure.from_drawing(drawn)
    places: list[tuple[int, int]] = []
    try:
        found = figure.warp.to_frame(at_mm)
    except ValueError:
        found = [
            place for place in map(lambda one: _place(figure, one), at_mm) if place is not None
        ]
    for x, y in np.rint(np.asarray(found) * PER_UNIT).astype(int).tolist():
        if not places or places[-1] != (x, y):
            places.append((x, y))
    return tuple(places)


def _place(figure: Figure, at_mm) -> Any:
    try:
        return figure.warp.to_frame([at_mm])[0]
    except ValueError:
        return None


def sent_stroke(stroke: StrokeOperation, body: str) -> dict[str, Any]:
    """Return a stroke as the browser draws it on a body: its line in drawing units."""
    figure = knowledge.atlas().figure(body, "front" if stroke.view == "front" else "back")
    steps: list[int] = []
    if stroke.points:
        drawn = figure.to_drawing(figure.warp.to_figure(np.array(stroke.points) / PER_UNIT))
        whole = np.rint(drawn * _TENTHS).astype(int)
        steps = np.diff(whole, axis=0, prepend=[[0, 0]]).ravel().tolist()
    return _content(stroke) | {
        "stroke_id": stroke.stroke_id,
        "points": steps,
        "is_there": stroke.is_there,
    }


_component = component("bodymap_board", "board", "board")
