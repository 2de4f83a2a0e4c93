"""The record as a file: what is written comes back, the same to the byte."""

import json
import re
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import NOON, answers, any_statements, area_shaded, operation, stroke

from bodymap.exchange.record_json import MAX_BYTES, RecordFileError, dump, dump_in_parts, parse
from bodymap.records import (
    Details,
    MarkOperation,
    Record,
    StrokeOperation,
    Tried,
    open_store,
)

EVERYTHING = (
    operation(
        details=Details(
            qualities=("burning",),
            own_word="hot",
            course="constant",
            depth="deep",
            certainty="about",
            note="n",
        )
    ),
    operation(zone="UTC"),
    operation(is_again=True),
    stroke(nrs=3, quality="tight", is_there=False),
    area_shaded(is_again=True),
    answers(
        worst_nrs=9,
        least_nrs=1,
        sleep_nrs=2,
        fatigue_nrs=3,
        mood_nrs=4,
        tried=(Tried("walk", "yes"), Tried("rest")),
        journal="j",
    ),
)
ROOT = Path(__file__).parents[2]
FORMAT_PAGE = ROOT / "docs" / "RECORD_FORMAT.md"
SERVER = ROOT / ".streamlit" / "config.toml"


def test_an_empty_record_is_a_file_too():
    assert parse(dump(Record())) == Record()


def test_superseded_and_cleared_marks_are_in_the_file():
    record = Record((operation(touched=7), operation(touched=6), operation(touched=None)))

    assert parse(dump(record)) == record


def test_no_pain_and_no_answer_stay_apart():
    record = Record(
        (operation("neck", touched=0, by_itself=None), operation("knee", touched=None, by_itself=0))
    )

    read = parse(dump(record)).operations

    assert [(made.touched_nrs, made.by_itself_nrs) for made in read] == [(0, None), (None, 0)]


def test_a_mark_keeps_its_own_zone_when_the_day_spans_two():
    record = Record(
        (
            operation(zone="Europe/Berlin", utc_offset_min=60),
            operation(zone="Asia/Kathmandu", utc_offset_min=345),
        )
    )

    assert [made.zone for made in parse(dump(record)).operations] == [
        "Europe/Berlin",
        "Asia/Kathmandu",
    ]


def test_a_place_that_no_map_has_is_kept():
    record = Record((operation("a-place-of-next-year"),))

    assert parse(dump(record)) == record


def test_a_byte_order_mark_does_no_harm():
    record = Record((operation(),))

    assert parse(b"\xef\xbb\xbf" + dump(record)) == record


def test_a_statement_that_stands_there_twice_counts_once():
    made = operation()
    twice = json.loads(dump(Record((made,))))
    twice["check_ins"][0]["statements"] *= 2

    assert parse(json.dumps(twice).encode()) == Record((made,))


def test_check_ins_in_another_order_are_the_same_record():
    record = Record((operation(), operation(at=NOON + timedelta(days=3))))
    turned = json.loads(dump(record))
    turned["check_ins"].reverse()

    assert parse(json.dumps(turned).encode()) == record


def test_the_file_says_nothing_about_who_or_when_it_was_saved():
    names = set(re.findall(r'"(\w+)":', dump(Record(EVERYTHING)).decode()))

    assert names == {
        *("format", "version", "check_ins", "local_date", "zone", "statements", "kind", "id", "at"),
        *("target", "side", "touched_nrs", "by_itself_nrs", "qualities", "own_word", "course"),
        *("depth", "certainty", "note", "stroke_id", "view", "tool", "points", "width_mm", "area"),
        *("quality", "nrs", "is_there", "worst_nrs", "least_nrs", "sleep_nrs", "fatigue_nrs"),
        *("mood_nrs", "tried", "what", "helped", "journal", "is_again"),
    }


def test_the_example_in_the_documents_is_a_record_and_written_as_we_write():
    example = (
        re.search(r"```json\n(.*?)```", FORMAT_PAGE.read_text("utf-8"), re.DOTALL).group(1).encode()
    )

    assert dump(parse(example)) == example


def test_every_name_in_the_file_is_explained_in_the_documents():
    for name in re.findall(r'"(\w+)":', dump(Record(EVERYTHING)).decode()):
        assert f"`{name}`" in FORMAT_PAGE.read_text("utf-8")


@given(any_statements())
@settings(max_examples=300)
def test_every_record_comes_back_from_its_file_to_the_byte(operations):
    record = Record(tuple(operations))
    written = dump(record)

    read = parse(written)

    assert read == record
    assert dump(read) == written


@given(any_statements())
@settings(max_examples=300)
def test_no_side_is_lost_or_turned_on_the_way_through_a_file_and_mirroring_twice_is_nothing(
    statements,
):
    record = Record(tuple(statements))
    mirrored = Record(tuple(map(mirror, record.operations)))

    through_a_file = parse(dump(mirrored))

    assert through_a_file == mirrored
    assert Record(tuple(map(mirror, through_a_file.operations))) == record


def mirror(statement):
    """Return a statement about the other half of the body."""
    sides = {"left": "right", "right": "left", "midline": "midline", "": ""}
    match statement:
        case MarkOperation():
            return replace(statement, side=sides[statement.side])
        case StrokeOperation():
            points = tuple((-x, y) for x, y in statement.points)
            return replace(statement, side=sides[statement.side], points=points)
    return statement


@given(any_statements(), st.integers(600, 3000))
@settings(max_examples=100)
def test_a_record_in_parts_is_the_record_again_when_they_meet(statements, max_bytes):
    record = Record(tuple(statements))

    parts = dump_in_parts(record, max_bytes=max_bytes)

    read = [parse(part.content) for part in parts]
    days = [check_in.id for part in read for check_in in part.check_ins]
    assert days == [check_in.id for check_in in record.check_ins]
    assert [part.last for part in parts] == [
        part.check_ins[-1].local_date if part.check_ins else None for part in read
    ]
    for part, again in zip(parts, read, strict=True):
        assert len(part.content) <= max_bytes or len(again.check_ins) == 1
    assert tuple(made for part in read for made in part.operations) == record.operations


def test_a_record_that_fits_is_one_part():
    record = Record(EVERYTHING)

    assert [part.content for part in dump_in_parts(record)] == [dump(record)]
    assert [part.content for part in dump_in_parts(Record())] == [dump(Record())]
    three_days = Record(tuple(operation(at=NOON + timedelta(days=day)) for day in range(3)))
    whole = dump(three_days)
    assert [part.content for part in dump_in_parts(three_days, max_bytes=len(whole))] == [whole]
    assert len(dump_in_parts(three_days, max_bytes=len(whole) - 1)) == 2


def test_files_of_the_first_version_are_still_read():
    first = {
        "format": "bodymap-record",
        "version": 1,
        "check_ins": [
            {
                "local_date": "2026-11-22",
                "zone": "Europe/Berlin",
                "marks": [
                    {
                        "id": "0b5c7f0e-6a3d-4f0e-9c55-0d6f3c8f2a11",
                        "target": "neck",
                        "side": "left",
                        "touched_nrs": 7,
                        "by_itself_nrs": None,
                        "at": "2026-11-22T13:00:00.000+01:00",
                    }
                ],
            }
        ],
    }

    record = parse(json.dumps(first).encode())

    assert record.operations == (operation(touched=7, id="0b5c7f0e-6a3d-4f0e-9c55-0d6f3c8f2a11"),)
    assert parse(dump(record)) == record


def test_a_late_entry_stands_with_its_day_and_not_with_the_day_it_was_made():
    late = operation(day=NOON.date() - timedelta(days=2))
    content = json.loads(dump(Record((late,))))

    assert [day["local_date"] for day in content["check_ins"]] == ["2026-11-20"]
    assert parse(json.dumps(content).encode()).operations == (late,)


def test_only_what_was_made_again_says_so_in_the_file():
    again = (operation(is_again=True), stroke(is_again=True))

    assert dump(Record((operation(), stroke(), *again))).count(b'"is_again": true') == 2
    assert b"is_again" not in dump(Record((operation(), stroke())))


@given(any_statements())
@settings(max_examples=50)
def test_a_file_merged_into_an_empty_store_is_the_same_file_again(operations):
    written = dump(Record(tuple(operations)))

    with open_store("sqlite://") as store:
        store.merge("local", parse(written))
        again = dump(store.record("local"))

    assert again == written


VALID = dump(
    Record(
        (
            *EVERYTHING,
            operation("whole-body", "midline", touched=None, by_itself=4, zone="UTC"),
            operation("knee", "right", at=NOON + timedelta(days=1)),
            operation("knee", day=NOON.date() - timedelta(days=1)),
        )
    )
)
NAMES = sorted(set(re.findall(r'"(\w+)":', VALID.decode())) - {"format", "version", "check_ins"})


@st.composite
def broken_files(draw):
    """A valid file with bytes changed, cut out, doubled or put in."""
    data = bytearray(VALID)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        match draw(st.sampled_from(["change", "cut", "double", "put"])):
            case "change" if start < len(data):
                data[start] = draw(st.integers(0, 255))
            case "cut":
                del data[start:end]
            case "double":
                data[end:end] = data[start:end]
            case "put":
                data[start:start] = draw(
                    st.binary(max_size=6)
                    | st.sampled_from(
                        [b"true", b"NaN", b"1e999", b"5.0", b"null", b"[", b"{}", b"\\ud800", b'"']
                    )
                )
    return bytes(data)


@given(broken_files() | st.binary(max_size=200))
@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_to_a_file_it_is_refused_in_a_sentence_or_a_valid_record(data):
    try:
        record = parse(data)
    except RecordFileError as error:
        assert len(str(error)) <= 200
        assert str(error).isascii()
        assert str(error).isprintable()
        assert str(error).endswith(".")
    else:
        assert parse(dump(record)) == record


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["check_ins", "check_in", "statement", "extra", *NAMES]),
    st.integers(0, len(EVERYTHING) - 1),
)
@settings(max_examples=500)
def test_any_other_value_in_any_field_is_refused_in_a_sentence_or_valid(value, field, number):
    content = json.loads(VALID)
    check_in = content["check_ins"][1]
    match field:
        case "check_ins":
            content["check_ins"] = value
        case "check_in":
            content["check_ins"][1] = value
        case "local_date" | "statements":
            check_in[field] = value
        case "statement":
            check_in["statements"][number] = value
        case "what" | "helped":
            check_in["statements"][-2]["tried"][0][field] = value
        case _:
            check_in["statements"][number][field] = value

    try:
        record = parse(json.dumps(content).encode())
    except RecordFileError as error:
        assert len(str(error)) <= 200
        assert "check_ins" in str(error) or "deeper" in str(error)
    else:
        assert parse(dump(record)) == record


def a_full_day(at=NOON):
    """Return what the limit was chosen by: 20 marks, 15 strokes of 60 places, three answers."""
    details = Details(qualities=("burning", "tight"), note="worse after sitting long")
    places = tuple((-900 + 7 * n, 1500 - 13 * n) for n in range(60))
    return [
        *(operation("rhomboid-major-upper", by_itself=3, at=at, details=details) for _ in range(4)),
        *(operation("rhomboid-major-upper", by_itself=3, at=at) for _ in range(16)),
        *(stroke(*places, nrs=6, quality="burning", at=at) for _ in range(15)),
        *(
            answers(
                worst_nrs=7, sleep_nrs=5, tried=(Tried("walk", "yes"),), journal="x" * 200, at=at
            )
            for _ in range(3)
        ),
    ]


def test_a_year_and_a_half_with_everything_on_every_day_fits_in_a_file():
    one_day = len(dump(Record(tuple(a_full_day())))) - len(dump(Record()))

    assert 15_000 < one_day < MAX_BYTES / (1.5 * 365)


def test_a_file_that_is_full_is_read_without_filling_the_memory():
    days = [a_full_day(NOON - timedelta(days=number)) for number in range(60)]
    written = dump(Record(tuple(made for day in days for made in day)))
    days.clear()

    tracemalloc.start()
    record = parse(written)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(record.operations) == 60 * 38
    assert peak < 15 * len(written)


def test_four_years_of_twenty_marks_a_day_fit_in_a_file():
    days = 4 * 365
    made = (
        operation(
            "rhomboid-major-upper", at=NOON - timedelta(days=day), touched=mark % 11, by_itself=10
        )
        for day in range(days)
        for mark in range(20)
    )

    written = dump(Record(tuple(made)))

    assert len(written) < MAX_BYTES
    assert len(parse(written).operations) == days * 20
