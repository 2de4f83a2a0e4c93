"""Storyboards: what is wrong with one is said in a sentence with file and step."""

import dataclasses
from types import MappingProxyType

import pytest

from bodymap.atlas import DataError, emergency, load
from bodymap.atlas.checks.registry import Subject
from bodymap.atlas.checks.storyboards import (
    storyboards_are_short_and_cited,
    storyboards_show_what_exists,
)
from bodymap.atlas.storyboards import read_storyboards
from bodymap.atlas.texts import Statement

ATLAS = load()
FIRST = ATLAS.storyboards["between-the-shoulder-blades"]
GOOD = """
id = "a-story"
title = "A story"
order = 1
[[steps]]
title = "One"
subtitle = ""
text = "It is one."
sources = ["D"]
view = "back"
areas = []
point = ""
side = ""
layers = []
[[steps]]
title = "Two"
subtitle = ""
text = "It is two."
sources = ["D"]
view = "back"
areas = ["neck-back", "sacrum"]
point = ""
side = ""
layers = ["labels"]
"""


def with_step(**changes) -> Subject:
    """Return the atlas with the first step of a story changed."""
    steps = (dataclasses.replace(FIRST.steps[0], **changes), *FIRST.steps[1:])
    story = dataclasses.replace(FIRST, steps=steps)
    atlas = dataclasses.replace(ATLAS, storyboards=MappingProxyType({story.id: story}))
    return Subject(atlas, emergency.load())


def test_there_are_four_in_their_order():
    assert list(ATLAS.storyboards) == [
        "between-the-shoulder-blades",
        "lower-back",
        "trigger-and-tender-points",
        "why-the-whole-back-hurts",
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"areas": ("sacrum", "tail")}, "there is no tail"),
        ({"areas": ("sacrum", "chest")}, "chest lies on the front"),
        ({"areas": ("sacrum", "sacrum")}, "names sacrum 2 times"),
        ({"areas": ("buttock", "sacrum"), "side": "left"}, "sacrum has no left copy"),
        ({"areas": (), "point": "rhomboid-major-upper"}, "rhomboid-major-upper needs a side"),
        ({"side": "up"}, "interscapular has no up copy"),
        ({"point": "rhomboid-major-upper"}, "shows an area and a point"),
        ({"areas": (), "side": "left"}, "has a side, but no place"),
        ({"note": "toe"}, "there is no emergency note toe"),
    ],
)
def test_a_step_that_shows_what_does_not_exist_is_named(changes, fault):
    assert list(storyboards_show_what_exists(with_step(**changes))) == [
        f"storyboards/between-the-shoulder-blades.toml, step 1: {fault}."
    ]


def test_a_step_that_is_too_long_or_cites_nothing_known_is_named():
    subject = with_step(statement=Statement("word " * 46, ("S9999",), is_item=False))

    assert list(storyboards_are_short_and_cited(subject)) == [
        "storyboards/between-the-shoulder-blades.toml, step 1: has 46 words, more than 45.",
        "storyboards/between-the-shoulder-blades.toml, step 1: "
        "cites S9999, which isn't in sources.csv.",
    ]


def test_a_storyboard_is_read_as_it_is_written(tmp_path):
    (tmp_path / "a-story.toml").write_text(GOOD, encoding="utf-8")

    (story,) = read_storyboards(tmp_path).values()

    assert [step.title for step in story.steps] == ["One", "Two"]
    assert story.steps[1].layers == ("labels",)
    assert story.steps[1].areas == ("neck-back", "sacrum")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('view = "back"', 'view = "side"', "steps.0.view"),
        ('title = "One"', 'name = "One"', "steps.0.title"),
        ("areas = []", 'area = "sacrum"', "steps.0.area"),
        ("areas = []", 'areas = "sacrum"', "steps.0.areas"),
        ("layers = []", 'layers = ["skin"]', "steps.0.layers.0"),
        ('id = "a-story"', 'id = "another"', "id: says another"),
        ("order = 1", "order = ", "is not TOML"),
    ],
)
def test_a_malformed_storyboard_gets_one_sentence(tmp_path, old, new, named):
    (tmp_path / "a-story.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(DataError, match=r"^storyboards/a-story\.toml") as error:
        read_storyboards(tmp_path)

    assert named in str(error.value)
    assert "\n" not in str(error.value)
