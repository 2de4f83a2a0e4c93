"""Checks of referred pain: every pattern is complete, sourced, and drawn where its words say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from bodymap.atlas import outlines
from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.figure import Figure
from bodymap.atlas.model import Array
from bodymap.atlas.referral import ROLES, Pattern, Role, Slice, ZoneShape, ZoneUse
from bodymap.atlas.zones import outline_mm, samples_mm

ZONES = 68
LEAST_COVERED = 0.95
LIMIT_TOLERANCE = 0.02
LARGEST_STRAY_MM = 1.0
# A shape without melting is its zones; more than this share beyond them would tell a false story.
MOST_BEYOND = 0.4
_LEAST_SAMPLES = 4
_GRID_MM = 8.0


@check
def every_trigger_point_has_a_pattern(subject: Subject) -> Iterator[str]:
    """Every trigger point has an essential pattern, and no other point has any."""
    atlas = subject.atlas
    for point in atlas.points.values():
        pattern = atlas.patterns.get(point.id)
        if point.kind == "trigger" and (pattern is None or not pattern.essential):
            yield f"{point.code} {point.id} has no essential pattern."
        if point.kind != "trigger" and pattern is not None:
            yield f"{point.code} {point.id} is no trigger point and has a pattern."
    if len(atlas.zones) != ZONES:
        yield f"There are {len(atlas.zones)} zones, not {ZONES}."


@check
def every_zone_is_used(subject: Subject) -> Iterator[str]:
    """Every zone belongs to some pattern, and reaches areas of the views it is seen in."""
    atlas = subject.atlas
    used = {use.zone_id for _, _, use in _uses(subject)}
    for zone in atlas.zones.values():
        if zone.id not in used:
            yield f"{zone.id} {zone.name} belongs to no pattern."
        for area_id in zone.areas:
            if area_id not in atlas.areas:
                yield f"{zone.id}: {area_id} is no area."
            elif atlas.areas[area_id].view not in zone.shapes:
                yield f"{zone.id}: {area_id} can't be seen in its views."
        for view in zone.views:
            if not any(a in atlas.areas and atlas.areas[a].view == view for a in zone.areas):
                yield f"{zone.id}: names no area that it reaches on the {view}."


@check
def every_pattern_is_sourced(subject: Subject) -> Iterator[str]:
    """Every row of a pattern, and every dispute about it, rests on sources that exist."""
    atlas = subject.atlas
    for pattern, role, use in _uses(subject):
        for source in use.sources:
            if source not in atlas.sources:
                yield f"{pattern.point_id}, {role}, {use.zone_id}: {source} isn't in sources.csv."
    for pattern in atlas.patterns.values():
        for statement in pattern.disputed:
            for source in statement.sources:
                if source not in atlas.sources:
                    yield f"{pattern.point_id}, disputed: {source} isn't in sources.csv."


@check
def zones_keep_to_their_limits(subject: Subject) -> Iterator[str]:
    """The drawn part of every zone keeps to its limits in the frame, and fills most of them."""
    for figure in subject.figures():
        for zone in subject.atlas.zones.values():
            if zone.limits is None or figure.view not in zone.shapes:
                continue
            at = samples_mm(zone.shapes[figure.view], Slice(), figure.warp)
            at = at[outlines.contains(figure.silhouette_mm, at)]
            where = f"{_where(figure)}: {zone.id} {zone.name}"
            if len(at) < _LEAST_SAMPLES:
                yield f"{where} lies off the body."
                continue
            frame = figure.warp.to_frame(at)
            for axis, (low, high) in zip("xy", zone.limits, strict=True):
                reach = frame[:, "xy".index(axis)]
                if reach.min() < low - LIMIT_TOLERANCE or reach.max() > high + LIMIT_TOLERANCE:
                    yield f"{where} reaches {axis} {reach.min():.3f} to {reach.max():.3f}."
                elif not zone.shapes[figure.view].is_edge and np.ptp(reach) < 0.6 * (high - low):
                    yield f"{where} fills only {axis} {reach.min():.3f} to {reach.max():.3f}."


@check
def patterns_are_drawn_in_their_views(subject: Subject) -> Iterator[str]:
    """Each role of a pattern is drawn in the views that its rows name, and in no other."""
    for figure in subject.figures():
        wanted = {
            (pattern.point_id, role)
            for pattern, role, use in _uses(subject)
            if figure.view in use.views
        }
        for point_id, role in sorted(wanted - set(figure.pattern_outlines_mm)):
            yield f"{_where(figure)}: {point_id}, {role}, isn't drawn."
        for point_id, role in sorted(set(figure.pattern_outlines_mm) - wanted):
            yield f"{_where(figure)}: {point_id}, {role}, is drawn and no row names it."


@check
def patterns_cover_their_zones(subject: Subject) -> Iterator[str]:
    """Every drawn pattern covers at least 95 % of each zone it names, as far as the body goes."""
    for figure in subject.figures():
        for pattern, role, use in _uses(subject):
            rings = figure.pattern_outlines_mm.get((pattern.point_id, role))
            at = _on_body(subject, figure, use)
            if rings is None or len(at) < _LEAST_SAMPLES:
                continue
            covered = float(outlines.contains(rings, at).mean())
            if covered < LEAST_COVERED:
                what = f"{covered:.0%} of {use.zone_id} {use.part}".rstrip()
                yield f"{_name(figure, pattern, role)} covers {what}."


@check
def patterns_reach_the_areas_of_their_zones(subject: Subject) -> Iterator[str]:
    """Every drawn pattern reaches the areas of the map that its zones are said to lie in."""
    for figure in subject.figures():
        for pattern, role, use in _uses(subject):
            rings = figure.pattern_outlines_mm.get((pattern.point_id, role))
            if rings is None or figure.view not in use.views:
                continue
            areas = [a for a in subject.atlas.zones[use.zone_id].areas if a in figure.areas]
            at = _on_body(subject, figure, use)
            drawn = at[outlines.contains(rings, at)]
            missed = [
                area_id
                for area_id in areas
                if not any(
                    outlines.contains(figure.area_outlines_mm.get((area_id, side), ()), drawn).any()
                    for side in ("left", "midline")
                )
            ]
            # A part of a zone reaches one of its areas at least.
            if missed and (not use.part or len(missed) == len(areas)):
                name = _name(figure, pattern, role)
                yield f"{name} doesn't reach {', '.join(missed)} for {use.zone_id}."


@check
def patterns_add_little_to_their_zones(subject: Subject) -> Iterator[str]:
    """No drawn pattern goes far beyond its zones: at most a third of it lies outside them."""
    for figure in subject.figures():
        for pattern in subject.atlas.patterns.values():
            for role in ROLES:
                rings = figure.pattern_outlines_mm.get((pattern.point_id, role))
                if rings is None:
                    continue
                inside = _grid_in(rings)
                within = np.zeros(len(inside), dtype=bool)
                for use in pattern.uses(role):
                    within |= outlines.contains(_outlines(subject, figure, use), inside)
                beyond = 1 - float(within.mean()) if len(within) else 0.0
                if beyond > MOST_BEYOND:
                    yield f"{_name(figure, pattern, role)} lies {beyond:.0%} beyond its zones."


@check
def patterns_stay_on_the_body_and_their_side(subject: Subject) -> Iterator[str]:
    """Drawn patterns stay on the skin, and left of the midline unless said to be on both sides."""
    for figure in subject.figures():
        for pattern in subject.atlas.patterns.values():
            for role in ROLES:
                rings = figure.pattern_outlines_mm.get((pattern.point_id, role))
                if rings is None:
                    continue
                edge = np.vstack(rings)
                off = -outlines.depth(figure.silhouette_mm, edge).min()
                if off > LARGEST_STRAY_MM:
                    yield f"{_name(figure, pattern, role)} lies {off:.1f} mm off the body."
                here = [use for use in pattern.uses(role) if figure.view in use.views]
                over = -float(edge[:, 0].min())
                if over > LARGEST_STRAY_MM and not any(use.both_sides for use in here):
                    yield f"{_name(figure, pattern, role)} crosses the midline by {over:.1f} mm."
                if any(use.both_sides for use in here) and over < 1:
                    yield f"{_name(figure, pattern, role)} has no right half."


def _uses(subject: Subject) -> Iterator[tuple[Pattern, Role, ZoneUse]]:
    for pattern in subject.atlas.patterns.values():
        for role in ROLES:
            for use in pattern.uses(role):
                yield pattern, role, use


def _on_body(subject: Subject, figure: Figure, use: ZoneUse) -> Array:
    """Return places of a zone use on the left half of the body, those of both sides on both.

    What lies within a millimetre of the skin is left out, because drawn curves keep off it.
    """
    if figure.view not in use.views:
        return np.empty((0, 2))
    at = _left_samples(subject.atlas.zones[use.zone_id].shapes[figure.view], use.slice, figure)
    return np.vstack([at, at * [-1, 1]]) if use.both_sides else at


@lru_cache(maxsize=4096)
def _left_samples(shape: ZoneShape, part: Slice, figure: Figure) -> Array:
    at = samples_mm(shape, part, figure.warp)
    at = at[at[:, 0] > 0]
    return at[outlines.depth(figure.silhouette_mm, at) > LARGEST_STRAY_MM]


def _outlines(subject: Subject, figure: Figure, use: ZoneUse) -> tuple[Array, ...]:
    """Return the ring of a zone use in a view, and its mirror image when it is on both sides."""
    if figure.view not in use.views:
        return ()
    shape = subject.atlas.zones[use.zone_id].shapes[figure.view]
    ring = outline_mm(shape, use.slice, figure.warp)
    return (ring, ring * [-1, 1]) if use.both_sides else (ring,)


def _grid_in(rings: tuple[Array, ...]) -> Array:
    left, bottom, right, top = outlines.box(rings)
    x, y = np.meshgrid(np.arange(left, right, _GRID_MM), np.arange(bottom, top, _GRID_MM))
    grid = np.column_stack([x.ravel(), y.ravel()])
    return grid[outlines.contains(rings, grid)]


def _where(figure: Figure) -> str:
    return f"{figure.body}, {figure.view}"


def _name(figure: Figure, pattern: Pattern, role: Role) -> str:
    return f"{_where(figure)}: {pattern.point_id}, {role},"
