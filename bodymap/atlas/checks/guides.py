"""Checks of the guide lines: they name what exists and lie where they say, on every body."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bodymap.atlas import outlines
from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.figure import Figure
from bodymap.atlas.guides import Guide
from bodymap.atlas.model import Array, Side, sign_of

LEAST_DEPTH_MM = 3
LEAST_FROM_MIDLINE_MM = 5
FARTHEST_FROM_LANDMARK_MM = 0.5
FARTHEST_FROM_MUSCLE_EDGE_MM = 3
NEAR_AREA_MM = 15
LEAST_SHARE_NEAR_AREA = 0.25

Drawn = tuple[Figure, Guide, Side, Array]


@check
def guides_name_what_exists(subject: Subject) -> Iterator[str]:
    """Every guide line names areas of its view, landmarks and muscles that exist."""
    atlas = subject.atlas
    anchors = {landmark.anchor for landmark in atlas.landmarks}
    for guide in atlas.guides.values():
        where = f"guides.csv, {guide.id}"
        for id_ in guide.areas:
            if id_ not in atlas.areas or atlas.areas[id_].view != guide.view:
                yield f"{where}: {id_} is not an area of the {guide.view}."
        for anchor in guide.landmarks:
            if anchor not in anchors:
                yield f"{where}: there is no anchor {anchor!r} in landmarks.csv."
        for id_ in guide.muscles:
            if id_ not in atlas.muscles:
                yield f"{where}: {id_} isn't in muscles.json."
        if not guide.landmarks and not guide.muscles:
            yield f"{where}: names neither a landmark nor a muscle that it follows."


@check
def guides_run_through_their_landmarks(subject: Subject) -> Iterator[str]:
    """On every body a guide line runs through its landmarks, and that of a bone ends on one."""
    for figure, guide, side, line in _drawn(subject):
        at = {anchor: figure.anchors_mm.get(anchor) for anchor in guide.landmarks}
        for anchor, place in at.items():
            if place is None:
                yield f"{_name(figure, guide, side)}: {anchor} isn't on this figure."
                continue
            off = outlines.distance_to_line(line, place * [sign_of(side), 1])[0]
            if off > FARTHEST_FROM_LANDMARK_MM:
                yield f"{_name(figure, guide, side)}: runs {off:.1f} mm beside {anchor}."
        ends = [place for place in at.values() if place is not None]
        if guide.tissue == "bone" and ends:
            off = min(np.hypot(*(line[-1] - place * [sign_of(side), 1])) for place in ends)
            if off > FARTHEST_FROM_LANDMARK_MM:
                yield f"{_name(figure, guide, side)}: ends {off:.1f} mm from its landmarks."


@check
def guides_follow_the_edge_of_their_muscles(subject: Subject) -> Iterator[str]:
    """On every body a guide line of muscles lies within 3 mm of their edge."""
    for figure, guide, side, line in _drawn(subject):
        shapes = [figure.muscle_outlines_mm.get((id_, side)) for id_ in guide.muscles]
        edges = [outlines.distance_to_edge(rings, line) for rings in shapes if rings]
        off = np.min(edges, axis=0).max() if edges else 0
        if off > FARTHEST_FROM_MUSCLE_EDGE_MM:
            yield f"{_name(figure, guide, side)}: strays {off:.1f} mm from its muscles' edge."


@check
def guides_lie_under_the_skin(subject: Subject) -> Iterator[str]:
    """On every body every place of a guide line lies at least 3 mm inside the silhouette."""
    for figure, guide, side, line in _drawn(subject):
        depth = outlines.depth(figure.silhouette_mm, line).min()
        if depth < LEAST_DEPTH_MM:
            yield f"{_name(figure, guide, side)}: comes to {depth:.1f} mm inside the skin."


@check
def guides_keep_their_side(subject: Subject) -> Iterator[str]:
    """On every body a guide line keeps at least 5 mm from the midline, on its own side."""
    for figure, guide, side, line in _drawn(subject):
        nearest = (line[:, 0] * sign_of(side)).min()
        if nearest < LEAST_FROM_MIDLINE_MM:
            yield f"{_name(figure, guide, side)}: comes to {nearest:.1f} mm from the midline."


@check
def guides_lie_in_or_near_their_areas(subject: Subject) -> Iterator[str]:
    """On every body at least a quarter of a guide line lies in or near each of its areas."""
    for figure, guide, side, line in _drawn(subject):
        for id_ in guide.areas:
            rings = [
                ring
                for (area, _), of in figure.area_outlines_mm.items()
                if area == id_
                for ring in of
            ]
            share = np.mean(outlines.depth(rings, line) > -NEAR_AREA_MM) if rings else 0
            if share < LEAST_SHARE_NEAR_AREA:
                yield f"{_name(figure, guide, side)}: {share:.0%} of it lies near {id_}."


def _drawn(subject: Subject) -> Iterator[Drawn]:
    for figure in subject.figures():
        for (id_, side), line in figure.guide_lines_mm.items():
            yield figure, subject.atlas.guides[id_], side, line


def _name(figure: Figure, guide: Guide, side: Side) -> str:
    return f"{figure.body}, {figure.view}: {guide.id}, {side}"
