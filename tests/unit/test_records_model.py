"""What a mark, a check-in and a record can hold, and what they refuse at birth."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import NOON, any_operations, levels_of, operation

from bodymap.exchange.record_json import dump, parse
from bodymap.records import InvalidValue, Record, check_ins_of, zone_or_unknown
from bodymap.records.errors import shown
from bodymap.records.scales import checked_level
from bodymap.records.statement import zone_and_offset


class WholeNumber(int):
    """Looks like a level, is something else."""


@pytest.mark.parametrize("level", range(11))
def test_every_whole_number_from_0_to_10_is_a_level(level):
    assert operation(touched=level, by_itself=level).touched_nrs == level


@pytest.mark.parametrize(
    "level",
    [
        -1,
        11,
        True,
        False,
        5.0,
        7.5,
        float("nan"),
        "5",
        "５",
        "",
        [5],
        {},
        2**63,
        10**5000,
        WholeNumber(5),
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_is_no_level(level):
    with pytest.raises(InvalidValue, match="touched_nrs must be a whole number from 0 to 10"):
        operation(touched=level)
    with pytest.raises(InvalidValue, match="by_itself_nrs must be a whole number"):
        operation(by_itself=level)


def test_no_answer_is_not_zero():
    assert checked_level(None, "level") is None
    assert checked_level(0, "level") == 0


def test_no_pain_here_is_not_cleared():
    assert not operation(touched=0, by_itself=0).is_cleared
    assert not operation(touched=None, by_itself=0).is_cleared
    assert operation(touched=None, by_itself=None).is_cleared


@pytest.mark.parametrize("side", ["Left", "both", "", None, 1, "left ", ["left"]])
def test_a_side_is_left_right_or_midline(side):
    with pytest.raises(InvalidValue, match="side must be left, right or midline"):
        operation(side=side)


@pytest.mark.parametrize(
    "target",
    ["", "Neck", "neck left", "neck--left", "-neck", "neck-", "a" * 81, "näck", "a\n", None, 7],
)
def test_a_target_is_a_slug(target):
    with pytest.raises(InvalidValue, match="target must be the id of a place"):
        operation(target)


def test_a_place_that_no_map_has_is_a_target_all_the_same():
    assert operation("a-place-of-next-year").target == "a-place-of-next-year"


@pytest.mark.parametrize(
    "id_", ["", "1", "0B5C7F0E-6A3D-4F0E-9C55-0D6F3C8F2A11", "g" * 36, "a" * 40, None, 5]
)
def test_an_id_is_a_uuid_in_lower_case(id_):
    with pytest.raises(InvalidValue, match="id must be a UUID"):
        operation(id=id_)


@pytest.mark.parametrize(
    ("at", "complaint"),
    [
        (datetime.fromisoformat("2026-11-22T12:00"), "offset"),
        ("2026-11-22T12:00:00Z", "must be a time"),
        (None, "must be a time"),
        (date(2026, 11, 22), "must be a time"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), "1900 to 2199"),
        (datetime(1, 1, 1, tzinfo=UTC), "1900 to 2199"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-12))), "1900 to 2199"),
        (datetime(2200, 1, 1, tzinfo=UTC), "1900 to 2199"),
    ],
)
def test_a_time_is_aware_and_of_a_year_that_can_be_written(at, complaint):
    with pytest.raises(InvalidValue, match=complaint):
        operation(at=at)


@pytest.mark.parametrize("years", [-10, 10, -100, 100])
def test_a_clock_that_is_years_off_loses_no_mark(years):
    at = NOON.replace(year=NOON.year + years)

    assert operation(at=at).at == at


def test_times_are_kept_in_utc_to_the_millisecond():
    at = datetime(2026, 11, 22, 13, 0, 0, 123987, tzinfo=ZoneInfo("Europe/Berlin"))

    assert operation(at=at).at == datetime(2026, 11, 22, 12, 0, 0, 123000, tzinfo=UTC)
    assert operation(at=at).at.tzinfo is UTC


@pytest.mark.parametrize("offset", [None, 60.0, "60", True, 1081, -1081])
def test_an_offset_is_whole_minutes_within_18_hours(offset):
    with pytest.raises(InvalidValue, match="utc_offset_min must be whole minutes"):
        operation(utc_offset_min=offset)


@pytest.mark.parametrize(
    "zone", ["", "Europe Berlin", "../etc/passwd", "a" * 65, None, "Europe/\n"]
)
def test_a_zone_looks_like_a_zone(zone):
    with pytest.raises(InvalidValue, match="zone must be the name of a time zone"):
        operation(zone=zone)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", None, 5, "../x", "utc"])
def test_a_zone_that_nobody_knows_becomes_unknown(name):
    assert zone_or_unknown(name) == "Etc/Unknown"


# Folders of the table of zones, files beside it, what a name means only here, and worse.
NO_ZONES = [
    *("", "Europe", "America/Argentina", "Etc", ".", "..", "/", "Europe/", "/etc/localtime"),
    *("localtime", "posix", "posix/UTC", "right/UTC", "zone.tab", "tzdata.zi", "leapseconds"),
    *("europe/berlin", "Europe/Berlin ", "Europe/Berlin\0", "x" * 10_000, "\ud800", "Etc/Unknown"),
    *(None, 5, ["UTC"], {}, True, b"UTC"),
]


@pytest.mark.parametrize("name", NO_ZONES, ids=repr)
def test_the_time_of_a_device_that_names_no_zone_is_told_in_utc(name):
    assert zone_and_offset(name, NOON) == ("UTC", 0)


@pytest.mark.parametrize(
    ("name", "offset_min"),
    [("Europe/Berlin", 60), ("America/St_Johns", -210), ("Asia/Kathmandu", 345), ("UTC", 0)],
)
def test_the_time_of_a_device_is_told_in_its_zone(name, offset_min):
    assert zone_and_offset(name, NOON) == (name, offset_min)


@given(st.text() | st.sampled_from(sorted(available_timezones())))
def test_any_name_of_a_zone_is_read_and_can_be_recorded(name):
    zone, offset_min = zone_and_offset(name, NOON)

    made = operation(zone=zone, utc_offset_min=offset_min)
    assert parse(dump(Record((made,)))).operations == (made,)


@pytest.mark.parametrize("name", ["Europe/Berlin", "Asia/Calcutta", "UTC", "Etc/Unknown"])
def test_a_known_zone_stays(name):
    assert zone_or_unknown(name) == name


@pytest.mark.parametrize(
    ("zone", "local", "day"),
    [
        ("Pacific/Kiritimati", "2026-11-23T01:30+14:00", "2026-11-23"),
        ("Asia/Kathmandu", "2026-11-23T00:10+05:45", "2026-11-23"),
        ("America/New_York", "2026-11-21T23:50-05:00", "2026-11-21"),
        # The hour that comes twice, before and after the clock is put back.
        ("America/New_York", "2026-11-01T01:30-04:00", "2026-11-01"),
        ("America/New_York", "2026-11-01T01:30-05:00", "2026-11-01"),
        ("Australia/Lord_Howe", "2026-04-05T01:45+11:00", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-04-05T01:45+10:30", "2026-04-05"),
        # Midnight and the hour that does not exist.
        ("Europe/Berlin", "2026-03-29T00:00+01:00", "2026-03-29"),
        ("Europe/Berlin", "2026-03-29T03:00+02:00", "2026-03-29"),
    ],
)
def test_a_mark_belongs_to_the_date_on_the_persons_own_wall(zone, local, day):
    at = datetime.fromisoformat(local)
    offset = at.utcoffset()
    assert at.astimezone(ZoneInfo(zone)).utcoffset() == offset

    made = operation(at=at, zone=zone, utc_offset_min=offset // timedelta(minutes=1))

    assert made.local_date == date.fromisoformat(day)


def test_a_second_mark_on_the_same_place_replaces_the_first_that_day():
    (check_in,) = check_ins_of([operation(touched=7), operation(touched=6, by_itself=2)])

    assert levels_of(check_in) == {("neck", "left"): (6, 2)}


def test_the_order_of_the_record_counts_and_not_the_clock():
    an_hour_back = operation(touched=5, at=NOON - timedelta(hours=1))

    (check_in,) = check_ins_of([operation(touched=7), an_hour_back])

    assert levels_of(check_in) == {("neck", "left"): (5, None)}


def test_left_and_right_are_two_marks():
    (check_in,) = check_ins_of(
        [operation(side="left", touched=7), operation(side="right", touched=2)]
    )

    assert levels_of(check_in) == {("neck", "left"): (7, None), ("neck", "right"): (2, None)}


def test_a_cleared_mark_is_gone_from_the_check_in_but_the_day_stays():
    (check_in,) = check_ins_of([operation(), operation(touched=None)])

    assert check_in.marks == ()
    assert check_in.id == "2026-11-22"


def test_check_ins_come_oldest_date_first_whatever_order_they_were_made_in():
    late = operation(at=NOON - timedelta(days=1))

    assert [check_in.id for check_in in check_ins_of([operation(), late])] == [
        "2026-11-21",
        "2026-11-22",
    ]


def test_a_check_in_starts_with_its_first_mark():
    first = operation(at=NOON, zone="Asia/Kathmandu", utc_offset_min=345)

    (check_in,) = check_ins_of([first, operation(at=NOON + timedelta(minutes=5))])

    assert (check_in.started_at, check_in.zone, check_in.utc_offset_min) == (
        NOON,
        "Asia/Kathmandu",
        345,
    )


def test_flying_west_over_midnight_shows_each_mark_on_one_day_only():
    tokyo = operation("neck", at=NOON + timedelta(hours=4), zone="Asia/Tokyo", utc_offset_min=540)
    honolulu = operation(
        "knee", at=NOON + timedelta(hours=9), zone="Pacific/Honolulu", utc_offset_min=-600
    )

    days = {check_in.id: list(levels_of(check_in)) for check_in in check_ins_of([tokyo, honolulu])}

    assert days == {"2026-11-22": [("knee", "left")], "2026-11-23": [("neck", "left")]}


def test_a_record_refuses_one_id_for_two_operations():
    made = operation()

    with pytest.raises(InvalidValue):
        Record((made, made))


@given(any_operations())
def test_every_operation_is_in_exactly_one_check_in_and_each_place_shows_its_last(operations):
    check_ins = check_ins_of(operations)

    last = {(made.local_date, made.is_again, made.place): made for made in operations}
    expected = {
        key: (made.touched_nrs, made.by_itself_nrs)
        for key, made in last.items()
        if not made.is_cleared
    }
    seen = {
        (check_in.local_date, is_again, mark.place): (mark.touched_nrs, mark.by_itself_nrs)
        for check_in in check_ins
        for is_again, marks in ((False, check_in.marks), (True, check_in.again))
        for mark in marks
    }
    assert seen == expected
    assert [check_in.local_date for check_in in check_ins] == sorted(
        {made.local_date for made in operations}
    )


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_no_message_shows_more_than_40_plain_characters_of_a_value(value):
    assert len(shown(value)) <= 40
    assert shown(value).isascii()
    assert shown(value).isprintable()
