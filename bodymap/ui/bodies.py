"""Small bodies with marks on them: a strip of days, one day large, pictures to compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bodymap.measures.change import DIRECTIONS, Direction
from bodymap.records.drawing import StrokeOperation
from bodymap.ui.board import sent_stroke
from bodymap.ui.browser import component, nothing, slots

Kind = Literal["strip", "large", "row"]


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at a place of the body.

    sign: ``level``, or the direction of a change. text: what the disc says, "7". level: 0 to 10 for
    the colour; None for none. share: of the disc's full size, 0 to 1.
    """

    target: str
    side: str
    sign: Literal["level"] | Direction
    text: str
    level: float | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Picture:
    """One body (or its two views): a title and a note over it, and what is said instead of it.

    strokes: a pain drawing under the spots. gap: words in the strip before it, "7 days, no marks".
    """

    id: str
    title: str
    note: str
    said: str
    spots: Sequence[Spot]
    strokes: Sequence[StrokeOperation] = ()
    gap: str = ""


def bodies(
    *,
    key: str,
    kind: Kind,
    body: str,
    pictures: Sequence[Picture],
    name: str = "",
    chosen: str | None = None,
    has_legend: bool = False,
) -> str | None:
    """Mount pictures and return the id of the one that was chosen in a strip.

    All of one mount show the same part of the body: the trunk, or all of it where marks lie lower.
    A place that this version's map doesn't know is left out here; tables name it.

    name: what a strip is, for screen readers. has_legend: says what the signs of change mean.
    """
    state = _component(
        key=key,
        data={
            "kind": kind,
            "body": body,
            "name": name,
            "chosen": chosen,
            "legend": [[sign, words] for sign, words in DIRECTIONS.items()] if has_legend else [],
            "pictures": [_sent(picture, body) for picture in pictures],
        },
        default={"chosen": None},
        on_chosen_change=nothing,
    )
    return chosen_in(state, pictures)


def chosen_in(state: Any, pictures: Sequence[Picture]) -> str | None:
    """Return which picture a strip's state names; whatever else it holds is passed over."""
    chosen = state.get("chosen") if isinstance(state, Mapping) else None
    return next((picture.id for picture in pictures if picture.id == chosen), None)


def _sent(picture: Picture, body: str) -> dict[str, Any]:
    return {
        "id": picture.id,
        "title": picture.title,
        "note": picture.note,
        "said": picture.said,
        "gap": picture.gap,
        "spots": [
            [slots()[spot.target, spot.side], spot.sign, spot.text, spot.level, spot.share]
            for spot in picture.spots
            if (spot.target, spot.side) in slots()
        ],
        "strokes": [sent_stroke(stroke, body) for stroke in picture.strokes],
    }


_component = component("bodymap_bodies", "bodies", "pictures")
