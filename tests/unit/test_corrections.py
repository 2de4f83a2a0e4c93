"""What was changed or entered late about a day is said in sentences, and nothing else is."""

from datetime import date, timedelta

from marking import NOON, answers, operation

from bodymap import atlas
from bodymap.ui.corrections import corrections_said

ATLAS = atlas.load()
DAY = NOON.date()
POINT = "rhomboid-major-upper"


def said(*statements, day=DAY):
    return corrections_said(ATLAS, statements, day)


def later(hours=0, minutes=0):
    return NOON + timedelta(hours=hours, minutes=minutes)


def test_a_changed_number_is_said_with_the_time_on_the_persons_clock():
    first = operation(POINT, touched=7)
    changed = operation(POINT, touched=5, at=later(5, 40))

    assert said(first, changed) == (
        "Rhomboid, upper, left: 7 when touched, changed to 5 at 18:40.",
    )


def test_what_was_given_once_is_not_a_correction():
    assert said(operation(POINT, touched=7), operation(POINT, touched=7, by_itself=3)) == ()


def test_each_of_the_two_numbers_has_its_own_sentence():
    assert said(
        operation(POINT, touched=7, by_itself=3),
        operation(POINT, touched=6, by_itself=3, at=later(1)),
        operation(POINT, touched=6, by_itself=2, at=later(2)),
    ) == (
        "Rhomboid, upper, left: 7 when touched, changed to 6 at 14:00.",
        "Rhomboid, upper, left: 3 by itself, changed to 2 at 15:00.",
    )


def test_a_cleared_mark_and_one_given_again_are_said():
    assert said(
        operation(POINT, touched=7),
        operation(POINT, touched=None, at=later(1)),
        operation(POINT, touched=0, at=later(2)),
    ) == ("Rhomboid, upper, left: 7 when touched, cleared at 14:00, given again as 0 at 15:00.",)


def test_a_late_entry_is_said_with_its_date():
    late = operation(POINT, touched=7, at=later(48), day=DAY)

    assert said(late) == ("Rhomboid, upper, left: 7 when touched, entered on 24 November.",)


def test_a_change_made_on_a_later_day_is_said_with_its_date():
    changed = operation(POINT, touched=5, at=later(48), day=DAY)

    assert said(operation(POINT, touched=7), changed) == (
        "Rhomboid, upper, left: 7 when touched, changed to 5 on 24 November.",
    )


def test_a_date_of_another_year_names_it():
    late = operation(POINT, touched=7, at=NOON + timedelta(days=60), day=DAY)

    assert said(late) == ("Rhomboid, upper, left: 7 when touched, entered on 21 January 2027.",)


def test_the_answers_of_a_day_and_its_one_number_are_said_too():
    assert said(
        operation("whole-body", "midline", None, 8),
        answers(mood_nrs=6, sleep_nrs=2),
        operation("whole-body", "midline", None, 4, at=later(1)),
        answers(mood_nrs=3, sleep_nrs=2, at=later(2)),
    ) == (
        "Today as a whole: 8, changed to 4 at 14:00.",
        "Mood: 6, changed to 3 at 15:00.",
    )


def test_other_days_are_not_spoken_of():
    changed = [operation(POINT, touched=level) for level in (7, 5)]

    assert said(*changed, day=DAY - timedelta(days=1)) == ()
    assert len(said(*changed)) == 1
    earlier = operation(POINT, touched=1, at=NOON - timedelta(days=1))
    assert said(*changed, earlier) == said(*changed)
    assert said(day=date(2026, 1, 1)) == ()
