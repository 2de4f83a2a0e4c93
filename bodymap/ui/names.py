"""What a place is called on the page: its plain name with the person's own side."""

from bodymap.atlas import WHOLE_BODY, Atlas

SIDE_WORDS = {"left": "left", "midline": "middle", "right": "right"}
WHOLE_BODY_NAME = "Today as a whole"


def name_of_target(atlas: Atlas, target: str, side: str) -> str:
    """Return "Rhomboid, upper, left". A place that this version doesn't know keeps its id."""
    if target == WHOLE_BODY:
        return WHOLE_BODY_NAME
    place = atlas.points.get(target) or atlas.areas.get(target)
    if place is None:
        return f"{target}, {SIDE_WORDS[side]}"
    return place.name if place.sides == ("midline",) else f"{place.name}, {SIDE_WORDS[side]}"
