"""An address opens exactly what it says, or the start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap import atlas as knowledge
from bodymap.ui.choice import Choice, accepted, from_address, to_address

ATLAS = knowledge.load()


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
    ],
)
def test_anything_unknown_or_contradictory_is_no_address(query):
    assert read(**query) is None


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


@given(choices())
def test_every_choice_has_an_address_that_opens_it_again(choice):
    assert accepted(ATLAS, choice)
    assert read(**to_address(choice)) == choice


def test_the_address_holds_nothing_but_the_place():
    assert set(to_address(Choice("back", "male", "chest", None, "left"))) == {
        "body", "area", "side"
    }  # fmt: skip
