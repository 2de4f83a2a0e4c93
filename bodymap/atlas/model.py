"""The nouns of the atlas. All are immutable; the loader makes them, nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

Side = Literal["left", "right", "midline"]
View = Literal["back", "front"]
PointKind = Literal["trigger", "tender", "control"]
Level = Literal["patient", "clinical"]

SIDES: tuple[Side, ...] = ("left", "midline", "right")
VIEWS: tuple[View, ...] = ("back", "front")
BODIES: tuple[str, ...] = ("neutral", "female", "male", "larger")

# The one target that is no place: the single number for a bad day.
WHOLE_BODY = "whole-body"

# The 19 areas of the Widespread Pain Index (Wolfe 2016, source S10).
WPI_AREAS: tuple[str, ...] = (
    "jaw_left",
    "jaw_right",
    "shoulder_girdle_left",
    "shoulder_girdle_right",
    "upper_arm_left",
    "upper_arm_right",
    "lower_arm_left",
    "lower_arm_right",
    "hip_left",
    "hip_right",
    "upper_leg_left",
    "upper_leg_right",
    "lower_leg_left",
    "lower_leg_right",
    "neck",
    "upper_back",
    "lower_back",
    "chest",
    "abdomen",
)


class DataError(ValueError):
    """A file of data/ can't be used. The message is one sentence naming the file and the place."""


def sign_of(side: Side) -> int:
    """Return +1 for the person's left, -1 for the right, 0 for the midline: the sign of x."""
    return {"left": 1, "right": -1, "midline": 0}[side]


@dataclass(frozen=True, slots=True)
class Area:
    """A nameable part of the body that a person would point at.

    `outlines` are closed rings in the frame, one a side, reaching beyond the skin that cuts them.
    `wpi` names, a side, the area of the Widespread Pain Index that this one is part of.
    `lens` tells whether the map moves in on both sides at once ("whole") or on one.
    """

    id: str
    view: View
    name: str
    clinical_name: str
    group: str
    lens: Literal["whole", "side"]
    wpi: Mapping[Side, str]
    outlines: Mapping[Side, Array]

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that the area has, in the order left, midline, right."""
        return tuple(side for side in SIDES if side in self.outlines)


@dataclass(frozen=True, slots=True)
class LimbAnchor:
    """A place on a limb: `along` from one anchor to the next, then out towards the skin.

    `outward` is the share of the way to the skin at right angles to the limb: positive away from
    the midline, negative towards it. Arms hang differently in each figure; this follows them.
    """

    start: str
    end: str
    along: float
    outward: float


@dataclass(frozen=True, slots=True)
class Point:
    """A trigger point, tender point or control site; x and y are its left copy in the frame."""

    id: str
    code: str
    kind: PointKind
    view: View
    name: str
    clinical_name: str
    sides: tuple[Side, ...]
    x: float
    y: float
    level: str
    limb: LimbAnchor | None
    muscle: str | None
    area: str


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle, or the part of one, that carries points or gives context in the drawing."""

    id: str
    name: str
    view: View
    depth: str
    attachments: str


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named place in the frame; `anchor` is its name on the figures when the warp meets it."""

    name: str
    view: Literal["back", "front", "both"]
    x: float
    y: float
    anchor: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from; `note` says how far the original itself was read."""

    id: str
    kind: str
    citation: str
    urls: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a person would say, and the points traditionally looked at first, in order.

    `also` are other wordings of the same. `check_first` names what matters more than a muscle
    point; `emergency` is the key of the note that must be shown before any point, or None.
    """

    id: str
    words: str
    also: tuple[str, ...]
    points: tuple[str, ...]
    check_first: str
    emergency: str | None
    sources: tuple[str, ...]
