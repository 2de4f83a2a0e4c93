"""The loaders of referred pain: what they read, and the one sentence for each fault."""

import csv
import json
import shutil

import numpy as np
import pytest

from bodymap.atlas import DATA, DataError, load
from bodymap.atlas.curves import flattened, smooth_path
from bodymap.atlas.referral import Slice, in_words, read_patterns, read_zones, slice_of
from bodymap.atlas.zones import outline_mm, samples_mm

ATLAS = load()


def test_there_are_68_zones_and_63_patterns_in_the_order_of_the_points():
    triggers = [p.id for p in ATLAS.points.values() if p.kind == "trigger"]

    assert len(ATLAS.zones) == 68
    assert list(ATLAS.patterns) == triggers
    assert len(triggers) == 63


def test_a_pattern_tells_its_zones_by_role():
    pattern = ATLAS.patterns["trapezius-middle-inner"]

    assert [use.zone_id for use in pattern.essential] == ["SH4"]
    assert [(use.zone_id, use.part) for use in pattern.spill_over] == [("SH3", "upper third")]
    assert pattern.views == ("back",)


def test_a_pattern_that_reaches_both_views_says_so():
    assert ATLAS.patterns["scalenes"].views == ("back", "front")
    assert ATLAS.patterns["trapezius-upper-edge"].views == ("back", "front")


def test_only_what_is_taught_to_cross_is_on_both_sides():
    both = {
        (id_, use.zone_id)
        for id_, pattern in ATLAS.patterns.items()
        for use in (*pattern.essential, *pattern.spill_over)
        if use.both_sides
    }

    assert both == {
        ("multifidi-thoracic", "SH5"),
        ("quadratus-lumborum-inner-upper", "BK7"),
        ("gluteus-medius-front", "BK5"),
        ("gluteus-medius-front", "BK4"),
        ("gluteus-medius-front", "BK7"),
        ("sternocleidomastoid-collarbone", "HD6"),
    }


def test_where_sources_disagree_the_pattern_says_what():
    assert "crown only" in ATLAS.patterns["splenius-capitis"].disputed[0].text
    assert ATLAS.patterns["scalenes"].disputed == ()


@pytest.mark.parametrize(
    ("part", "down", "across"),
    [
        ("", (0, 1), (0, 1)),
        ("upper third", (0, 1 / 3), (0, 1)),
        ("lower two-thirds", (1 / 3, 1), (0, 1)),
        ("inner half", (0, 1), (0, 0.5)),
        ("outer third", (0, 1), (2 / 3, 1)),
        ("middle third", (1 / 3, 2 / 3), (0, 1)),
        ("lower third, middle half", (2 / 3, 1), (0.25, 0.75)),
        ("rear half", (0, 1), (0, 1)),
    ],
)
def test_a_part_is_a_share_of_its_zone(part, down, across):
    found = slice_of(part)

    assert (found.down, found.across) == (pytest.approx(down), pytest.approx(across))


@pytest.mark.parametrize("part", ["top", "upper", "upper fifth", "upper third inner half", " "])
def test_words_that_are_no_part_are_refused(part):
    with pytest.raises(ValueError, match="is no part of a zone"):
        slice_of(part)


def test_a_use_reads_as_plain_words():
    pattern = ATLAS.patterns["quadratus-lumborum-inner-upper"]

    words = [in_words(use, ATLAS.zones[use.zone_id]) for use in pattern.spill_over]
    assert words == ["sacrum, upper half, both sides"]


def test_a_zone_is_an_oval_within_its_patch_and_a_part_lies_within_its_zone():
    figure = ATLAS.figure("neutral", "back")
    shape = ATLAS.zones["HD2"].shapes["back"]
    whole = figure.warp.to_frame(outline_mm(shape, Slice(), figure.warp))
    part = figure.warp.to_frame(outline_mm(shape, slice_of("lower third"), figure.warp))

    assert whole[:, 1].min() == pytest.approx(-0.29, abs=0.005)
    assert whole[:, 1].max() == pytest.approx(-0.16, abs=0.005)
    assert whole[:, 1].min() < part[:, 1].min() < part[:, 1].max() <= whole[:, 1].max() + 0.001
    corner = np.hypot(*(whole - [0.30, -0.16]).T).min()
    assert corner > 0.01


@pytest.mark.parametrize("body", ATLAS.bodies)
def test_a_zone_on_a_limb_follows_the_limb(body):
    figure = ATLAS.figure(body, "back")
    elbow = samples_mm(ATLAS.zones["AR7"].shapes["back"], Slice(), figure.warp)
    ends = [figure.anchors_mm[f"elbow {end}"] for end in ("inner", "outer")]

    assert np.hypot(*(elbow.mean(axis=0) - np.mean(ends, axis=0))) < 12


def test_a_curve_ends_where_it_began_and_is_flattened_finely():
    quarter = np.array([(1, 0), (1, 0.5523), (0.5523, 1)])
    turn = np.array([(0, 1), (-1, 0)])
    circle = np.vstack([quarter @ np.linalg.matrix_power(turn, n) for n in range(4)])
    ring = flattened(circle)

    assert len(ring) == 32
    assert np.hypot(*ring.T) == pytest.approx(1, abs=0.001)
    assert smooth_path([circle * 10]) == (
        "M10 0c0 5.5-4.5 10-10 10-5.5 0-10-4.5-10-10 0-5.5 4.5-10 10-10 5.5 0 10 4.5 10 10Z"
    )


def test_a_path_does_not_add_up_its_rounding():
    rng = np.random.default_rng(7)
    curve = rng.uniform(-300, 300, (300, 2))
    numbers = smooth_path([curve]).replace("M", " ").replace("c", " ").replace("Z", " ")
    values = np.array([float(n) for n in numbers.replace("-", " -").split()]).reshape(-1, 2)
    pen, moves = values[0], values[1:].reshape(-1, 3, 2)
    for move, wanted in zip(
        moves, np.vstack([curve[1:], curve[:1]]).reshape(-1, 3, 2), strict=True
    ):
        np.testing.assert_allclose(pen + move, wanted, atol=0.051)
        pen = pen + move[2]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA / "referred_pain", tmp_path / "referred_pain")


def read(folder):
    zones = read_zones(folder / "zones.json", ATLAS.landmarks)
    return read_patterns(folder, zones, ATLAS.points)


def change_row(folder, name, number, **changes):
    path = folder / name
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rows[number] |= changes
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("file", "changes", "says"),
    [
        ("patterns.csv", {"point_id": "nose"}, "nose is no trigger point of points.csv."),
        ("patterns.csv", {"point_id": "tender-knee"}, "tender-knee is no trigger point"),
        ("patterns.csv", {"zone": "ZZ9"}, "zone: ZZ9 isn't in zones.json."),
        ("patterns.csv", {"zone": "HD4"}, "views: HD4 isn't seen from the front."),
        ("patterns.csv", {"role": "maybe"}, "role: input should be 'essential' or 'spill-over'."),
        ("patterns.csv", {"part": "top"}, "part: 'top' is no part of a zone"),
        ("patterns.csv", {"part": "rear half"}, "a rear part is seen from the back only."),
        ("patterns.csv", {"sources": ""}, "sources: list should have at least 1 item"),
        ("patterns.csv", {"both_sides": "y"}, "both_sides: input should be 'yes' or 'no'."),
        ("patterns.csv", {"zone": "HD5"}, "HD5 is named twice for this point and role."),
        ("disputed.csv", {"points": "nose"}, "points: nose is no trigger point of points.csv."),
        ("disputed.csv", {"text": ""}, "text: string should have at least 1 character."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_faulty_row_is_refused_in_one_sentence(folder, file, changes, says):
    change_row(folder, file, 0, **changes)

    with pytest.raises(DataError) as refusal:
        read(folder)
    assert says in str(refusal.value)
    assert str(refusal.value).startswith(f"{file}, line ")
    assert str(refusal.value).count(".") <= 3


def zone(content, id_):
    return next(zone for zone in content["zones"] if zone["id"] == id_)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda c: c.pop("limbs"), "zones.json, limbs: field required."),
        (lambda c: c["zones"].append(c["zones"][0]), "zones.json, zone HD1, id: occurs twice."),
        (lambda c: zone(c, "HD1").pop("name"), "zones.json, zone HD1, name: field required."),
        (
            lambda c: zone(c, "AR1")["shapes"][0].update(limb="tail"),
            "zones.json, zone AR1, back, limb: there is no limb tail.",
        ),
        (
            lambda c: zone(c, "AR1")["shapes"][0].pop("along"),
            "a zone along a limb needs limb, along and across.",
        ),
        (
            lambda c: zone(c, "AR12")["shapes"][0].pop("rows"),
            "zones.json, zone AR12, back, rows: a zone without limits needs rows or a limb.",
        ),
        (
            lambda c: zone(c, "HD1")["shapes"][0]["rows"][0].append([0.3, 0]),
            "every row must have the same number of points.",
        ),
        (
            lambda c: c["limbs"]["arm"][4].update(inner="third elbow"),
            "zones.json, limb arm, rung 5, inner: third elbow is no anchor of landmarks.csv.",
        ),
        (lambda c: zone(c, "HD1").update(colour="red"), "zone HD1, colour: extra inputs are"),
    ],
    ids=range(9),
)
def test_a_faulty_zone_is_refused_in_one_sentence(folder, spoil, says):
    path = folder / "zones.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    spoil(content)
    path.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(DataError) as refusal:
        read(folder)
    assert says in str(refusal.value)


def test_a_drawn_curve_that_is_no_chain_of_cubics_is_refused(tmp_path):
    data = shutil.copytree(DATA, tmp_path / "data")
    path = data / "figures" / "male-patterns.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["back"][0]["curves_mm"][0].pop()
    path.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(DataError, match="curves_mm: a curve isn't made of whole cubics"):
        load(data).figure("male", "back")
