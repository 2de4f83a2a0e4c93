"""Figures: points on every body, always on the right side."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.atlas import BODIES, VIEWS, WHOLE_BODY, load, outlines

ATLAS = load()
bodies = st.sampled_from(BODIES)
placed = st.sampled_from([(p.id, s) for p in ATLAS.points.values() for s in p.sides])


def figure_of(point_id, body):
    return ATLAS.figure(body, ATLAS.points[point_id].view)


@given(placed, bodies)
def test_a_point_lies_on_its_side_of_the_body(point, body):
    id_, side = point
    x, _ = figure_of(id_, body).place(id_, side)

    assert np.sign(x) == {"left": 1, "right": -1, "midline": 0}[side]


@given(placed, bodies, bodies)
def test_switching_bodies_keeps_the_side_and_the_area(point, body, other):
    id_, side = point
    if ATLAS.points[id_].limb:
        return  # follows the limb instead of the warp
    there = figure_of(id_, body).place(id_, side)
    frame = figure_of(id_, body).warp.to_frame([there])
    on_other = figure_of(id_, other).warp.to_figure(frame)

    np.testing.assert_allclose(on_other[0], figure_of(id_, other).place(id_, side), atol=1e-4)


@given(placed, bodies)
def test_from_behind_the_persons_left_is_the_viewers_left(point, body):
    id_, side = point
    figure = figure_of(id_, body)
    drawn_x, drawn_y = figure.to_drawing([figure.place(id_, side)])[0]
    x, y = figure.place(id_, side)

    assert drawn_x == (-x if figure.view == "back" else x)
    assert drawn_y == figure.stature_mm - y


@pytest.mark.parametrize("body", BODIES)
def test_the_outer_elbow_point_follows_the_arm(body):
    figure = ATLAS.figure(body, "front")
    at = np.array(figure.place("tender-lateral-epicondyle", "left"))
    elbow, wrist = figure.anchors_mm["elbow"], figure.anchors_mm["wrist"]
    forearm = (wrist - elbow) / np.hypot(*(wrist - elbow))
    out = np.array([-forearm[1], forearm[0]])

    along, outward = (at - elbow) @ forearm, (at - elbow) @ out
    skin = outlines.distance_to_skin(figure.silhouette_mm, elbow + along * forearm, out)

    assert along == pytest.approx(0.083 * np.hypot(*(wrist - elbow)))
    assert outward == pytest.approx(0.62 * skin)


def test_a_point_on_the_inner_knee_goes_towards_the_midline():
    figure = ATLAS.figure("neutral", "front")

    assert 0 < figure.place("tender-knee", "left")[0] < figure.anchors_mm["knee"][0]


def test_asking_the_wrong_view_or_side_is_an_error():
    back = ATLAS.figure("neutral", "back")

    with pytest.raises(ValueError, match="scalenes is not a point of the back view"):
        back.place("scalenes", "left")
    with pytest.raises(ValueError, match="control-forearm has no left copy"):
        back.place("control-forearm", "left")


def test_every_place_for_a_mark_has_one_slot():
    assert ATLAS.slots[0] == (WHOLE_BODY, "midline")
    assert len(set(ATLAS.slots)) == len(ATLAS.slots) == 1 + 69 + 147


def test_points_near_the_spine_lie_in_the_middle_of_their_area():
    assert ATLAS.area_of("multifidi-thoracic", "left") == ("interscapular", "midline")
    assert ATLAS.area_of("rhomboid-major-upper", "right") == ("interscapular", "right")
    assert ATLAS.area_of("suboccipitals", "left") == ("neck-back", "midline")


@pytest.mark.parametrize("view", VIEWS)
def test_levels_run_down_the_spine_from_C2_to_S2(view):
    names = [name for name, _ in ATLAS.figure("neutral", view).levels]

    assert names == ([] if view == "front" else ["C2", "C4", "C7", *THORACIC, *LUMBAR, "S2"])


THORACIC = [f"T{n}" for n in range(1, 13)]
LUMBAR = [f"L{n}" for n in range(1, 6)]
