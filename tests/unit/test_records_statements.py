"""Strokes, answers, details, late entries, what is made again: what they hold and refuse."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from marking import NOON, answers, any_statements, area_shaded, levels_of, operation, stroke

from bodymap.records import (
    Details,
    InvalidValue,
    PainDrawing,
    Tried,
    check_ins_of,
    values_of_answers,
    values_of_mark,
)
from bodymap.records.drawing import MAX_POINTS, drawing_of
from bodymap.records.model import subject_of

TODAY = date(2026, 11, 22)
YESTERDAY = date(2026, 11, 21)

MAKERS = {"a mark": operation, "a stroke": stroke, "answers": answers}


# The day that a statement is about.


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_statement_about_an_earlier_day_is_late(make):
    late = make(day=YESTERDAY)

    assert (late.local_date, late.is_late, late.at) == (YESTERDAY, True, NOON)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_statement_about_the_day_on_which_it_was_made_is_not_late(make):
    assert make(day=TODAY).is_late is False
    assert make(day=TODAY, id="0b5c7f0e-6a3d-4f0e-9c55-0d6f3c8f2a11").day is None


@pytest.mark.parametrize(
    "day",
    [TODAY + timedelta(days=1), date(1899, 12, 31), date.min, date.max, "2026-11-21", NOON, 0],
    ids=str,
)
def test_a_day_is_a_date_that_was_not_ahead(day):
    with pytest.raises(InvalidValue, match="day must"):
        operation(day=day)


def test_the_earliest_moment_that_can_be_written_is_about_its_own_day_under_any_offset():
    at = datetime(1900, 1, 2, tzinfo=UTC)

    made = operation(at=at, utc_offset_min=-1080, day=date(1900, 1, 1))

    assert (made.local_date, made.is_late) == (date(1900, 1, 1), False)


def test_late_is_counted_from_the_date_on_the_persons_own_wall():
    """At 00:30 in Berlin it is still the day before in UTC."""
    half_past_midnight = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)

    assert operation(at=half_past_midnight, day=TODAY).is_late is False
    assert operation(at=half_past_midnight, day=YESTERDAY).is_late is True
    with pytest.raises(InvalidValue):
        operation(at=half_past_midnight, utc_offset_min=0, day=TODAY)


def test_the_hour_that_comes_twice_is_one_day_and_the_order_is_the_records():
    new_york = {"zone": "America/New_York"}
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30, before the clock goes back
    second = first + timedelta(hours=1)  # 1:30 again
    made = [
        operation(touched=7, at=second, utc_offset_min=-300, **new_york),
        answers(sleep_nrs=2, at=first, utc_offset_min=-240, **new_york),
        operation(touched=4, at=first, utc_offset_min=-240, **new_york),
    ]

    (check_in,) = check_ins_of(made)

    assert (check_in.id, check_in.started_at) == ("2026-11-01", second)
    assert levels_of(check_in) == {("neck", "left"): (4, None)}


def test_a_flight_west_over_midnight_gives_each_statement_one_day_and_each_day_one_check_in():
    tokyo = {"at": NOON + timedelta(hours=4), "zone": "Asia/Tokyo", "utc_offset_min": 540}
    honolulu = {
        "at": NOON + timedelta(hours=9),
        "zone": "Pacific/Honolulu",
        "utc_offset_min": -600,
    }
    in_tokyo, in_honolulu = stroke(**tokyo), stroke(**honolulu)

    days = check_ins_of(
        [in_tokyo, answers(mood_nrs=1, **tokyo), in_honolulu, operation(**honolulu)]
    )

    assert [(day.id, day.drawing) for day in days] == [
        ("2026-11-22", PainDrawing((in_honolulu,))),
        ("2026-11-23", PainDrawing((in_tokyo,))),
    ]


@given(any_statements())
def test_no_check_in_counts_twice_and_none_is_missing(statements):
    check_ins = check_ins_of(statements)

    assert [day.local_date for day in check_ins] == sorted({made.local_date for made in statements})


# Corrections.


def test_every_value_of_a_mark_comes_in_order_with_the_late_ones():
    first = operation(touched=7)
    others = [operation(side="right"), operation("knee"), answers(), stroke()]
    others.append(operation(touched=2, is_again=True))
    cleared = operation(touched=None, at=NOON - timedelta(hours=2))
    late = operation(touched=5, at=NOON + timedelta(days=3), day=TODAY)
    tomorrow = operation(touched=1, at=NOON + timedelta(days=1))

    values = values_of_mark([first, *others, cleared, tomorrow, late], TODAY, ("neck", "left"))

    assert values == (first, cleared, late)
    assert [value.is_late for value in values] == [False, False, True]


def test_every_value_of_a_days_answers_comes_in_order():
    first, second = answers(worst_nrs=8), answers()
    late = answers(worst_nrs=5, at=NOON + timedelta(days=1), day=TODAY)
    other_day = answers(at=NOON + timedelta(days=1))

    assert values_of_answers([first, operation(), second, other_day, late], TODAY) == (
        first,
        second,
        late,
    )


@given(any_statements())
def test_the_last_value_is_the_one_that_a_check_in_shows(statements):
    for check_in in check_ins_of(statements):
        day = check_in.local_date
        shown = {mark.place: mark for mark in check_in.marks}
        for place in {made.place for made in statements if subject_of(made)[0] == "mark"}:
            values = values_of_mark(statements, day, place)
            assert (place in shown) == bool(values and not values[-1].is_cleared)
            if place in shown:
                assert (shown[place].at, shown[place].details) == (
                    values[-1].at,
                    values[-1].details,
                )
        values = values_of_answers(statements, day)
        last = values[-1] if values and not values[-1].is_empty else None
        assert check_in.answers == last


# Made again.


def test_a_mark_made_again_stands_beside_the_days_mark_and_never_replaces_it():
    first, again = operation(touched=7, by_itself=3), operation(touched=4, is_again=True)

    for stated in ([first, again], [again, first]):
        (check_in,) = check_ins_of(stated)
        assert levels_of(check_in) == {("neck", "left"): (7, 3)}
        assert [(mark.place, mark.touched_nrs) for mark in check_in.again] == [
            (("neck", "left"), 4)
        ]


def test_what_was_marked_again_can_be_corrected_and_cleared_by_itself():
    first, wrong = operation(touched=7), operation(touched=4, is_again=True)

    (corrected,) = check_ins_of([first, wrong, operation(touched=6, is_again=True)])
    (cleared,) = check_ins_of([first, wrong, operation(touched=None, is_again=True)])

    assert [mark.touched_nrs for mark in corrected.again] == [6]
    assert (cleared.again, levels_of(cleared)) == ((), {("neck", "left"): (7, None)})


def test_a_day_with_nothing_but_what_was_made_again_has_no_mark_and_no_drawing():
    (check_in,) = check_ins_of([operation(is_again=True), stroke(is_again=True)])

    assert (check_in.marks, check_in.drawing) == ((), PainDrawing())


def test_a_drawing_made_again_is_a_drawing_of_its_own():
    first, again = stroke(nrs=3), stroke(is_again=True)
    gone = stroke(stroke_id=first.stroke_id, nrs=3, is_there=False, is_again=True)

    (check_in,) = check_ins_of([first, again, gone])

    assert check_in.drawing.strokes == (first,), "what is made again takes nothing back"
    assert check_in.drawing_again.strokes == (again,)


@pytest.mark.parametrize("make", [operation, stroke])
@pytest.mark.parametrize("wrong", [1, None, "yes"])
def test_made_again_is_true_or_false(make, wrong):
    with pytest.raises(InvalidValue, match="is_again must be true or false"):
        make(is_again=wrong)


def test_what_a_mark_feels_like_is_not_asked_again():
    with pytest.raises(InvalidValue, match="details must be empty"):
        operation(is_again=True, details=Details(note="x"))


# Drawings.


def test_a_stroke_taken_back_is_gone_and_put_back_it_has_its_old_place():
    first, second = stroke(), stroke()
    gone = stroke(stroke_id=first.stroke_id, is_there=False)
    again = stroke(stroke_id=first.stroke_id)

    assert drawing_of([first, second, gone]).strokes == (second,)
    assert drawing_of([first, second, gone, again]).strokes == (again, second)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"stroke_id": "1"}, "stroke_id must be a UUID"),
        ({"view": "side"}, "view must be"),
        ({"view": ["back"]}, "view must be"),
        ({"tool": "pen"}, "tool must be"),
        ({"points": ()}, "points must be 1 to 400"),
        ({"points": ((0, 0),) * (MAX_POINTS + 1)}, "points must be 1 to 400"),
        ({"points": [(0, 0)]}, "points must be 1 to 400"),
        ({"points": ((0, 0, 0),)}, "points must be pairs"),
        ({"points": ((0, 4001),)}, "points must be pairs"),
        ({"points": ((-4001, 0),)}, "points must be pairs"),
        ({"points": ((True, 0),)}, "points must be pairs"),
        ({"points": ((0, 0.5),)}, "points must be pairs"),
        ({"points": ([0, 0],)}, "points must be pairs"),
        ({"width_mm": 13}, "width_mm must be one of"),
        ({"width_mm": 28.0}, "width_mm must be one of"),
        ({"area": "neck"}, "area must be empty"),
        ({"quality": "hot"}, "quality must be one of"),
        ({"nrs": 11}, "nrs must be a whole number"),
        ({"tool": "eraser", "nrs": 3}, "quality must be empty"),
        ({"is_there": 1}, "is_there must be true or false"),
    ],
    ids=str,
)
def test_a_stroke_is_a_line_in_the_frame_or_nothing(wrong, complaint):
    with pytest.raises(InvalidValue, match=complaint):
        stroke(**wrong)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"area": "Neck"}, "area must be the id"),
        ({"side": ""}, "side must be left"),
        ({"points": ((0, 0),)}, "points must be empty"),
        ({"width_mm": 28}, "points must be empty"),
    ],
    ids=str,
)
def test_a_shaded_area_has_a_name_and_a_side_and_no_line(wrong, complaint):
    with pytest.raises(InvalidValue, match=complaint):
        area_shaded(**wrong)


# Details and answers.


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"qualities": ["burning"]}, "qualities must be a list"),
        ({"qualities": ("hot",)}, "quality must be one of"),
        ({"qualities": ("burning", "burning")}, "qualities must each come once"),
        ({"own_word": "a" * 61}, "own_word must have at most 60"),
        ({"own_word": None}, "own_word must be text"),
        ({"course": "always"}, "course must be"),
        ({"depth": ""}, "depth must be"),
        ({"certainty": ["about"]}, "certainty must be"),
        ({"note": "a" * 501}, "note must have at most 500"),
        ({"note": "a\0"}, "note must not hold control"),
        ({"note": "\ud83d"}, "note must not hold control"),
    ],
    ids=str,
)
def test_details_are_words_that_are_offered_or_short_words_of_ones_own(wrong, complaint):
    with pytest.raises(InvalidValue, match=complaint):
        Details(**wrong)


def test_qualities_have_one_order_whatever_order_they_were_chosen_in():
    assert Details(qualities=("numb", "burning")) == Details(qualities=("burning", "numb"))


def test_a_cleared_mark_says_nothing_else():
    with pytest.raises(InvalidValue, match="details must be empty"):
        operation(touched=None, details=Details(note="x"))


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"worst_nrs": 11}, "worst_nrs must be a whole number"),
        ({"mood_nrs": True}, "mood_nrs must be a whole number"),
        ({"tried": [Tried("walk")]}, "tried must be a list"),
        ({"tried": tuple(Tried(str(n)) for n in range(31))}, "tried must be a list of at most 30"),
        ({"tried": (Tried("walk", "yes"), Tried("walk", "no"))}, "tried must name each thing once"),
        ({"journal": "a" * 2001}, "journal must have at most 2000"),
        ({"journal": "a\x1b[2J"}, "journal must not hold control"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_answers_are_levels_things_tried_and_words(wrong, complaint):
    with pytest.raises(InvalidValue, match=complaint):
        answers(**wrong)


@pytest.mark.parametrize("what", ["", "  ", "a" * 41, "a\tb", None, 5])
def test_a_thing_tried_has_a_short_name(what):
    with pytest.raises(InvalidValue, match="what must"):
        Tried(what)


def test_no_refusal_repeats_what_a_person_wrote():
    for refuse in (
        lambda: Details(note="my-secret" * 60),
        lambda: Details(own_word="my-secret\0"),
        lambda: Tried("my-secret" * 5),
        lambda: answers(journal="my-secret\x85"),
    ):
        with pytest.raises(InvalidValue) as refusal:
            refuse()
        assert "secret" not in str(refusal.value)
