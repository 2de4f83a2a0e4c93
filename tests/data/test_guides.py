"""The guide lines: each check of them finds its fault; they lie where a clinician feels."""

import dataclasses
from types import MappingProxyType

import numpy as np
import pytest

from bodymap.atlas import BODIES, emergency, load
from bodymap.atlas.checks import guides
from bodymap.atlas.checks.registry import Subject

ATLAS = load()
SUBJECT = Subject(ATLAS, emergency.load())


def with_guide(id_, **changes):
    """The atlas with one guide line changed; its figures are built anew."""
    known = dict(ATLAS.guides)
    known[id_] = dataclasses.replace(known[id_], **changes)
    changed = dataclasses.replace(ATLAS, guides=MappingProxyType(known))
    return dataclasses.replace(SUBJECT, atlas=changed)


def moved(id_, x, y):
    return with_guide(id_, line=ATLAS.guides[id_].line + np.array([x, y]))


FAULTS = {
    "an area that doesn't exist": (
        guides.guides_name_what_exists,
        lambda: with_guide("lowest-rib", areas=("waist",)),
        "guides.csv, lowest-rib: waist is not an area of the back.",
    ),
    "an area of the other view": (
        guides.guides_name_what_exists,
        lambda: with_guide("lowest-rib", areas=("chest",)),
        "guides.csv, lowest-rib: chest is not an area of the back.",
    ),
    "a landmark that doesn't exist": (
        guides.guides_name_what_exists,
        lambda: with_guide("iliac-crest", landmarks=("hip top",)),
        "there is no anchor 'hip top' in landmarks.csv.",
    ),
    "a muscle that doesn't exist": (
        guides.guides_name_what_exists,
        lambda: with_guide("long-back-muscles", muscles=("erector",)),
        "erector isn't in muscles.json.",
    ),
    "a line that rests on nothing": (
        guides.guides_name_what_exists,
        lambda: with_guide("lowest-rib", landmarks=()),
        "lowest-rib: names neither a landmark nor a muscle",
    ),
    "a line beside its landmarks": (
        guides.guides_run_through_their_landmarks,
        lambda: moved("blade-inner-border", 0.03, 0),
        "mm beside spine root.",
    ),
    "a bone that ends too early": (
        guides.guides_run_through_their_landmarks,
        lambda: with_guide("lowest-rib", line=ATLAS.guides["lowest-rib"].line[:-3]),
        "mm from its landmarks.",
    ),
    "a landmark of another view": (
        guides.guides_run_through_their_landmarks,
        lambda: with_guide("lowest-rib", landmarks=("12th rib tip", "umbilicus")),
        "neutral, back: lowest-rib, left: umbilicus isn't on this figure.",
    ),
    "a line off its muscles' edge": (
        guides.guides_follow_the_edge_of_their_muscles,
        lambda: moved("long-back-muscles", -0.04, 0),
        "mm from its muscles' edge.",
    ),
    "a line outside the skin": (
        guides.guides_lie_under_the_skin,
        lambda: moved("iliac-crest", 0.3, 0),
        "neutral, back: iliac-crest, right: comes to -",
    ),
    "a line over the midline": (
        guides.guides_keep_their_side,
        lambda: moved("lowest-rib", -0.1, 0),
        "neutral, back: lowest-rib, left: comes to -",
    ),
    "a line far from its area": (
        guides.guides_lie_in_or_near_their_areas,
        lambda: with_guide("blade-inner-border", areas=("lower-back",)),
        "blade-inner-border, left: 0% of it lies near lower-back.",
    ),
}


@pytest.mark.parametrize(("check", "fault", "says"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found(check, fault, says):
    assert list(check(SUBJECT)) == []

    found = list(check(fault()))

    assert any(says in problem for problem in found), found


@pytest.mark.parametrize("body", BODIES)
def test_right_is_the_mirror_image_of_left_on_every_body(body):
    lines = ATLAS.figure(body, "back").guide_lines_mm

    assert {id_ for id_, _ in lines} == set(ATLAS.guides)
    for id_ in ATLAS.guides:
        assert lines[id_, "left"] == pytest.approx(lines[id_, "right"] * [-1, 1], abs=1e-9)


@pytest.mark.parametrize("body", BODIES)
def test_the_rim_of_the_pelvis_is_highest_between_l4_and_l5_and_the_rib_ends_between_l1_and_l2(
    body,
):
    figure = ATLAS.figure(body, "back")
    height = {name: at[1] for name, at in figure.levels}

    crest = figure.guide_lines_mm["iliac-crest", "left"][:, 1].max()
    rib = figure.guide_lines_mm["lowest-rib", "left"][-1, 1]

    assert height["L4"] > crest > height["L5"]
    assert height["L1"] > rib > height["L2"]


def test_a_guide_line_is_smooth_and_meets_the_places_it_was_given():
    line = ATLAS.guides["blade-inner-border"].line
    steps = np.diff(line * [0.29, 1], axis=0)
    turns = np.abs(np.diff(np.degrees(np.arctan2(steps[:, 0], steps[:, 1]))))

    assert line[::4].tolist() == [[0.34, 0.06], [0.36, 0.103], [0.385, 0.19], [0.42, 0.285]]
    assert turns.max() < 5
