"""Guide lines: what a clinician feels for to find a place, drawn in the lens and named there.

The inner border of a shoulder blade, the outer edge of the long back muscles, the lowest rib, the
rim of the pelvis: data/guides.csv has each as a few places of the frame, person's left.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import BeforeValidator, Field

from bodymap.atlas.files import XY, Slug, SpacedList, Strict, Words, rows_of
from bodymap.atlas.frame import ASPECT
from bodymap.atlas.model import Array, DataError, Side, View

Tissue = Literal["bone", "muscle"]

_PIECES_OF_A_STEP = 4


def _places_written_out(value: object) -> object:
    """Take "0.34 0.06; 0.36 0.103": places of the frame, x and y each."""
    if not isinstance(value, str):
        return value
    try:
        return [[float(number) for number in place.split()] for place in value.split(";")]
    except ValueError:
        raise ValueError(f"{value!r} is not a list of places") from None


def _parted(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


class _GuideRow(Strict):
    id: Slug
    view: View
    areas: Annotated[list[Slug], Field(min_length=1), SpacedList]
    name: Words
    short_name: Words
    clinical_name: Words
    tissue: Tissue
    sides: Annotated[list[Side], Field(min_length=1), SpacedList]
    line: Annotated[list[XY], Field(min_length=3), BeforeValidator(_places_written_out)]
    landmarks: Annotated[list[str], BeforeValidator(_parted)]
    muscles: Annotated[list[Slug], SpacedList]
    basis: Words


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """A line that helps to find a place, in the lens of `areas`.

    `line` (n, 2) is its left copy in the frame, smooth. `landmarks` are the anchors that it runs
    through, `muscles` those whose outer edge it follows; `basis` says where its places are from.
    """

    id: str
    view: View
    areas: tuple[str, ...]
    name: str
    short_name: str
    clinical_name: str
    tissue: Tissue
    sides: tuple[Side, ...]
    line: Array
    landmarks: tuple[str, ...]
    muscles: tuple[str, ...]
    basis: str


def read_guides(path: Path) -> dict[str, Guide]:
    """Read data/guides.csv.

    Raises:
        DataError: it is missing or malformed, or an id occurs twice.
    """
    guides: dict[str, Guide] = {}
    for where, row in rows_of(path, _GuideRow):
        if row.id in guides:
            raise DataError(f"{where}, id: {row.id} occurs twice.")
        guides[row.id] = Guide(
            id=row.id,
            view=row.view,
            areas=tuple(row.areas),
            name=row.name,
            short_name=row.short_name,
            clinical_name=row.clinical_name,
            tissue=row.tissue,
            sides=tuple(row.sides),
            line=_smooth(np.array(row.line)),
            landmarks=tuple(row.landmarks),
            muscles=tuple(row.muscles),
            basis=row.basis,
        )
    return guides


def _smooth(places: Array) -> Array:
    """Return a smooth line (m, 2) through places of the frame, which it meets exactly.

    Between two places it is a Catmull-Rom spline, whose slope at each is that of the neighbours'
    chord; at the ends the neighbour is mirrored.
    """
    even = places * [ASPECT, 1]
    known = np.vstack([2 * even[0] - even[1], even, 2 * even[-1] - even[-2]])
    before, start, end, after = known[:-3], known[1:-2], known[2:-1], known[3:]
    t = (np.arange(_PIECES_OF_A_STEP) / _PIECES_OF_A_STEP)[None, :, None]
    pieces = (
        start[:, None] * (1 - 2.5 * t**2 + 1.5 * t**3)
        + end[:, None] * (0.5 * t + 2 * t**2 - 1.5 * t**3)
        + before[:, None] * (-0.5 * t + t**2 - 0.5 * t**3)
        + after[:, None] * (-0.5 * t**2 + 0.5 * t**3)
    )
    line = np.vstack([pieces.reshape(-1, 2), even[-1:]]) / [ASPECT, 1]
    line.setflags(write=False)
    return line
