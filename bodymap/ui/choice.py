"""What is chosen on the map, and how an address says it.

``/?view=back&body=female&area=interscapular&side=left`` and
``/?point=rhomboid-major-upper&side=left`` open exactly that; defaults are left out of the address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bodymap.atlas import VIEWS, WHOLE_BODY, Atlas

_NAMES = ("view", "body", "area", "point", "side")


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure and what is chosen on it: nothing, an area (side optional) or a point and side.

    ``area`` may also be ``whole-body``: the one number for the day. A chosen point has its area
    filled in, because the map shows a point inside its area.
    """

    view: str = "back"
    body: str = "neutral"
    area: str | None = None
    point: str | None = None
    side: str | None = None

    @property
    def target(self) -> str | None:
        """The id of the chosen point, else of the chosen area, else None."""
        return self.point or self.area


def accepted(atlas: Atlas, choice: Choice) -> bool:
    """Tell whether everything in ``choice`` exists and fits together."""
    if choice.view not in VIEWS or choice.body not in atlas.bodies:
        return False
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
    choice = Choice(
        view=view or "back", body=value.get("body", "neutral"), area=area, point=point, side=side
    )
    return choice if accepted(atlas, choice) else None


def to_address(choice: Choice) -> dict[str, str]:
    """Return the query that opens ``choice``, without what is the default anyway."""
    query = {}
    if choice.body != "neutral":
        query["body"] = choice.body
    if choice.view != "back" and choice.target in (None, WHOLE_BODY):
        query["view"] = choice.view
    if choice.point is not None:
        query["point"] = choice.point
    elif choice.area is not None:
        query["area"] = choice.area
    if choice.side is not None and choice.area != WHOLE_BODY:
        query["side"] = choice.side
    return query
