"""The map component: a drawn body in the page, and the two plain values it sends back.

The drawing and its JavaScript lie in ``static/`` and are fetched once; the few lines registered
here only import them. The map sends state and nothing else: what is chosen, and an *outbox* of
statements that stay in it until the server has named them as committed (``ui/saving.py``). So a
fast click, a reload or a killed server loses nothing, and saving a statement twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal

import streamlit as st
from pydantic import Field, ValidationError

from bodymap.atlas import DataError
from bodymap.atlas.lookup import Hit, Place, TouchedArea, drawn_at, spot_at
from bodymap.records import Mark
from bodymap.records.qualities import NO_DETAILS, QUALITIES
from bodymap.ui import knowledge
from bodymap.ui.browser import (
    Sent,
    component,
    nothing,
    plain,
    slots,
    turn,
)
from bodymap.ui.choice import MOST_PLACES, Choice
from bodymap.ui.saving import Saving

DEMONSTRATE = "demonstrate"
_LEVELS = "0123456789A"


@dataclass(frozen=True, slots=True)
class MapState:
    """What the map last sent.

    choice: what the person chose on the map; None before the first touch.
    command: the newest command number the map had applied when that was chosen, so that a touch
        from before a newer choice by the server can be told apart.
    page: the learn page that was asked for in the list, or ``DEMONSTRATE`` for what is open on the
        map; None while none was.
    """

    choice: Choice | None = None
    command: int = 0
    page: str | None = None


def map_state(key: str) -> MapState:
    """Return what the map mounted under ``key`` last sent; call it before mounting the map.

    Whatever is not exactly as the map sends it is passed over: the browser is not ours.
    """
    return _read(st.session_state.get(key), turn(key))


def body_map(
    *,
    key: str,
    choice: Choice,
    command: int,
    marks: Mapping[tuple[str, str], Mark],
    day: date,
    saving: Saving,
    last_time: Mapping[str, Mark] = MappingProxyType({}),
    qualities: Sequence[str] = tuple(QUALITIES),
    alarm: str | None = None,
    number: str = "",
    reached: Sequence[Hit] = (),
) -> None:
    """Mount the map; what it sends is read with ``map_state`` in the next run.

    key: always the same one, or the browser draws a new map and loses its focus.
    choice, command: the map goes to ``choice`` when ``command`` is higher than the last it saw.
    marks: by (target, side) of the check-in to show.
    day: the date of that check-in: today, or an earlier one; the map tells them apart.
    saving: what became of the marks in the present outbox.
    last_time: by side, what is chosen was marked like this on an earlier day.
    qualities: ids of what a pain can feel like, in the order to offer them.
    alarm: the emergency line of what is chosen; shown where the map stands above the text.
    number: the emergency number, which then becomes a link to call; "" when unknown.
    reached: of a look-up, the points whose pain is said to reach the places, best first.
    """
    hurts = choice.hurts and [_sent_place(place, choice.body) for place in choice.hurts]
    _component(
        key=key,
        data={
            "turn": turn(key),
            "choice": asdict(choice) | {"hurts": hurts},
            "command": command,
            "marks": packed(marks),
            "details": {
                f"{target}|{side}": asdict(mark.details)
                for (target, side), mark in marks.items()
                if mark.details != NO_DETAILS
            },
            "qualities": [[id_, QUALITIES[id_]] for id_ in qualities],
            "day": day.isoformat(),
            "last_time": {
                f"{mark.target}|{side}": [
                    mark.touched_nrs,
                    mark.by_itself_nrs,
                    None if mark.details == NO_DETAILS else asdict(replace(mark.details, note="")),
                ]
                for side, mark in last_time.items()
            },
            "alarm": alarm,
            "number": number,
            "reached": [_packed_hit(hit) for hit in reached],
        }
        | saving.sent(),
        default={"choice": None, "outbox": None, "page": None},
        on_choice_change=nothing,
        on_page_change=nothing,
        on_outbox_change=nothing,
    )


_Slug = Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_Level = Annotated[int, Field(ge=0, le=10)]
_Side = Literal["left", "right", "midline"]


_View = Literal["back", "front"]
_Drawn = Annotated[float, Field(ge=-5000, le=5000)]
# JSON knows no tuples, so their lists are let through
_SentArea = Annotated[tuple[_Slug, _Side], Field(strict=False)]
_SentSpot = Annotated[tuple[_View, _Slug, _Drawn, _Drawn], Field(strict=False)]


class _SentChoice(Sent):
    view: _View
    body: _Slug
    area: _Slug | None = None
    point: _Slug | None = None
    side: _Side | None = None
    hurts: Annotated[list[_SentArea | _SentSpot], Field(max_length=MOST_PLACES)] | None = None
    complaint: _Slug | None = None
    muscle: _Slug | None = None
    after: Annotated[int, Field(ge=0)] = 0


class _SentPage(Sent):
    id: str
    turn: int


def _read(state: Any, turn: int) -> MapState:
    if not isinstance(state, Mapping):
        return MapState()
    sent = _choice_of(state.get("choice"))
    page = _page_of(state.get("page"), turn)
    if sent is None:
        return MapState(page=page)
    return MapState(
        choice=Choice(
            view=sent.view,
            body=sent.body,
            area=sent.area,
            point=sent.point,
            side=sent.side,
            hurts=_places_of(sent.hurts),
            complaint=sent.complaint,
            muscle=sent.muscle,
        ),
        command=sent.after,
        page=page,
    )


def _places_of(hurts: Sequence[_SentArea | _SentSpot] | None) -> tuple[Place, ...] | None:
    """Read the places of a look-up; a spot comes as a place on the drawing of some body."""
    if hurts is None:
        return None
    return tuple(dict.fromkeys(place for place in map(_place_of, hurts) if place is not None))


def _place_of(sent: _SentArea | _SentSpot) -> Place | None:
    if len(sent) == 2:
        return TouchedArea(*sent)
    view, body, x, y = sent
    try:
        return spot_at(knowledge.atlas().figure(body, view), x, y)
    except (ValueError, DataError):
        return None


def _sent_place(place: Place, body: str) -> list[str | float]:
    """Return a place of a look-up as the map knows it: spots on the drawing of the body shown."""
    if isinstance(place, TouchedArea):
        return [place.area_id, place.side]
    return [place.view, body, *drawn_at(knowledge.atlas().figure(body, place.view), place)]


def _page_of(value: Any, turn: int) -> str | None:
    try:
        sent = _SentPage.model_validate(plain(value))
    except ValidationError:
        return None
    known = {text.id for text in knowledge.atlas().learn_pages}
    return sent.id if sent.turn == turn and sent.id in {*known, DEMONSTRATE} else None


def _choice_of(value: Any) -> _SentChoice | None:
    try:
        return _SentChoice.model_validate(plain(value))
    except ValidationError:
        return None


def packed(marks: Mapping[tuple[str, str], Mark]) -> str:
    """Return two characters per slot of the catalog: touched, by itself; ``-`` is no answer."""
    return "".join(
        _letter(mark.touched_nrs) + _letter(mark.by_itself_nrs) if mark else "--"
        for mark in (marks.get(slot) for slot in slots())
    )


def _packed_hit(hit: Hit) -> list[int]:
    """Return the point's slot and three shares in percent.

    They are how much of what was touched it covers as often felt, as may spread, and how much of
    its own pattern lies elsewhere.
    """
    shares = (hit.covered.essential, hit.covered.spill_over, hit.elsewhere.essential)
    return [slots()[hit.point_id, hit.side], *(round(100 * share) for share in shares)]


def _letter(level: int | None) -> str:
    return "-" if level is None else _LEVELS[level]


_component = component("bodymap_map", "map", "map")
