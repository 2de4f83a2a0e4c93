"""Anatomical rules that the placed points must keep on every body.

The limits are plausible distances for a body of 1665 mm and grow with stature; they were written
by one hand together with the points, so passing them is consistency, not clinical proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from bodymap.atlas import outlines
from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.figure import Figure
from bodymap.atlas.model import Array, DataError

REFERENCE_STATURE_MM = 1665

# Lines of the back frame, person's left, that the rules measure from beside those of guides.csv.
BLADE_SPINE = ((0.36, 0.103), (0.62, 0.099), (0.95, 0.106))
SACRUM_EDGE = (0.13, 0.765)
T7_TIP, C2_TIP = (0, 0.265), (0, -0.09)
ERECTOR = ("iliocostalis-lumborum", "longissimus-thoracis")


@dataclass(frozen=True)
class Anatomy:
    """One body, seen as an anatomist measures it: left copies, millimetres, x outward, y up."""

    back: Figure
    front: Figure
    _lines: dict[tuple, Array] = field(default_factory=dict)

    def at(self, code: str) -> Array:
        """Return where the point with this code lies, on the left (or mirrored to it)."""
        for figure in (self.back, self.front):
            for point in figure.points.values():
                if point.code == code:
                    x, y = figure.place(point.id, point.sides[0])
                    return np.array([abs(x), y])
        raise KeyError(code)

    def mark(self, anchor: str) -> Array:
        """Return a landmark by its anchor name."""
        found = self.back.anchors_mm.get(anchor)
        return self.front.anchors_mm[anchor] if found is None else found

    def spot(self, x: float, y: float) -> Array:
        """Return a place of the back frame."""
        return self.back.warp.to_figure([[x, y]])[0]

    def line(self, corners: tuple[tuple[float, float], ...]) -> Array:
        """Return a line of the back frame, bent as the warp bends it."""
        if corners not in self._lines:
            ends = np.array(corners)
            steps = np.linspace(0, len(ends) - 1, 12 * (len(ends) - 1) + 1)
            index = np.arange(len(ends))
            dense = np.column_stack([np.interp(steps, index, ends[:, i]) for i in (0, 1)])
            self._lines[corners] = self.back.warp.to_figure(dense)
        return self._lines[corners]

    def guide(self, id_: str) -> Array:
        """Return a guide line of the back."""
        return self.back.guide_lines_mm[id_, "left"]

    def inside_of_blade(self, code: str) -> float:
        """Return how far a point lies towards the spine from the blade's inner border."""
        border = self.guide("blade-inner-border")[::-1]
        x, y = self.at(code)
        return float(np.interp(y, border[:, 1], border[:, 0])) - x

    def above(self, line: Array, code: str) -> float:
        """Return how far a point lies above a line that runs outward."""
        x, y = self.at(code)
        order = np.argsort(line[:, 0])
        return y - float(np.interp(x, line[order, 0], line[order, 1]))

    def below_crest(self, code: str) -> float:
        """Return how far a point lies from the iliac crest, minus when above it."""
        crest = self.guide("iliac-crest")
        distance = outlines.distance_to_line(crest, self.at(code))[0]
        return float(np.copysign(distance, -self.above(crest, code)))

    def outside_muscles(self, code: str, *muscles: str) -> float:
        """Return how far a point lies outside these muscles together."""
        shapes = {**self.back.muscle_outlines_mm, **self.front.muscle_outlines_mm}
        depths = [outlines.depth(shapes[muscle, "left"], self.at(code))[0] for muscle in muscles]
        return -float(max(depths))

    def under_skin(self, code: str) -> float:
        """Return how far a point lies from the outline of the body."""
        return float(outlines.depth(self.back.silhouette_mm, self.at(code))[0])

    def half_width(self, code: str) -> float:
        """Return the distance from the midline to the skin at a point's height."""
        y = self.at(code)[1]
        return outlines.distance_to_skin(self.back.silhouette_mm, (0, y), (1, 0))

    def apart(self, code: str, anchor: str) -> float:
        """Return the distance between a point and a landmark."""
        return float(np.hypot(*(self.at(code) - self.mark(anchor))))

    def share_along(self, code: str, start: Array, end: Array) -> float:
        """Return how far along a line from start to end a point lies, in percent."""
        whole = end - start
        return float(100 * (self.at(code) - start) @ whole / (whole @ whole))

    def off_piriformis_line(self, code: str) -> float:
        """Return the distance of a point from the line sacrum to greater trochanter."""
        line = np.array([self.spot(*SACRUM_EDGE), self.mark("greater trochanter")])
        return float(outlines.distance_to_line(line, self.at(code))[0])

    def past(self, code: str, start: str, end: str) -> float:
        """Return how far beyond `start` a point lies in the direction of `end`."""
        axis = self.mark(end) - self.mark(start)
        return float((self.at(code) - self.mark(start)) @ axis / np.hypot(*axis))


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold, how it is measured, and between which limits (mm, or percent)."""

    name: str
    measure: Callable[[Anatomy], float]
    low: float
    high: float
    in_percent: bool = False


def _smallest_level_step(body: Anatomy) -> float:
    heights = [at[1] for _, at in body.back.levels] + [body.mark("tip of coccyx")[1]]
    return float(-np.diff(heights).max())


def _midway_neck_to_acromion(body: Anatomy) -> float:
    neck, tip = body.mark("neck-shoulder junction")[0], body.mark("acromion tip")[0]
    return float(100 * (body.at("TP03")[0] - neck) / (tip - neck))


def _above_mid_buttock(body: Anatomy) -> float:
    middle = (body.mark("crest top")[1] + body.mark("gluteal fold")[1]) / 2
    return float(body.at("TP07")[1] - middle)


def _piriformis_share(body: Anatomy) -> float:
    return body.share_along("PIR1", body.spot(*SACRUM_EDGE), body.mark("greater trochanter"))


def _higher(code: str, anchor: str) -> Callable[[Anatomy], float]:
    return lambda body: float(body.at(code)[1] - body.mark(anchor)[1])


def _lower(code: str, anchor: str) -> Callable[[Anatomy], float]:
    return lambda body: float(body.mark(anchor)[1] - body.at(code)[1])


def _further_out(code: str, anchor: str) -> Callable[[Anatomy], float]:
    return lambda body: float(body.at(code)[0] - body.mark(anchor)[0])


def _further_in(code: str, anchor: str) -> Callable[[Anatomy], float]:
    return lambda body: float(body.mark(anchor)[0] - body.at(code)[0])


def _from_midline(code: str) -> Callable[[Anatomy], float]:
    return lambda body: float(body.at(code)[0])


def _medial_to_blade(code: str) -> Rule:
    name = f"{code} lies medial to the scapular border"
    return Rule(name, lambda body: body.inside_of_blade(code), 3, 30)


def _above_crest(code: str) -> Rule:
    name = f"{code} lies above the iliac crest"
    return Rule(name, lambda body: body.above(body.guide("iliac-crest"), code), 5, 110)


def _below_crest(code: str, low: float, high: float) -> Rule:
    return Rule(f"{code} lies below the iliac crest", lambda b: b.below_crest(code), low, high)


def _above_blade_spine(code: str) -> Rule:
    name = f"{code} lies above the scapular spine"
    return Rule(name, lambda body: body.above(body.line(BLADE_SPINE), code), 3, 30)


RULES: tuple[Rule, ...] = (
    Rule("Spinal levels down to the coccyx are in order", _smallest_level_step, 8, 99),
    # Between the shoulder blades
    _medial_to_blade("RHM1"),
    _medial_to_blade("RHJ1"),
    _medial_to_blade("RHJ2"),
    _medial_to_blade("ICT1"),
    _medial_to_blade("LTR1"),
    _medial_to_blade("MTR1"),
    Rule("RHM1 lies lateral to the spine", _from_midline("RHM1"), 25, 80),
    Rule("RHJ1 lies lateral to the spine", _from_midline("RHJ1"), 25, 80),
    Rule("RHJ2 lies lateral to the spine", _from_midline("RHJ2"), 25, 80),
    Rule("RHJ2 lies not below T7", lambda b: b.at("RHJ2")[1] - b.spot(*T7_TIP)[1], 0, 60),
    # Shoulder blade and top of the shoulder
    Rule(
        "ISP1 lies below the scapular spine",
        lambda b: -b.above(b.line(BLADE_SPINE), "ISP1"),
        12,
        26,
    ),
    Rule(
        "ISP2 lies below the scapular spine",
        lambda b: -b.above(b.line(BLADE_SPINE), "ISP2"),
        12,
        26,
    ),
    Rule("ISP3 lies lateral to the inner border", lambda b: -b.inside_of_blade("ISP3"), 3, 20),
    _above_blade_spine("SSP1"),
    _above_blade_spine("SSP2"),
    _above_blade_spine("TP04"),
    Rule("LEV2 lies above the superior angle", _higher("LEV2", "superior angle"), 4, 22),
    Rule("TMA1 lies lateral to the inferior angle", _further_out("TMA1", "inferior angle"), 8, 45),
    Rule("UTR1 lies just below the upper border", lambda b: b.under_skin("UTR1"), 4, 14),
    Rule("TP03 lies just below the upper border", lambda b: b.under_skin("TP03"), 4, 14),
    Rule("TP03 lies midway from neck to acromion", _midway_neck_to_acromion, 40, 60, True),
    # Neck
    Rule("TP01 lies below the nuchal line", _lower("TP01", "inion"), 5, 22),
    Rule("TP01 lies a thumb's width from the midline", _from_midline("TP01"), 18, 30),
    Rule("SUB1 lies above C2", lambda b: b.at("SUB1")[1] - b.spot(*C2_TIP)[1], 5, 40),
    # Lower back
    Rule("QLS1 lies outside the erector", lambda b: b.outside_muscles("QLS1", *ERECTOR), 0.5, 40),
    Rule("QLS2 lies outside the erector", lambda b: b.outside_muscles("QLS2", *ERECTOR), 0.5, 40),
    _above_crest("QLS1"),
    _above_crest("QLS2"),
    _above_crest("QLD1"),
    _above_crest("QLD2"),
    Rule("QLS1 lies below the tip of the 12th rib", _lower("QLS1", "12th rib tip"), 3, 40),
    Rule("MFS1 lies below L5", _lower("MFS1", "L5"), 5, 40),
    # Buttock and hip
    _below_crest("GMD1", 8, 40),
    _below_crest("GMD2", 8, 55),
    _below_crest("GMD3", 4, 40),
    Rule("PIR1 lies between sacrum and trochanter", lambda b: b.off_piriformis_line("PIR1"), 0, 15),
    Rule("PIR2 lies between sacrum and trochanter", lambda b: b.off_piriformis_line("PIR2"), 0, 15),
    Rule("PIR1 lies two thirds out along that line", _piriformis_share, 60, 85, True),
    Rule("TP08 lies at the trochanter", lambda b: b.apart("TP08", "greater trochanter"), 0, 28),
    Rule("TP08 lies behind the trochanter", _further_in("TP08", "greater trochanter"), 3, 25),
    Rule("TP07 lies in the upper half of the buttock", _above_mid_buttock, 10, 99),
    Rule(
        "TP07 lies in the outer half of the buttock",
        # Measured against the skin, so fat at the hips brings the middle closer to the point.
        lambda b: b.at("TP07")[0] - b.half_width("TP07") / 2,
        5,
        99,
    ),
    Rule("GMX1 lies below the dimple (PSIS)", _lower("GMX1", "PSIS"), 15, 60),
    Rule("GMX2 lies above the sitting bone", _higher("GMX2", "ischial tuberosity"), 5, 30),
    Rule("GMX3 lies beside the coccyx", lambda b: b.apart("GMX3", "tip of coccyx"), 10, 32),
    # Front of the neck and chest
    Rule("TP02 lies below the chin", _lower("TP02", "chin"), 20, 70),
    Rule("TP02 lies above the notch", _higher("TP02", "suprasternal notch"), 30, 80),
    Rule(
        "SCL1 lies lateral to the sternocleidomastoid",
        lambda b: b.outside_muscles("SCL1", "sternocleidomastoid"),
        0.5,
        20,
    ),
    Rule(
        "TP05 lies at the second rib (sternal angle)",
        lambda b: abs(b.at("TP05")[1] - b.mark("sternal angle")[1]),
        0,
        8,
    ),
    Rule("TP05 lies lateral to the breastbone", _from_midline("TP05"), 35, 60),
    Rule("PMN1 lies below the acromion", _lower("PMN1", "acromion tip"), 15, 60),
    # Limbs
    Rule("TP06 lies 2 cm beyond the elbow", lambda b: b.past("TP06", "elbow", "wrist"), 16, 24),
    Rule("TP06 lies near the outer edge of the arm", lambda b: b.under_skin("TP06"), 6, 25),
    Rule("TP09 lies medial to the knee's axis", _further_in("TP09", "knee"), 20, 50),
    Rule("TP09 lies well inside the knee's edge", lambda b: b.under_skin("TP09"), 8, 40),
    Rule(
        "CP02 lies where middle and lower forearm meet",
        lambda b: b.share_along("CP02", b.mark("elbow"), b.mark("wrist")),
        60,
        75,
        True,
    ),
    Rule("CP03 lies on the thumbnail", lambda b: b.apart("CP03", "thumb tip"), 2, 14),
)


def measured(subject: Subject) -> Iterator[tuple[str, Rule, float, bool]]:
    """Yield (body, rule, value for this body, whether it is within the rule's limits)."""
    for body in subject.atlas.bodies:
        try:
            anatomy = Anatomy(
                subject.atlas.figure(body, "back"), subject.atlas.figure(body, "front")
            )
        except DataError:
            continue  # a check of its own names the figure that is missing
        for rule in RULES:
            scale = 1 if rule.in_percent else anatomy.back.stature_mm / REFERENCE_STATURE_MM
            try:
                value = float(rule.measure(anatomy))
            except KeyError:
                value = float("nan")
            yield body, rule, value, rule.low * scale <= value <= rule.high * scale


@check
def points_keep_their_anatomical_place(subject: Subject) -> Iterator[str]:
    """Every anatomical rule holds on every body."""
    for body, rule, value, holds in measured(subject):
        if not holds:
            unit = "%" if rule.in_percent else "mm"
            yield f"{body}: {rule.name}: {value:.1f} {unit}, allowed {rule.low} to {rule.high}."
