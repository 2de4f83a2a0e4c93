"""A day that begins as a copy of another, and two records of one person that meet."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from marking import NOON, answers, area_shaded, levels_of, operation, stroke

from bodymap.records import Details, InvalidValue, Record, open_store
from bodymap.records.errors import ConflictError, UnknownCheckInError

ME, OTHER = "local", "someone-else"
NOW = {"at": NOON, "zone": "Europe/Berlin", "utc_offset_min": 60}


def seen(store, person=ME):
    """Return {date: {(target, side): (touched, by itself)}}."""
    return {check_in.id: levels_of(check_in) for check_in in store.check_ins(person)}


def test_the_days_of_a_period_are_those_about_which_anything_was_stated(store):
    store.apply(
        ME,
        [
            operation(at=NOON - timedelta(days=3)),
            area_shaded(at=NOON - timedelta(days=2)),
            operation(touched=None, at=NOON - timedelta(days=2)),
            answers(mood_nrs=4, at=NOON, day=(NOON - timedelta(days=1)).date()),
            operation(at=NOON),
        ],
    )
    store.apply(OTHER, [operation(at=NOON - timedelta(days=4))])

    found = store.days(ME, (NOON - timedelta(days=9)).date(), (NOON - timedelta(days=1)).date())

    assert [day.isoformat() for day in found] == ["2026-11-19", "2026-11-20", "2026-11-21"]


# Beginning a day as a copy.


def test_a_day_can_begin_as_a_copy_of_an_earlier_one(store):
    store.apply(
        ME,
        [
            operation("neck", touched=7, by_itself=3, at=NOON - timedelta(days=2)),
            operation("knee", "right", touched=0, by_itself=0, at=NOON - timedelta(days=2)),
            operation("foot", touched=1, at=NOON - timedelta(days=2)),
            operation("foot", touched=None, at=NOON - timedelta(days=2)),
        ],
    )

    added = store.copy_forward(ME, "2026-11-20", **NOW)

    assert len(added) == 2
    assert seen(store)["2026-11-22"] == {("neck", "left"): (7, 3), ("knee", "right"): (0, 0)}
    assert seen(store)["2026-11-20"] == seen(store)["2026-11-22"]
    assert store.check_in(ME, "2026-11-22").started_at == NOON


def test_a_copy_leaves_alone_what_was_marked_or_cleared_today(store):
    yesterday = NOON - timedelta(days=1)
    store.apply(
        ME, [operation(place, touched=7, at=yesterday) for place in ("neck", "knee", "hip")]
    )
    store.apply(
        ME, [operation("neck", touched=2), operation("knee"), operation("knee", touched=None)]
    )

    store.copy_forward(ME, "2026-11-21", **NOW)

    assert seen(store)["2026-11-22"] == {("neck", "left"): (2, None), ("hip", "left"): (7, None)}


def test_copying_twice_is_copying_once(store):
    store.apply(ME, [operation(touched=7, at=NOON - timedelta(days=1))])
    store.copy_forward(ME, "2026-11-21", **NOW)
    once = store.record(ME)

    assert store.copy_forward(ME, "2026-11-21", **NOW) == ()
    assert store.copy_forward(ME, "2026-11-21", **NOW | {"at": NOON + timedelta(hours=1)}) == ()

    assert store.record(ME) == once


def test_a_drawing_can_begin_as_a_copy_of_an_earlier_one(store):
    yesterday = NOON - timedelta(days=1)
    shading = area_shaded("neck", quality="burning", nrs=7, at=yesterday)
    gone = stroke(at=yesterday)
    rubbed = stroke(tool="eraser", at=yesterday)
    taken_back = replace(gone, id=str(uuid.uuid4()), is_there=False)
    store.apply(ME, [shading, gone, rubbed, taken_back, operation(touched=7, at=yesterday)])

    assert len(store.copy_drawing(ME, yesterday.date(), **NOW)) == 2

    before, today = store.check_ins(ME)
    assert [(one.tool, one.layer, one.points) for one in today.drawing.strokes] == [
        (one.tool, one.layer, one.points) for one in before.drawing.strokes
    ]
    assert today.marks == ()
    ids = {one.stroke_id for one in (*before.drawing.strokes, *today.drawing.strokes)}
    assert len(ids) == 4, "taking one back on one day leaves the other day alone"


def test_a_day_on_which_something_was_drawn_is_not_drawn_over(store):
    drawn = stroke()
    store.apply(ME, [stroke(at=NOON - timedelta(days=1)), drawn])
    store.apply(ME, [replace(drawn, id=str(uuid.uuid4()), is_there=False)])
    once = store.record(ME)

    assert store.copy_drawing(ME, (NOON - timedelta(days=1)).date(), **NOW) == ()

    assert store.record(ME) == once


def test_the_last_drawing_is_that_of_the_latest_day_with_a_stroke_that_is_there(store):
    day = [(NOON - timedelta(days=days)) for days in range(5)]
    taken_back = stroke(at=day[1])
    store.apply(
        ME,
        [
            stroke(at=day[0]),
            taken_back,
            replace(taken_back, id=str(uuid.uuid4()), is_there=False),
            operation(at=day[2]),
            stroke(at=day[3]),
            stroke(at=day[4]),
        ],
    )
    store.apply(OTHER, [stroke(at=day[1])])

    assert store.last_drawn(ME, day[0].date()) == day[3].date()
    assert store.last_drawn(ME, day[4].date()) is None


def test_there_must_be_a_day_to_draw_again(store):
    with pytest.raises(UnknownCheckInError):
        store.copy_drawing(ME, (NOON - timedelta(days=1)).date(), **NOW)


def test_the_same_copy_made_on_two_devices_is_one_when_they_meet(store):
    store.apply(ME, [operation(touched=7, at=NOON - timedelta(days=1))])
    with open_store("sqlite://") as device:
        device.merge(ME, store.record(ME))
        device.copy_forward(ME, "2026-11-21", **NOW)
        store.copy_forward(ME, "2026-11-21", **NOW)

        assert device.record(ME) == store.record(ME)
        assert store.merge(ME, device.record(ME)).added == 0


def test_a_day_copied_onto_itself_stays_as_it_is(store):
    store.apply(ME, [operation(touched=7)])

    assert store.copy_forward(ME, "2026-11-22", **NOW) == ()


@pytest.mark.parametrize("source", ["2026-11-21", "", "x" * 500, "'; DROP TABLE person; --"])
def test_there_must_be_something_to_copy(store, source):
    store.apply(ME, [operation()])

    with pytest.raises(UnknownCheckInError) as refusal:
        store.copy_forward(ME, source, **NOW)

    assert len(str(refusal.value)) < 120
    assert len(store.record(ME).operations) == 1


@pytest.mark.parametrize(
    "wrong", [{"at": NOON.replace(tzinfo=None)}, {"utc_offset_min": 5000}, {"at": "today"}]
)
def test_a_copy_needs_a_time(store, wrong):
    store.apply(ME, [operation(at=NOON - timedelta(days=1))])

    with pytest.raises(InvalidValue):
        store.copy_forward(ME, "2026-11-21", **NOW | wrong)

    assert len(store.record(ME).operations) == 1


def test_a_copy_brings_what_a_mark_feels_like_but_not_its_note(store):
    details = Details(qualities=("burning",), own_word="hot", depth="deep", note="slept on it")
    store.apply(ME, [operation(details=details, at=NOON - timedelta(days=1))])

    store.copy_forward(ME, "2026-11-21", **NOW)

    (mark,) = store.check_in(ME, "2026-11-22").marks
    assert mark.details == replace(details, note="")


def test_one_mark_can_be_copied_alone(store):
    yesterday = NOON - timedelta(days=1)
    store.apply(ME, [operation("neck", side, at=yesterday) for side in ("left", "right")])

    assert store.copy_forward(ME, "2026-11-21", **NOW, places=[("knee", "left")]) == ()
    assert len(store.copy_forward(ME, "2026-11-21", **NOW, places=[("neck", "right")])) == 1
    assert seen(store)["2026-11-22"] == {("neck", "right"): (3, None)}

    assert len(store.copy_forward(ME, "2026-11-21", **NOW)) == 1
    assert seen(store)["2026-11-22"] == seen(store)["2026-11-21"]


def test_copies_of_marks_that_differ_in_a_detail_never_share_an_id(store):
    yesterday = NOON - timedelta(days=1)
    for person, quality in ((ME, "burning"), (OTHER, "numb")):
        store.apply(person, [operation(details=Details(qualities=(quality,)), at=yesterday)])

    copies = [store.copy_forward(person, "2026-11-21", **NOW) for person in (ME, OTHER)]

    assert copies[0] != copies[1]


def test_what_was_marked_again_is_not_copied_and_stands_in_the_way_of_no_copy(store):
    yesterday = NOON - timedelta(days=1)
    again = operation("knee", touched=1, is_again=True, at=yesterday)
    store.apply(ME, [operation(touched=7, at=yesterday), again])
    store.apply(ME, [operation(touched=5, is_again=True)])

    store.copy_forward(ME, "2026-11-21", **NOW)

    assert seen(store)["2026-11-22"] == {("neck", "left"): (7, None)}
    assert [mark.touched_nrs for mark in store.check_in(ME, "2026-11-22").again] == [5]


def test_drawings_and_answers_are_not_copied(store):
    yesterday = NOON - timedelta(days=1)
    store.apply(ME, [stroke(at=yesterday), answers(sleep_nrs=3, at=yesterday)])

    assert store.copy_forward(ME, "2026-11-21", **NOW) == ()
    assert store.check_in(ME, "2026-11-22") is None


# Two records meeting.


def test_merging_adds_what_is_missing_and_keeps_the_earlier_values(store):
    record = Record((operation(touched=7), operation(touched=6), operation("knee", touched=1)))

    merged = store.merge(ME, record)

    assert (merged.added, merged.known) == (3, 0)
    assert store.record(ME) == record


def test_merging_the_same_record_again_changes_nothing(store):
    record = Record((operation(touched=7), operation(touched=6)))
    store.merge(ME, record)
    store.apply(ME, [operation(touched=1)])
    before = store.record(ME)

    merged = store.merge(ME, record)

    assert (merged.added, merged.known) == (0, 2)
    assert store.record(ME) == before


def test_where_two_devices_marked_one_place_the_later_mark_counts_and_both_are_kept(store):
    morning = operation(touched=3, at=NOON - timedelta(hours=3))
    evening = operation(touched=7, at=NOON + timedelta(hours=6))

    store.apply(ME, [evening])
    store.merge(ME, Record((morning,)))
    assert seen(store) == {"2026-11-22": {("neck", "left"): (7, None)}}

    store.apply(OTHER, [morning])
    store.merge(OTHER, Record((evening,)))
    assert seen(store, OTHER) == {"2026-11-22": {("neck", "left"): (7, None)}}
    assert set(store.record(ME).operations) == set(store.record(OTHER).operations)


def test_where_two_devices_answered_for_one_day_the_later_answers_count(store):
    morning = answers(sleep_nrs=3, at=NOON - timedelta(hours=3))
    evening = answers(sleep_nrs=7, at=NOON + timedelta(hours=6))
    store.apply(ME, [evening])
    store.merge(ME, Record((morning,)))
    store.apply(OTHER, [morning])
    store.merge(OTHER, Record((evening,)))

    for person in (ME, OTHER):
        assert store.check_in(person, "2026-11-22").answers == evening
        assert set(store.record(person).operations) == {morning, evening}


def test_a_first_mark_and_one_made_again_meet_without_one_replacing_the_other(store):
    again = operation(touched=4, is_again=True, at=NOON + timedelta(hours=2))
    store.apply(ME, [again])

    store.merge(ME, Record((operation(touched=7),)))

    assert seen(store)["2026-11-22"] == {("neck", "left"): (7, None)}
    assert [mark.touched_nrs for mark in store.check_in(ME, "2026-11-22").again] == [4]


def test_where_two_devices_drew_on_one_day_all_strokes_are_there(store):
    mine, theirs = [stroke(), stroke()], [stroke(), area_shaded()]
    store.apply(ME, mine)
    store.merge(ME, Record(tuple(theirs)))

    assert store.check_in(ME, "2026-11-22").drawing.strokes == (*mine, *theirs)


def test_a_stroke_that_another_device_took_back_later_is_gone(store):
    drawn = stroke()
    gone = stroke(stroke_id=drawn.stroke_id, is_there=False, at=NOON + timedelta(minutes=1))
    store.apply(ME, [drawn])

    store.merge(ME, Record((drawn, gone)))

    assert store.check_in(ME, "2026-11-22").drawing.strokes == ()


def test_a_record_in_which_one_id_stands_for_another_mark_is_refused_whole(store):
    mine = operation(touched=7)
    store.apply(ME, [mine, operation("knee")])
    before = store.record(ME)

    with pytest.raises(ConflictError):
        store.merge(ME, Record((operation("foot"), operation(id=mine.id, touched=1))))

    assert store.record(ME) == before
