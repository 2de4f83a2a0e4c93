"""What the browser fetches: the catalogue and the maps."""

import dataclasses
import json
import re

import pytest

from bodymap.atlas import BODIES, VIEWS, emergency, load
from bodymap.atlas.publish import publish, published

ATLAS = load()
FILES = {name: json.loads(text) for name, text in published(ATLAS).items()}
CATALOG = FILES["catalog.json"]


def test_there_is_a_catalogue_and_a_map_and_the_patterns_of_every_figure():
    maps = {f"{body}-{view}.json" for body in BODIES for view in VIEWS}
    patterns = {f"{body}-{view}-patterns.json" for body in BODIES for view in VIEWS}

    assert set(FILES) == {"catalog.json", "help.json"} | maps | patterns


def test_the_catalogue_lists_every_target_once_in_the_order_of_the_slots():
    ids = [target["id"] for target in CATALOG["targets"]]
    slots = [(t["id"], side) for t in CATALOG["targets"] for side in t["sides"]]

    assert len(set(ids)) == len(ids) == 1 + 37 + 75
    assert slots == [tuple(slot) for slot in CATALOG["slots"]]


def test_every_area_names_its_group_and_every_point_its_area():
    groups = {group["id"]: group["name"] for group in CATALOG["groups"]}
    areas = {t["id"] for t in CATALOG["targets"] if t["kind"] == "area"}

    assert groups["head-and-neck"] == "Head and neck"
    for target in CATALOG["targets"]:
        if target["kind"] == "area":
            assert target["group"] in groups
        elif target["kind"] != "overall":
            assert target["area"] in areas


def test_hints_and_alarms_come_from_the_texts():
    by_id = {target["id"]: target for target in CATALOG["targets"]}
    text = ATLAS.text("point", "rhomboid-major-upper")

    assert by_id["rhomboid-major-upper"]["hint"] == text.summary
    assert by_id["rhomboid-major-upper"]["alarm"] == text.emergency
    assert by_id["scalenes"]["press"] == "no"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("body", BODIES)
def test_a_map_lies_inside_its_view_box(body, view):
    chart = FILES[f"{body}-{view}.json"]
    left, top, width, height = chart["view_box"]

    assert len(chart["points"]) == {"back": 119, "front": 28}[view]
    for point in chart["points"]:
        assert left < point["x"] < left + width
        assert top < point["y"] < top + height
    for area in chart["areas"]:
        numbers = numbers_of(area["d"])
        xs, ys = numbers[::2], numbers[1::2]
        x, y, w, h = area["box"]
        assert (min(xs), min(ys)) == (x, y)
        assert (max(xs), max(ys)) == pytest.approx((x + w, y + h), abs=0.11)


@pytest.mark.parametrize("view", VIEWS)
def test_the_persons_left_is_on_the_viewers_left_from_behind_only(view):
    chart = FILES[f"neutral-{view}.json"]
    signs = {side: {p["x"] > 0 for p in chart["points"] if p["side"] == side} for side in SIDED}

    assert signs == {"left": {view == "front"}, "right": {view == "back"}}


SIDED = ("left", "right")


@pytest.mark.parametrize("body", BODIES)
def test_every_guide_line_is_published_for_both_sides_and_named_once(body):
    drawn = {
        (guide["id"], guide["side"]): guide["d"] for guide in FILES[f"{body}-back.json"]["guides"]
    }
    named = {guide["id"]: guide for guide in CATALOG["guides"]}

    assert set(drawn) == {(id_, side) for id_ in ATLAS.guides for side in SIDED}
    assert FILES[f"{body}-front.json"]["guides"] == []
    assert named["iliac-crest"] == {
        "id": "iliac-crest",
        "areas": ["lower-back"],
        "name": "rim of the pelvis",
        "short": "pelvis",
        "clinical": "iliac crest",
        "tissue": "bone",
    }
    for id_ in named:
        left, right = (numbers_of(drawn[id_, side]) for side in SIDED)
        assert left[1::2] == right[1::2]
        assert left[::2] == [-x for x in right[::2]]
        assert max(left[::2]) < 0


def test_a_guide_line_begins_at_the_landmark_it_was_written_for():
    figure = ATLAS.figure("neutral", "back")
    drawn = {
        (guide["id"], guide["side"]): guide["d"] for guide in FILES["neutral-back.json"]["guides"]
    }
    ((x, y),) = figure.to_drawing(figure.anchors_mm["superior angle"])

    assert numbers_of(drawn["blade-inner-border", "left"])[:2] == pytest.approx([x, y], abs=0.06)


def numbers_of(path):
    return [float(number) for number in re.findall(r"-?[\d.]+", path)]


def test_the_version_changes_when_anything_changes():
    changed = dict(ATLAS.areas)
    del changed["calf"]

    other = published(dataclasses.replace(ATLAS, areas=changed))

    assert json.loads(other["catalog.json"])["version"] != CATALOG["version"]
    assert published(ATLAS) == published(ATLAS)


def test_publishing_twice_changes_nothing_the_second_time(tmp_path):
    assert len(publish(ATLAS, tmp_path / "map")) == 18
    assert publish(ATLAS, tmp_path / "map") == []

    (tmp_path / "map" / "male-back.json").write_text("{}", encoding="utf-8")
    assert publish(ATLAS, tmp_path / "map") == ["male-back.json"]


def test_when_to_get_help_can_be_read_without_the_server():
    known, told = emergency.load(), FILES["help.json"]

    assert [heading for heading, _ in told["sections"]] == [part.heading for part in known.help]
    assert [text for _, lines in told["sections"] for _, text in lines] == [
        each.text for part in known.help for each in part.paragraphs
    ]
    numbers = {one["code"]: one for one in told["countries"]}
    assert numbers.keys() == known.countries.keys()
    assert numbers["GB"]["emergency"] == ["999", ""]
    assert numbers["DE"]["crisis"] == ["0800 111 0 111", "0800 111 0 222"]
