"""The record as a file: what is written comes back, the same to the byte."""

import json
import re
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import NOON, any_operations, operation

from bodymap.exchange.record_json import MAX_BYTES, RecordFileError, dump, parse
from bodymap.records import Record, open_store

FORMAT_PAGE = Path(__file__).parents[2] / "docs" / "RECORD_FORMAT.md"


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
    twice["check_ins"][0]["marks"] *= 2

    assert parse(json.dumps(twice).encode()) == Record((made,))


def test_check_ins_in_another_order_are_the_same_record():
    record = Record((operation(), operation(at=NOON + timedelta(days=3))))
    turned = json.loads(dump(record))
    turned["check_ins"].reverse()

    assert parse(json.dumps(turned).encode()) == record


def test_the_file_says_nothing_about_who_or_when_it_was_saved():
    names = set(re.findall(r'"(\w+)":', dump(Record((operation(),))).decode()))

    assert names == {
        *("format", "version", "check_ins", "local_date", "zone", "marks"),
        *("id", "target", "side", "touched_nrs", "by_itself_nrs", "at"),
    }


def test_the_example_in_the_documents_is_a_record_and_written_as_we_write():
    example = re.search(r"```json\n(.*?)```", FORMAT_PAGE.read_text(), re.DOTALL).group(1).encode()

    assert dump(parse(example)) == example


def test_every_name_in_the_file_is_explained_in_the_documents():
    made = operation(), operation(zone="UTC")

    for name in re.findall(r'"(\w+)":', dump(Record(made)).decode()):
        assert f"`{name}`" in FORMAT_PAGE.read_text()


@given(any_operations())
@settings(max_examples=300)
def test_every_record_comes_back_from_its_file_to_the_byte(operations):
    record = Record(tuple(operations))
    written = dump(record)

    read = parse(written)

    assert read == record
    assert dump(read) == written


@given(any_operations())
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
            operation("neck", touched=7),
            operation("whole-body", "midline", touched=None, by_itself=4, zone="UTC"),
            operation("knee", "right", at=NOON + timedelta(days=1)),
        )
    )
)


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
    st.sampled_from(
        ["check_ins", "check_in", "local_date", "zone", "marks", "mark", "id", "target"]
    )
    | st.sampled_from(["side", "touched_nrs", "by_itself_nrs", "at", "extra"]),
)
@settings(max_examples=500)
def test_any_other_value_in_any_field_is_refused_in_a_sentence_or_valid(value, field):
    content = json.loads(VALID)
    match field:
        case "check_ins":
            content["check_ins"] = value
        case "check_in":
            content["check_ins"][0] = value
        case "local_date" | "zone" | "marks":
            content["check_ins"][0][field] = value
        case "mark":
            content["check_ins"][0]["marks"][0] = value
        case _:
            content["check_ins"][0]["marks"][0][field] = value

    try:
        record = parse(json.dumps(content).encode())
    except RecordFileError as error:
        assert len(str(error)) <= 200
        assert "check_ins" in str(error) or "deeper" in str(error)
    else:
        assert parse(dump(record)) == record


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
