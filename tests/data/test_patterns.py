"""The drawn patterns of referred pain: every check of them holds, and every one can fail."""

import dataclasses
import json
import re
import shutil
from types import MappingProxyType

import numpy as np
import pytest

from bodymap.atlas import BODIES, DATA, VIEWS, checks, emergency, load, outlines
from bodymap.atlas.checks import patterns
from bodymap.atlas.checks.registry import STATIC, Subject
from bodymap.atlas.publish import published
from tools.figure import pattern_table

ATLAS = load()
SUBJECT = Subject(ATLAS, emergency.load())
FIGURES = [(body, view) for body in BODIES for view in VIEWS]


def with_atlas(**changes):
    """The atlas with something changed, of one body only: quicker, and enough to find a fault."""
    changed = dataclasses.replace(ATLAS, bodies=("neutral",), **changes)
    return dataclasses.replace(SUBJECT, atlas=changed)


def with_pattern(id_, **changes):
    known = dict(ATLAS.patterns)
    known[id_] = dataclasses.replace(known[id_], **changes)
    return with_atlas(patterns=MappingProxyType(known))


def with_use(id_, **changes):
    """The atlas with the first essential zone of a pattern named otherwise than it is drawn."""
    first, *others = ATLAS.patterns[id_].essential
    return with_pattern(id_, essential=(dataclasses.replace(first, **changes), *others))


def with_zone(id_, **changes):
    known = dict(ATLAS.zones)
    known[id_] = dataclasses.replace(known[id_], **changes)
    return with_atlas(zones=MappingProxyType(known))


def without(mapping, key):
    return MappingProxyType({k: v for k, v in mapping.items() if k != key})


def moved(id_, view, x, y):
    """A zone whose patch was moved by (x, y) in one view."""
    zone = ATLAS.zones[id_]
    shape = zone.shapes[view]
    patch = shape.patch + np.array([x, y])
    shapes = {**zone.shapes, view: dataclasses.replace(shape, patch=patch)}
    return with_zone(id_, shapes=MappingProxyType(shapes))


FAULTS = {
    "a point without pattern": (
        patterns.every_trigger_point_has_a_pattern,
        lambda: with_atlas(patterns=without(ATLAS.patterns, "scalenes")),
        "SCL1 scalenes has no essential pattern.",
    ),
    "only spill-over": (
        patterns.every_trigger_point_has_a_pattern,
        lambda: with_pattern("scalenes", essential=()),
        "SCL1 scalenes has no essential pattern.",
    ),
    "a tender point that sends pain": (
        patterns.every_trigger_point_has_a_pattern,
        lambda: with_atlas(
            patterns=MappingProxyType({**ATLAS.patterns, "tender-knee": ATLAS.patterns["scalenes"]})
        ),
        "TP09 tender-knee is no trigger point and has a pattern.",
    ),
    "a zone lost": (
        patterns.every_trigger_point_has_a_pattern,
        lambda: with_atlas(zones=without(ATLAS.zones, "LG5")),
        "There are 67 zones, not 68.",
    ),
    "a zone without pattern": (
        patterns.every_zone_is_used,
        lambda: with_pattern("gluteus-minimus-back", spill_over=()),
        "LG5 calf belongs to no pattern.",
    ),
    "a zone in an unknown area": (
        patterns.every_zone_is_used,
        lambda: with_zone("LG5", areas=("tail",)),
        "LG5: tail is no area.",
    ),
    "a zone in an area of the other view": (
        patterns.every_zone_is_used,
        lambda: with_zone("LG5", areas=("calf", "shin")),
        "LG5: shin can't be seen in its views.",
    ),
    "an unknown source": (
        patterns.every_pattern_is_sourced,
        lambda: with_use("scalenes", sources=("S999",)),
        "scalenes, essential, CH1: S999 isn't in sources.csv.",
    ),
    "a dispute without known source": (
        patterns.every_pattern_is_sourced,
        lambda: with_pattern(
            "scalenes", disputed=(checks.texts.Statement("Who knows.", ("S998",), False),)
        ),
        "scalenes, disputed: S998 isn't in sources.csv.",
    ),
    "a zone beyond its limits": (
        patterns.zones_keep_to_their_limits,
        lambda: moved("SH5", "back", 0, 0.06),
        "neutral, back: SH5 between the shoulder blades, lower part reaches y 0.1",
    ),
    "a zone that fills little of its limits": (
        patterns.zones_keep_to_their_limits,
        lambda: with_zone("SH5", limits=((0.0, 0.6), (0.12, 0.3))),
        "SH5 between the shoulder blades, lower part fills only x",
    ),
    "a zone off the body": (
        patterns.zones_keep_to_their_limits,
        lambda: moved("SH8", "back", 1.0, -0.3),
        "SH8 back of the shoulder lies off the body.",
    ),
    "a view that isn't drawn": (
        patterns.patterns_are_drawn_in_their_views,
        lambda: with_use("piriformis-inner", zone_id="BT4", views=("back", "front")),
        "neutral, front: piriformis-inner, essential, isn't drawn.",
    ),
    "a view that is drawn without reason": (
        patterns.patterns_are_drawn_in_their_views,
        lambda: with_pattern("trapezius-middle-inner", spill_over=()),
        "neutral, back: trapezius-middle-inner, spill-over, is drawn and no row names it.",
    ),
    "a zone that isn't covered": (
        patterns.patterns_cover_their_zones,
        lambda: with_use("iliocostalis-lumborum", zone_id="BT3"),
        "neutral, back: iliocostalis-lumborum, essential, covers ",
    ),
    "a part that isn't covered": (
        patterns.patterns_cover_their_zones,
        lambda: with_use("longissimus-thoracis-lumbar", part=""),
        "neutral, back: longissimus-thoracis-lumbar, essential, covers ",
    ),
    "an area that isn't reached": (
        patterns.patterns_reach_the_areas_of_their_zones,
        lambda: with_zone("BT2", areas=("buttock", "calf")),
        "iliocostalis-lumborum, essential, doesn't reach calf for BT2.",
    ),
    "a shape far beyond its zones": (
        patterns.patterns_add_little_to_their_zones,
        lambda: with_use("quadratus-lumborum-inner-lower", part="inner quarter"),
        "quadratus-lumborum-inner-lower, essential, lies ",
    ),
    "a crossed midline": (
        patterns.patterns_stay_on_the_body_and_their_side,
        lambda: with_use("sternocleidomastoid-collarbone", both_sides=False),
        "neutral, front: sternocleidomastoid-collarbone, essential, crosses the midline by ",
    ),
    "a right half lost": (
        patterns.patterns_stay_on_the_body_and_their_side,
        lambda: with_use("iliocostalis-lumborum", both_sides=True),
        "iliocostalis-lumborum, essential, has no right half.",
    ),
}


@pytest.mark.parametrize(("check", "fault", "says"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found(check, fault, says):
    found = list(check(fault()))

    assert any(says in problem for problem in found), found


def test_all_faults_are_listed_at_once():
    known = dict(ATLAS.patterns)
    for id_ in ("scalenes", "piriformis-inner"):
        del known[id_]
    found = list(
        patterns.every_trigger_point_has_a_pattern(with_atlas(patterns=MappingProxyType(known)))
    )

    assert len(found) == 2


def test_a_shape_off_the_body_is_found(tmp_path):
    data = shutil.copytree(DATA, tmp_path / "data")
    path = data / "figures" / "male-patterns.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    drawn = next(d for d in content["back"] if d["point"] == "deltoid-posterior")
    drawn["curves_mm"] = [[[x + 40, y] for x, y in curve] for curve in drawn["curves_mm"]]
    path.write_text(json.dumps(content), encoding="utf-8")
    spoilt = Subject(
        dataclasses.replace(load(data), bodies=("neutral", "male")), SUBJECT.emergencies
    )

    found = list(patterns.patterns_stay_on_the_body_and_their_side(spoilt))

    assert len(found) == 1
    assert found[0].startswith("male, back: deltoid-posterior, essential, lies ")
    assert any("covers" in p for p in patterns.patterns_cover_their_zones(spoilt))


def test_a_missing_and_a_faulty_file_are_both_named(tmp_path):
    data = shutil.copytree(DATA, tmp_path / "data")
    (data / "referred_pain" / "zones.json").unlink()
    rows = (data / "referred_pain" / "patterns.csv").read_text(encoding="utf-8")
    (data / "referred_pain" / "patterns.csv").write_text(
        rows.replace("upper third", "top"), "utf-8"
    )

    ((_, problems),) = checks.run(data).problems

    assert problems[0] == "zones.json: the file is missing or can't be read."
    assert "is no part of a zone" in problems[1]


@pytest.mark.parametrize(("body", "view"), FIGURES)
def test_shapes_have_no_corners_inside_the_skin(body, view):
    """Away from the skin and the midline, which cut a shape, its outline never turns sharply."""
    figure = ATLAS.figure(body, view)
    for key, rings in figure.pattern_outlines_mm.items():
        for ring in rings:
            step = np.roll(ring, -1, axis=0) - ring
            length = np.hypot(*step.T)
            long = length > 0.05
            ring, step = ring[long], step[long]
            heading = np.arctan2(step[:, 1], step[:, 0])
            turn = np.abs((np.diff(heading, prepend=heading[-1]) + np.pi) % (2 * np.pi) - np.pi)
            free = outlines.distance_to_edge(figure.silhouette_mm, ring) > 3
            free &= np.abs(ring[:, 0]) > 3
            assert np.degrees(turn[free]).max(initial=0) < 50, key


@pytest.mark.parametrize(("body", "view"), FIGURES)
def test_a_published_file_is_small_and_holds_every_drawn_shape(body, view):
    name = f"{body}-{view}-patterns.json"
    text = (STATIC / "map" / name).read_text(encoding="utf-8")
    content = json.loads(text)
    figure = ATLAS.figure(body, view)

    assert len(text.encode()) <= 120 * 1024
    assert (content["body"], content["view"]) == (body, view)
    keys = [(entry["point"], entry["role"]) for entry in content["patterns"]]
    assert len(keys) == len(set(keys))
    assert set(keys) == set(figure.pattern_outlines_mm)
    for entry in content["patterns"]:
        assert re.fullmatch(r"(M-?[\d.]+[ -][\d.]+c[\d. -]+Z)+", entry["d"]), entry


@pytest.mark.parametrize("view", VIEWS)
def test_the_published_copy_is_the_left_one(view):
    """The person's left is on the viewer's left from behind, on the right from the front."""
    content = json.loads(published(ATLAS)[f"neutral-{view}-patterns.json"])
    drawn = next(e for e in content["patterns"] if e["point"] == "latissimus-armpit")
    x = float(re.match(r"M(-?[\d.]+)", drawn["d"])[1])

    assert (x < 0) == (view == "back")


def test_the_catalogue_tells_a_pattern_in_words():
    targets = {t["id"]: t for t in json.loads(published(ATLAS)["catalog.json"])["targets"]}

    assert targets["trapezius-middle-inner"]["pattern"] == {
        "views": ["back"],
        "essential": ["between the shoulder blades, upper part"],
        "spill": ["inner border of the shoulder blade, upper third"],
        "disputed": False,
    }
    assert targets["splenius-capitis"]["pattern"]["disputed"] is True
    assert "pattern" not in targets["tender-knee"]
    assert "pattern" not in targets["calf"]


def test_the_table_of_words_and_drawings_is_current():
    page = (DATA.parent / "docs" / "REFERRED_PAIN.md").read_text(encoding="utf-8")

    assert page == pattern_table.table(ATLAS), "run python -m tools.figure patterns"
    for point in ATLAS.points.values():
        assert (f"**{point.code}** " in page) == (point.kind == "trigger")


@pytest.mark.parametrize("body", BODIES)
def test_the_famous_patterns_lie_where_every_anatomist_expects_them(body):
    """A few places, named by the map's own areas and landmarks, independent of the zones."""
    back, front = ATLAS.figure(body, "back"), ATLAS.figure(body, "front")

    def holds(figure, point, role, frame_xy):
        at = figure.warp.to_figure([frame_xy])
        return outlines.contains(figure.pattern_outlines_mm[point, role], at)[0]

    eye, temple = (0.153, -0.19), (0.33, -0.21)
    assert holds(front, "trapezius-upper-edge", "essential", temple)
    assert holds(front, "trapezius-upper-edge", "spill-over", eye)
    assert holds(front, "splenius-cervicis-upper", "essential", eye)
    assert holds(back, "levator-scapulae-neck", "essential", (0.3, 0.01))
    assert holds(back, "rhomboid-major-lower", "essential", (0.38, 0.22))
    assert holds(back, "trapezius-lower-edge", "essential", (0.1, -0.08))
    assert holds(front, "infraspinatus-inner", "essential", (0.96, 0.17))
    assert holds(back, "latissimus-armpit", "essential", (0.42, 0.285))
    assert holds(back, "scalenes", "essential", (0.34, 0.08))
    assert holds(front, "scalenes", "essential", (0.35, 0.22))
    assert holds(front, "pectoralis-major-armpit", "essential", (0.52, 0.33))
    assert holds(back, "quadratus-lumborum-outer-upper", "essential", (0.54, 0.63))
    assert holds(front, "quadratus-lumborum-outer-lower", "essential", (0.8, 0.87))
    assert holds(back, "gluteus-minimus-back", "spill-over", (0.65, 1.67))
    assert holds(back, "piriformis-outer", "essential", (0.24, 0.72))
    assert holds(back, "gluteus-maximus-tailbone", "essential", (0.02, 0.85))
