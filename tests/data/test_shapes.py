"""The outlines of areas and muscles on every body, read as plain numbers."""

import json
from pathlib import Path

import numpy as np
import pytest

DATA = Path(__file__).parents[2] / "data"
BODIES = ("neutral", "female", "male", "larger")
VIEWS = ("back", "front")
ROUNDING_MM = 0.1


def read(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


AREAS = read("areas.json")
MUSCLES = read("muscles.json")


@pytest.fixture(scope="module", params=[(b, v) for b in BODIES for v in VIEWS], ids="-".join)
def drawn(request):
    """One view of one body: its shapes by kind, and its silhouette."""
    body, view = request.param
    shapes = read(f"figures/{body}-shapes.json")[view]
    silhouette = read(f"figures/{body}.json")["views"][view]["silhouette_mm"]
    return (
        view,
        by_key(shapes["areas"]),
        by_key(shapes["muscles"]),
        [np.array(r) for r in silhouette],
    )


def by_key(rows):
    keys = [(row["id"], row["side"]) for row in rows]
    assert len(keys) == len(set(keys))
    return {key: np.array(row["outline_mm"]) for key, row in zip(keys, rows, strict=True)}


def enclosed(ring):
    """Signed area of a closed ring, mm²."""
    x, y = ring.T
    return 0.5 * float(x @ np.roll(y, -1) - np.roll(x, -1) @ y)


def edges(ring):
    return set(zip(map(tuple, ring), map(tuple, np.roll(ring, -1, axis=0)), strict=True))


def test_every_area_is_there_with_every_side_and_no_other(drawn):
    view, areas, _, _ = drawn
    wanted = {(a["id"], side) for a in AREAS if a["view"] == view for side in a["outlines"]}

    assert set(areas) == wanted


def test_every_muscle_is_there_left_and_right_and_no_other(drawn):
    view, _, muscles, _ = drawn
    wanted = {
        (id_, s) for id_, m in MUSCLES.items() if m["view"] == view for s in ("left", "right")
    }

    assert set(muscles) == wanted


def test_every_outline_is_a_closed_ring_rounded_to_a_tenth_of_a_millimetre(drawn):
    _, areas, muscles, _ = drawn
    for key, ring in [*areas.items(), *muscles.items()]:
        assert len(ring) >= 4, key
        assert not np.array_equal(ring[0], ring[-1]), f"{key} repeats its first vertex"
        assert np.array_equal(ring, np.round(ring, 1)), key
        assert abs(enclosed(ring)) > 100, f"{key} encloses nothing"


def test_no_outline_crosses_itself(drawn):
    _, areas, muscles, _ = drawn
    for key, ring in [*areas.items(), *muscles.items()]:
        assert crossings(ring) == 0, key


def crossings(ring):
    """How many pairs of edges of a ring cross properly."""
    start, step = ring, np.roll(ring, -1, axis=0) - ring
    offset = start[None] - start[:, None]
    across = step[:, None, 0] * step[None, :, 1] - step[:, None, 1] * step[None, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (offset[..., 0] * step[None, :, 1] - offset[..., 1] * step[None, :, 0]) / across
        u = (offset[..., 0] * step[:, None, 1] - offset[..., 1] * step[:, None, 0]) / across
        crossed = (t > 1e-9) & (t < 1 - 1e-9) & (u > 1e-9) & (u < 1 - 1e-9)
    return int(crossed[np.abs(across) > 1e-12].sum()) // 2


def test_nothing_leaves_the_box_around_the_silhouette(drawn):
    _, areas, muscles, silhouette = drawn
    outline = np.vstack(silhouette)
    low, high = outline.min(axis=0) - ROUNDING_MM, outline.max(axis=0) + ROUNDING_MM
    for key, ring in [*areas.items(), *muscles.items()]:
        assert (ring >= low).all() and (ring <= high).all(), key


def test_left_is_the_mirror_image_of_right(drawn):
    _, areas, muscles, _ = drawn
    for shapes in (areas, muscles):
        for (id_, side), ring in shapes.items():
            if side != "left":
                continue
            mirrored = shapes[id_, "right"] * [-1, 1]
            assert set(map(tuple, ring + 0.0)) == set(map(tuple, mirrored + 0.0)), id_
            assert ring[:, 0].mean() > 0 > shapes[id_, "right"][:, 0].mean(), id_


def test_the_areas_together_cover_the_skin(drawn):
    _, areas, _, silhouette = drawn
    skin = sum(abs(enclosed(ring)) for ring in silhouette)
    covered = sum(abs(enclosed(ring)) for ring in areas.values())

    # Both outlines are simplified to 0.3 mm, so a few square millimetres of two million may go.
    assert covered == pytest.approx(skin, abs=60)


def test_neighbouring_areas_share_their_borders_vertex_by_vertex(drawn):
    """Every edge of an area lies in a second one, run the other way, or on the silhouette."""
    _, areas, _, silhouette = drawn
    rings = [r if enclosed(r) > 0 else r[::-1] for r in areas.values()]
    outer = [edge for ring in rings for edge in edges(ring)]
    unpaired = set(outer) - {(b, a) for a, b in outer}
    on_skin = np.array([np.add(a, b) / 2 for a, b in unpaired])

    assert len(outer) == len(set(outer)), "two areas run along the same edge: they overlap"
    assert farthest_from(silhouette, on_skin) < 1.5


def farthest_from(rings, points):
    """The largest distance from any of the points to the nearest edge of the rings."""
    nearest = np.full(len(points), np.inf)
    for ring in rings:
        step = np.roll(ring, -1, axis=0) - ring
        length = np.maximum((step**2).sum(axis=1), 1e-12)
        offset = points[:, None] - ring[None]
        share = np.clip((offset * step[None]).sum(axis=2) / length, 0, 1)
        gap = np.hypot(*np.moveaxis(offset - share[..., None] * step[None], 2, 0))
        nearest = np.minimum(nearest, gap.min(axis=1))
    return float(nearest.max())


@pytest.mark.parametrize("body", BODIES)
def test_every_muscle_with_points_is_drawn_in_its_layer(body):
    for id_, muscle in MUSCLES.items():
        if muscle["points"]:
            layer = "muscles" if muscle["depth"] == "superficial" else "deep"
            path = DATA.parent / "static" / "figures" / f"{body}-{muscle['view']}-{layer}.svg"
            text = path.read_text(encoding="utf-8")
            for side in ("left", "right"):
                assert f'<g data-muscle="{id_}" data-side="{side}"' in text, (path.name, id_, side)
