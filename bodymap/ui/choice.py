"""What is chosen on the map, and how an address says it.

``/?view=back&body=female&area=interscapular&side=left`` and
``/?point=rhomboid-major-upper&side=left`` open exactly that; defaults are left out of the address.
``/?hurts=interscapular_left~back_0.08_-0.33`` opens the look-up of an area and a free spot;
``/?complaint=lifting-my-arm`` and ``/?muscle=rhomboid-major`` the points that belong to each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bodymap.atlas import SIDES, VIEWS, WHOLE_BODY, Atlas, Point, View
from bodymap.atlas.lookup import Place, TouchedArea, TouchedSpot, is_on_the_map
from bodymap.records.drawing import FARTHEST, PER_UNIT

MOST_PLACES = 30
"""More places than anyone touches for one look-up."""

_NAMES = ("view", "body", "area", "point", "side", "hurts", "complaint", "muscle")
_FARTHEST = FARTHEST / PER_UNIT  # of a spot, in the frame
_BETWEEN, _WITHIN = "~", "_"  # the characters that an address needs not spell out


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure and what is chosen on it: nothing, an area (side optional) or a point and side.

    ``area`` may also be ``whole-body``: the one number for the day. A chosen point has its area
    filled in, because the map shows a point inside its area.

    ``hurts`` are the places touched for the look-up of the points whose pain is said to reach them;
    None outside the look-up, and then nothing else is chosen.

    ``complaint`` and ``muscle`` are alone as well: they show the points that belong to one.
    """

    view: str = "back"
    body: str = "neutral"
    area: str | None = None
    point: str | None = None
    side: str | None = None
    hurts: tuple[Place, ...] | None = None
    complaint: str | None = None
    muscle: str | None = None

    @property
    def target(self) -> str | None:
        """The id of the chosen point, else of the chosen area, else None."""
        return self.point or self.area


def accepted(atlas: Atlas, choice: Choice) -> bool:
    """Tell whether everything in ``choice`` exists and fits together."""
    if choice.view not in VIEWS or choice.body not in atlas.bodies:
        return False
    alone = (choice.hurts, choice.complaint, choice.muscle)
    if alone != (None, None, None):
        return (
            (choice.area, choice.point, choice.side, *alone).count(None) == 5
            and len(set(choice.hurts or ())) == len(choice.hurts or ()) <= MOST_PLACES
            and all(is_on_the_map(atlas, place) for place in choice.hurts or ())
            and choice.complaint in (None, *atlas.complaints)
            and (choice.muscle is None or bool(atlas.points_of(choice.muscle)))
        )
    if choice.point is not None:
        point = atlas.points.get(choice.point)
        return (
            point is not None
            and choice.side in point.sides
            and choice.view == point.view
            and choice.area == point.area
        )
    if choice.area is None:
        return choice.side is None
    if choice.area == WHOLE_BODY:
        return choice.side == "midline"
    area = atlas.areas.get(choice.area)
    return (
        area is not None
        and choice.view == area.view
        and (choice.side is None or choice.side in area.sides)
    )


def from_address(atlas: Atlas, query: Mapping[str, Sequence[str]]) -> Choice | None:
    """Read a choice from the query of an address; None if any part of it is unknown.

    ``query`` maps each name to all its values. The view may be left out where the area or point
    implies it, and the side where there is only one.
    """
    if any(name not in _NAMES or len(values) != 1 for name, values in query.items()):
        return None
    value = {name: values[0] for name, values in query.items()}
    area, point, side = (value.get(name) for name in ("area", "point", "side"))
    view = value.get("view")
    known = None
    if point is not None:
        known = atlas.points.get(point)
        if known is None or area not in (None, known.area):
            return None
        area = known.area
    elif area == WHOLE_BODY:
        side = side or "midline"
    elif area is not None:
        known = atlas.areas.get(area)
        if known is None:
            return None
    if known is not None:
        view = view or known.view
        if side is None and len(known.sides) == 1:
            side = known.sides[0]
    try:
        hurts = _places(value["hurts"]) if "hurts" in value else None
    except ValueError:
        return None
    complaint, muscle = value.get("complaint"), value.get("muscle")
    choice = Choice(
        view=view or _first_view(points_shown(atlas, complaint, muscle)),
        body=value.get("body", "neutral"),
        area=area,
        point=point,
        side=side,
        hurts=hurts,
        complaint=complaint,
        muscle=muscle,
    )
    return choice if accepted(atlas, choice) else None


def points_shown(atlas: Atlas, complaint: str | None, muscle: str | None) -> tuple[Point, ...]:
    """Return the points that belong to a complaint or a muscle, in their order; unknown: none."""
    if complaint is not None and complaint in atlas.complaints:
        return tuple(atlas.points[id_] for id_ in atlas.complaints[complaint].points)
    return atlas.points_of(muscle) if muscle is not None else ()


def _first_view(points: Sequence[Point]) -> View:
    """Return the view that shows the first of the points."""
    return points[0].view if points else "back"


def to_address(choice: Choice) -> dict[str, str]:
    """Return the query that opens ``choice``, without what is the default anyway."""
    query = {}
    if choice.body != "neutral":
        query["body"] = choice.body
    shows_points = choice.complaint is not None or choice.muscle is not None
    if shows_points or (choice.view != "back" and choice.target in (None, WHOLE_BODY)):
        query["view"] = choice.view
    if choice.point is not None:
        query["point"] = choice.point
    elif choice.area is not None:
        query["area"] = choice.area
    if choice.side is not None and choice.area != WHOLE_BODY:
        query["side"] = choice.side
    if choice.complaint is not None:
        query["complaint"] = choice.complaint
    if choice.muscle is not None:
        query["muscle"] = choice.muscle
    if choice.hurts is not None:
        query["hurts"] = _BETWEEN.join(_WITHIN.join(_words(place)) for place in choice.hurts)
    return query


def _words(place: Place) -> tuple[str, ...]:
    if isinstance(place, TouchedSpot):
        return place.view, f"{place.x:g}", f"{place.y:g}"
    return place.area_id, place.side


def _places(value: str) -> tuple[Place, ...]:
    """Read the places of an address.

    Raises:
        ValueError: a part is no place, or there are more than anyone touches.
    """
    if value.count(_BETWEEN) >= MOST_PLACES:
        raise ValueError(f"more than {MOST_PLACES} places")
    return tuple(_place(part.split(_WITHIN)) for part in value.split(_BETWEEN) if value)


def _place(words: Sequence[str]) -> Place:
    where, *rest = words
    for view in VIEWS:
        if where == view:
            x, y = map(float, rest)
            if not max(abs(x), abs(y)) <= _FARTHEST:
                raise ValueError("far off any body")
            return TouchedSpot(view, x, y)
    for side in SIDES:
        if rest == [side]:
            return TouchedArea(where, side)
    raise ValueError(f"{words} is no place")
