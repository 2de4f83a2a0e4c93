"""'Where does it hurt?' the other way round: the score, its order, and left against right."""

import dataclasses
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.atlas import load
from bodymap.atlas.lookup import (
    Sizes,
    TouchedArea,
    TouchedSpot,
    area_of,
    drawn_at,
    is_on_the_map,
    look_up,
    score,
    spot_at,
)

ATLAS = load()
OTHER = {"left": "right", "right": "left", "midline": "midline"}

touched_areas = st.sampled_from(
    [TouchedArea(area.id, side) for area in ATLAS.areas.values() for side in area.sides]
)
# Places in the frame that lie on every body: the trunk, away from its edge.
touched_spots = st.builds(
    TouchedSpot,
    st.sampled_from(["back", "front"]),
    st.floats(-0.6, 0.6).map(lambda x: round(x, 3)),
    st.floats(0.15, 0.9).map(lambda y: round(y, 3)),
)
places = st.lists(touched_areas | touched_spots, min_size=1, max_size=6)
masks = st.lists(st.integers(0, 2), min_size=1, max_size=40)


def mirrored(place):
    if isinstance(place, TouchedArea):
        return TouchedArea(place.area_id, OTHER[place.side])
    return TouchedSpot(place.view, -place.x, place.y)


def scores(answer):
    return {(hit.point_id, hit.side): hit.score for hit in answer.hits}


def score_of(touched, weights):
    """The score of a pattern given cell by cell: 2 essential, 1 spill-over, 0 neither."""
    touched, weights = np.array(touched, dtype=bool), np.array(weights)
    inside = Sizes(*(int((touched & (weights == w)).sum()) for w in (2, 1)))
    return score(int(touched.sum()), inside, Sizes(*(int((weights == w).sum()) for w in (2, 1))))


@given(masks)
def test_a_pattern_touched_whole_scores_one(weights):
    if any(weights):
        assert score_of([w > 0 for w in weights], weights) == 1


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=40))
def test_a_score_lies_between_none_and_one_and_is_none_when_apart(cells):
    touched, weights = zip(*cells, strict=True)
    if not any(touched) and not any(weights):
        return
    value = score_of(touched, weights)

    assert 0 <= value <= 1
    assert (value == 0) == (not any(t and w for t, w in cells))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=40))
def test_touching_what_a_pattern_does_not_cover_never_raises_its_score(cells):
    touched, weights = zip(*cells, strict=True)
    if not any(touched):
        return
    more = [t or w == 0 for t, w in cells]

    assert score_of(more, weights) <= score_of(touched, weights)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=40))
def test_essential_cells_count_for_more_than_spill_over(cells):
    touched, weights = zip(*cells, strict=True)
    if not any(touched):
        return
    firmer = [2 if t and w else w for t, w in cells]

    assert score_of(touched, firmer) >= score_of(touched, weights)


@given(places)
@settings(max_examples=30)
def test_left_and_right_swap_exactly(touched):
    here = scores(look_up(ATLAS, touched))
    there = scores(look_up(ATLAS, [mirrored(place) for place in touched]))

    assert there == {(id_, OTHER[side]): value for (id_, side), value in here.items()}


@given(places, st.randoms())
@settings(max_examples=20)
def test_the_order_of_touches_does_not_matter(touched, random):
    shuffled = list(touched)
    random.shuffle(shuffled)
    one, other = look_up(ATLAS, touched), look_up(ATLAS, [*shuffled, touched[0]])

    def without_places(answer):
        return [dataclasses.replace(hit, places=()) for hit in answer.hits]

    assert without_places(one) == without_places(other)
    assert one.uncovered_share == other.uncovered_share


@given(places, touched_areas | touched_spots)
@settings(max_examples=30)
def test_one_more_place_never_raises_the_score_of_a_pattern_that_does_not_cover_it(touched, more):
    before = scores(look_up(ATLAS, touched))
    after = look_up(ATLAS, [*touched, more])

    for hit in after.hits:
        if hit.places[-1] == 0:
            assert hit.score <= before[hit.point_id, hit.side]


@given(places)
@settings(max_examples=30)
def test_an_answer_is_ordered_and_its_shares_are_shares(touched):
    answer = look_up(ATLAS, touched)
    values = [hit.score for hit in answer.hits]

    assert values == sorted(values, reverse=True)
    for hit in answer.hits:
        assert 0 < hit.score <= 1
        shares = (*dataclasses.astuple(hit.covered), *dataclasses.astuple(hit.elsewhere))
        assert all(0 <= share <= 1 for share in (*shares, *hit.places))
        assert 0 < hit.covered.essential + hit.covered.spill_over <= 1
        assert len(hit.places) == len(touched)
    assert set(answer.uncovered) <= set(touched)
    assert 0 <= answer.uncovered_share <= 1


def first(*touched, number=6):
    return [(hit.point_id, hit.side) for hit in look_up(ATLAS, touched).hits[:number]]


def test_the_crown_leads_to_what_is_said_to_reach_the_crown():
    crown = TouchedSpot("back", 0.08, -0.33)

    assert first(crown, number=1) == [("splenius-capitis", "left")]
    assert ("splenius-capitis", "right") not in first(crown, number=3)


def test_between_the_blades_leads_to_muscles_beside_the_blade_and_to_the_neck():
    found = first(TouchedArea("interscapular", "left"), number=12)

    for point_id in ("trapezius-lower-top", "rhomboid-major-lower", "infraspinatus-edge"):
        assert (point_id, "left") in found
    everything = scores(look_up(ATLAS, [TouchedArea("interscapular", "left")]))
    assert ("scalenes", "left") in everything
    assert ("gluteus-minimus-back", "left") not in everything


def test_buttock_and_calf_together_lead_to_the_small_buttock_muscle():
    touched = (TouchedArea("buttock", "right"), TouchedArea("calf", "right"))

    assert ("gluteus-minimus-back", "right") in first(*touched, number=2)


def test_the_little_finger_side_of_the_arm_leads_to_chest_and_blade_muscles():
    found = first(TouchedSpot("front", 1.25, 0.72), TouchedSpot("front", 1.57, 1.06), number=6)

    assert {"serratus-posterior-superior", "latissimus-armpit"} & {id_ for id_, _ in found}
    assert {side for _, side in found} == {"left"}


def test_what_no_pattern_reaches_is_named():
    knee, blades = TouchedArea("foot-front", "left"), TouchedArea("interscapular", "left")
    answer = look_up(ATLAS, [knee, blades])

    assert answer.uncovered == (knee,)
    assert 0 < answer.uncovered_share < 1


def test_nothing_touched_gives_an_empty_answer():
    answer = look_up(ATLAS, [])

    assert (answer.hits, answer.uncovered, answer.uncovered_share) == ((), (), 0.0)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (TouchedArea("nose", "left"), "There is no area 'nose' with side 'left'."),
        (TouchedArea("calf", "midline"), "There is no area 'calf' with side 'midline'."),
        (TouchedSpot("back", 3.0, 0.1), "The spot (3, 0.1) doesn't lie on the body."),
        (TouchedSpot("back", float("nan"), 0.1), "is no place in the frame."),
        (TouchedSpot("side", 0.1, 0.1), "is no place in the frame."),
    ],
    ids=["unknown area", "unknown side", "off the body", "not a number", "unknown view"],
)
def test_a_place_that_cannot_be_is_refused(place, says):
    with pytest.raises(ValueError) as refusal:
        look_up(ATLAS, [place])
    assert says in str(refusal.value)


def test_the_answer_follows_the_published_shapes():
    """Without its pattern a point is no hit: the answer comes from the drawn shapes alone."""
    patterns = {k: v for k, v in ATLAS.patterns.items() if k != "splenius-capitis"}
    poorer = dataclasses.replace(ATLAS, patterns=MappingProxyType(patterns))

    found = look_up(poorer, [TouchedSpot("back", 0.08, -0.33)]).hits

    assert "splenius-capitis" not in {hit.point_id for hit in found}
    assert found


@given(touched_spots, st.sampled_from(ATLAS.bodies))
def test_a_spot_comes_back_from_the_drawing_of_every_body(spot, body):
    figure = ATLAS.figure(body, spot.view)

    back = spot_at(figure, *drawn_at(figure, spot))

    assert back.view == spot.view
    assert (back.x, back.y) == pytest.approx((spot.x, spot.y), abs=0.0016)


def test_a_touched_place_knows_its_area():
    assert area_of(ATLAS, TouchedArea("calf", "left")) == ("calf", "left")
    assert area_of(ATLAS, TouchedSpot("back", 0.08, -0.33)) == ("head-back", "midline")


@pytest.mark.parametrize(
    "place",
    [
        TouchedArea("calf", "midline"),
        TouchedArea("tail", "left"),
        TouchedSpot("back", 30, 0.5),
        TouchedSpot("back", float("nan"), 0.5),
    ],
)
def test_what_is_off_the_map_is_told_apart(place):
    assert not is_on_the_map(ATLAS, place)
    assert is_on_the_map(ATLAS, TouchedArea("calf", "left"))
