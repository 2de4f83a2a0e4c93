"""An address opens exactly what it says, or the start."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap import atlas as knowledge
from bodymap.atlas import VIEWS
from bodymap.atlas.lookup import TouchedArea, TouchedSpot
from bodymap.ui.choice import Choice, accepted, from_address, to_address

ATLAS = knowledge.load()


NAMES = ("view", "body", "area", "point", "side", "hurts", "complaint", "muscle")


def values() -> st.SearchStrategy[str]:
    """What an address may hold, of what it knows and of what it doesn't."""
    words = st.sampled_from(
        ["back", "left", "calf", "nan", "-0", "1e400", "٣", "1_0", "", "~", "_"]
    )
    known = st.sampled_from(
        [*VIEWS, *ATLAS.areas, *ATLAS.points, *ATLAS.complaints, *ATLAS.muscles]
    )
    spots = st.builds("{}_{}_{}".format, words, st.floats(), st.floats())
    pieces = words | known | spots | st.text(max_size=5)
    joined = st.builds(str.join, st.sampled_from("~_ "), st.lists(pieces, max_size=40))
    return pieces | joined | st.text()


def read(**query: str) -> Choice | None:
    return from_address(ATLAS, {name: [value] for name, value in query.items()})


def test_the_bare_address_is_the_whole_back():
    assert read() == Choice("back", "neutral")


def test_an_area_with_its_side_opens_on_the_named_body():
    choice = read(view="back", body="female", area="interscapular", side="left")

    assert choice == Choice("back", "female", area="interscapular", side="left")


def test_a_point_opens_in_its_own_view_and_area():
    choice = read(point="pectoralis-minor-upper", side="right")

    assert choice == Choice(
        "front", "neutral", area="chest", point="pectoralis-minor-upper", side="right"
    )


def test_a_side_may_be_left_out_where_there_is_only_one():
    assert read(point="control-forehead").side == "midline"
    assert read(area="sacrum").side == "midline"


def test_an_area_may_be_opened_without_a_side():
    assert read(area="lower-back") == Choice("back", "neutral", area="lower-back")


@pytest.mark.parametrize(
    "query",
    [
        {"point": "../../etc/passwd", "side": "left"},
        {"point": "rhomboid-major-upper"},
        {"point": "rhomboid-major-upper", "side": "midline"},
        {"point": "control-thumbnail", "side": "right"},
        {"point": "rhomboid-major-upper", "side": "left", "view": "front"},
        {"point": "rhomboid-major-upper", "side": "left", "area": "chest"},
        {"area": "interscapular", "side": "up"},
        {"area": "interscapular", "view": "front"},
        {"area": "INTERSCAPULAR"},
        {"side": "left"},
        {"view": "side"},
        {"body": "x" * 100_000},
        {"something": "else"},
        {"hurts": "nowhere_left"},
        {"hurts": "calf"},
        {"hurts": "calf_midline"},
        {"hurts": "calf_left~calf_left"},
        {"hurts": "back_0.1"},
        {"hurts": "back_0.1_far"},
        {"hurts": "back_nan_0.5"},
        {"hurts": "back_1e999_0.5"},
        {"hurts": "back_30_0.5"},
        {"hurts": "back_1e300_0.5"},
        {"hurts": "back_0.1_" + "9" * 100_000},
        {"hurts": "~" * 100_000},
        {"hurts": "~".join(f"back_{at / 100}_0.5" for at in range(60))},
        {"hurts": "calf_left", "area": "calf", "side": "left"},
        {"hurts": "calf_left", "point": "rhomboid-major-upper"},
        {"complaint": "a-bad-hair-day"},
        {"complaint": "turning-my-head", "muscle": "scalenes"},
        {"complaint": "turning-my-head", "hurts": "calf_left"},
        {"muscle": "biceps"},
        {"muscle": "scalenes", "area": "chest"},
    ],
)
def test_anything_unknown_or_contradictory_is_no_address(query):
    assert read(**query) is None


@pytest.mark.parametrize(
    "place", ["back_0.0{}_0.5", "front_0.{}_0.4", "back_{}_0.5", "calf_left{}", "{}", "back_0.1_{}"]
)
def test_an_address_with_more_places_than_anyone_touches_takes_no_time(place):
    """Ten thousand spots once took 11 s, in which the server answered nobody else."""
    hurts = "~".join(place.format(number) for number in range(10_000))

    begin = process_time()
    assert read(hurts=hurts) is None
    assert process_time() - begin < 0.05


@given(
    st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=9), st.lists(values(), max_size=3))
)
def test_no_address_is_an_error(query):
    choice = from_address(ATLAS, query)

    assert choice is None or accepted(ATLAS, choice)


def test_a_value_given_twice_is_no_address():
    assert from_address(ATLAS, {"area": ["chest", "sacrum"]}) is None


def choices() -> st.SearchStrategy[Choice]:
    def of(slot: tuple[str, str], body: str) -> Choice:
        target, side = slot
        if target in ATLAS.points:
            point = ATLAS.points[target]
            return Choice(point.view, body, area=point.area, point=target, side=side)
        view = ATLAS.areas[target].view if target in ATLAS.areas else "back"
        return Choice(view, body, area=target, side=side)

    return st.builds(of, st.sampled_from(ATLAS.slots), st.sampled_from(ATLAS.bodies))


def look_ups() -> st.SearchStrategy[Choice]:
    areas = [TouchedArea(area.id, side) for area in ATLAS.areas.values() for side in area.sides]
    spots = st.builds(
        TouchedSpot,
        st.sampled_from(VIEWS),
        st.floats(-0.6, 0.6).map(lambda x: round(x, 3)),
        st.floats(0.15, 0.9).map(lambda y: round(y, 3)),
    )
    places = st.lists(st.sampled_from(areas) | spots, unique=True, max_size=8).map(tuple)
    return st.builds(Choice, st.sampled_from(VIEWS), st.sampled_from(ATLAS.bodies), hurts=places)


def test_an_address_opens_a_look_up_of_areas_and_spots():
    assert read(hurts="interscapular_left~back_0.08_-0.33").hurts == (
        TouchedArea("interscapular", "left"),
        TouchedSpot("back", 0.08, -0.33),
    )
    assert read(hurts="") == Choice(hurts=())


def topics() -> st.SearchStrategy[Choice]:
    seen = {"view": st.sampled_from(VIEWS), "body": st.sampled_from(ATLAS.bodies)}
    muscles = [muscle for muscle in ATLAS.muscles if ATLAS.points_of(muscle)]
    return st.builds(Choice, **seen, complaint=st.sampled_from(list(ATLAS.complaints))) | st.builds(
        Choice, **seen, muscle=st.sampled_from(muscles)
    )


def test_a_complaint_or_a_muscle_opens_on_the_view_of_its_first_point():
    assert read(muscle="scalenes") == Choice("front", muscle="scalenes")
    assert read(complaint="turning-my-head") == Choice("back", complaint="turning-my-head")


@given(choices() | look_ups() | topics())
def test_every_choice_has_an_address_that_opens_it_again(choice):
    assert accepted(ATLAS, choice)
    assert read(**to_address(choice)) == choice


def test_the_address_holds_nothing_but_the_place():
    assert set(to_address(Choice("back", "male", "chest", None, "left"))) == {
        "body", "area", "side"
    }  # fmt: skip
