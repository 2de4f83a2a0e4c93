"""Files that no record is: each is refused whole, in one sentence that names what and where."""

import json
import re
import tracemalloc
from time import process_time

import pytest
from marking import operation
from sampling import sample

from bodymap.exchange.record_json import MAX_BYTES, RecordFileError, dump, parse
from bodymap.records import Record

GOOD = {
    "id": "0b5c7f0e-6a3d-4f0e-9c55-0d6f3c8f2a11",
    "target": "neck",
    "side": "left",
    "touched_nrs": 7,
    "by_itself_nrs": None,
    "at": "2026-11-22T09:30:00.000+01:00",
}
OTHER_ID = "5e0f3d52-9a0c-4e9e-8a41-2f6f4f1f9a22"


def text(content):
    return json.dumps(content).encode()


def record(**changes):
    return {"format": "bodymap-record", "version": 1, "check_ins": []} | changes


def check_in(*marks, **changes):
    return {"local_date": "2026-11-22", "zone": "Europe/Berlin", "marks": list(marks)} | changes


def without_dots(values):
    return {name: value for name, value in values.items() if value is not ...}


def with_check_in(**changes):
    """Return a file whose only check-in has fields changed; ``...`` takes a field out."""
    return text(record(check_ins=[without_dots(check_in(GOOD, **changes))]))


def with_mark(**changes):
    """Return a file whose second mark has fields changed; ``...`` takes a field out."""
    mark = without_dots(GOOD | {"id": OTHER_ID} | changes)
    return text(record(check_ins=[check_in(GOOD, mark)]))


def with_raw(field, raw):
    """Return a file whose second mark holds bytes that json.dumps would not write."""
    return with_mark(**{field: "@@"}).replace(b'"@@"', raw)


VALID = text(record(check_ins=[check_in(GOOD)]))
NOT_JSON = "not whole JSON"

# What is wrong: the file, and words that the sentence must hold.
WHOLE_FILES = {
    "empty": (b"", "is empty"),
    "only spaces": (b" \n\t ", "is empty"),
    "larger than 10 MB": (b" " * (MAX_BYTES + 1), "larger than 10 MB"),
    "Latin-1": (VALID.replace(b"neck", b"n\xe4ck"), "not UTF-8 text (byte"),
    "a character cut in half": (VALID + b"\xe2\x82", "not UTF-8 text (byte"),
    "overlong UTF-8": (b'["\xc0\xaf"]', "not UTF-8 text (byte 2)"),
    "a surrogate in UTF-8": (b'["\xed\xa0\x80"]', "not UTF-8 text (byte 2)"),
    "two byte order marks": (b"\xef\xbb\xbf" * 2 + VALID, "a text file"),
    "cut short": (VALID[:-20], NOT_JSON),
    "two records": (VALID + VALID, "Extra data"),
    "a comment": (VALID + b"// mine", "Extra data"),
    "a comma too many": (VALID.replace(b"}]}]}", b"},]}]}"), NOT_JSON),
    "single quotes": (VALID.replace(b'"', b"'"), NOT_JSON),
    "a raw control character": (VALID.replace(b"neck", b"ne\0ck"), "Invalid control character"),
    "lists without an end": (b"[" * 300_000, "more entries"),
    "90,000 levels": (b"[" * 90_000 + b"]" * 90_000, "deeper than 8"),
    "9 levels": (b"[" * 9 + b"]" * 9, "deeper than 8"),
    "50 levels inside a field": (with_raw("target", b"[" * 50 + b"]" * 50), "deeper than 8"),
    "brackets that are in a text": (VALID.replace(b"neck", b"[" * 300_000), "id of a place"),
    "a million objects": (b"[" + b"{}," * 1_000_000 + b"{}]", "more entries"),
    "only closing brackets": (b"[]" + b"]" * 1_000_000, NOT_JSON),
    "quotes without an end": (b'["' + b'\\"' * 1_000_000, NOT_JSON),
}
OUTERMOST = {
    "another format": (text(record(format="fhir-bundle")), "JSON of another program"),
    "a list with numbers that are none": (b"[NaN]", "JSON of another program"),
    "a newer version": (text(record(version=3)), "of version 3, from a newer Bodymap"),
    "a far newer version": (text(record(version=10**300)), "of version a very long number"),
    "version 0": (text(record(version=0)), "version must be a whole number from 1, not 0"),
    "version true": (text(record(version=True)), "version must be a whole number from 1, not true"),
    "version 1.0": (text(record(version=1.0)), "version must be a whole number from 1, not 1.0"),
    "version as text": (
        text(record(version="1")),
        "version must be a whole number from 1, not '1'",
    ),
    "no version": (text(record(version=None)), "a whole number from 1, not nothing"),
    "no check-ins": (text({"format": "bodymap-record", "version": 1}), "check_ins is missing"),
    "check-ins null": (text(record(check_ins=None)), "check_ins must be a list, not nothing"),
    "check-ins an object": (text(record(check_ins={})), "check_ins must be a list, not an object"),
    "an unknown name": (text(record(person="Anna")), "person is not part of version 1"),
    "a name twice": (VALID.replace(b"{", b'{"format": "bodymap-record",', 1), "has 'format' twice"),
}
DAYS = {
    "a day as text": (
        text(record(check_ins=["today"])),
        "check_ins[0] must be an object, not text",
    ),
    "no date": (with_check_in(local_date=...), "check_ins[0].local_date is missing"),
    "a date as a number": (with_check_in(local_date=20261122), "[0].local_date must be text"),
    "a date as in Germany": (with_check_in(local_date="22.11.2026"), "must be a date from 1900"),
    "a date without hyphens": (with_check_in(local_date="20261122"), "must be a date from 1900"),
    "a week": (with_check_in(local_date="2026-W47-7"), "must be a date from 1900"),
    "no such date": (with_check_in(local_date="2026-02-30"), "must be a date from 1900"),
    "a date long ago": (with_check_in(local_date="0001-01-01"), "must be a date from 1900"),
    "later than its marks": (
        with_check_in(local_date="2026-11-23"),
        "check_ins[0].marks[0].at lies before the local_date",
    ),
    "earlier than its marks": (
        with_check_in(local_date="2026-11-21"),
        "check_ins[0].marks[0].at is not on the local_date",
    ),
    "no zone": (with_check_in(zone=...), "check_ins[0].zone is missing"),
    "a zone null": (with_check_in(zone=None), "check_ins[0].zone must be text, not nothing"),
    "an unknown zone": (with_check_in(zone="Mars/Olympus"), "[0].zone is no time zone known here"),
    "a zone as a path": (with_check_in(zone="../../etc/passwd"), "[0].zone is no time zone known"),
    "no marks": (with_check_in(marks=...), "check_ins[0].marks is missing"),
    "an empty day": (with_check_in(marks=[]), "check_ins[0].marks is empty"),
    "marks null": (with_check_in(marks=None), "check_ins[0].marks must be a list"),
    "a note": (with_check_in(note="bad night"), "check_ins[0].note is not part of version 1"),
    "one date twice": (
        text(record(check_ins=[check_in(GOOD), check_in(GOOD | {"id": OTHER_ID})])),
        "check_ins[1].local_date is that of an earlier check-in",
    ),
}

MARK = "check_ins[0].marks[1]"
NO_PLACE = "must be the id of a place, not "
NO_TIME = "must be a time with its offset"
NO_YEAR = "must lie in the years 1900 to 2199"
NO_ZONE = "is no time zone known here"
WHOLE = "must be a whole number"

# A field of a mark, a value that JSON can write, and the words after its path.
VALUES = [
    *((name, ..., "is missing") for name in GOOD),
    ("note", "hello", "is not part of version 1"),
    ("id", 5, "must be text, not 5"),
    ("id", "1", "must be a UUID in lower case, not '1'"),
    ("id", OTHER_ID.upper(), "must be a UUID in lower case"),
    ("target", None, "must be text, not nothing"),
    ("target", "", f"{NO_PLACE}''"),
    ("target", "Neck", NO_PLACE),
    ("target", "../../etc/passwd", NO_PLACE),
    ("target", "a" * 5000, NO_PLACE),
    ("target", "neck\0", rf"{NO_PLACE}'neck\x00'"),
    ("target", "\x1b[2J", rf"{NO_PLACE}'\x1b[2J'"),
    ("target", "\u202eneck", rf"{NO_PLACE}'\u202eneck'"),
    ("target", "\ud83d", rf"{NO_PLACE}'\ud83d'"),
    ("target", "<img src=x onerror=alert(1)>", NO_PLACE),
    ("side", None, "must be text, not nothing"),
    ("side", "both", "must be left, right or midline, not 'both'"),
    ("side", "Left", "must be left, right or midline"),
    ("touched_nrs", 11, f"{WHOLE} from 0 to 10 or empty, not 11"),
    ("touched_nrs", -1, f"{WHOLE} from 0 to 10 or empty, not -1"),
    ("by_itself_nrs", -1, f"{WHOLE} from 0 to 10 or empty, not -1"),
    ("touched_nrs", 2**63, f"{WHOLE} from 0 to 10"),
    ("touched_nrs", 10**300, f"{WHOLE} from 0 to 10 or empty, not a very long number"),
    ("touched_nrs", 5.0, f"{WHOLE}, not 5.0"),
    ("touched_nrs", 5.5, f"{WHOLE}, not 5.5"),
    ("touched_nrs", float("nan"), f"{WHOLE}, not nan"),
    ("touched_nrs", float("-inf"), f"{WHOLE}, not -inf"),
    ("touched_nrs", True, f"{WHOLE}, not true"),
    ("by_itself_nrs", False, f"{WHOLE}, not false"),
    ("touched_nrs", "5", f"{WHOLE}, not '5'"),
    ("touched_nrs", "５", rf"{WHOLE}, not '\uff15'"),
    ("touched_nrs", [5], f"{WHOLE}, not a list"),
    ("at", None, "must be text, not nothing"),
    ("at", 1795336200, "must be text, not 1795336200"),
    ("at", "", NO_TIME),
    ("at", "2026-11-22", NO_TIME),
    ("at", "2026-11-22T09:30:00.000", NO_TIME),
    ("at", "2026-11-22T09:30:00.000Z", NO_TIME),
    ("at", "2026-11-22 09:30:00.000+01:00", NO_TIME),
    ("at", "2026-11-22T24:00:00+01:00", NO_TIME),
    ("at", "2026-11-22T23:59:60+01:00", NO_TIME),
    ("at", "2026-02-30T09:30:00+01:00", NO_TIME),
    ("at", "２０２６-11-22T09:30:00+01:00", NO_TIME),
    ("at", "2026-11-22T09:30:00.000001+01:00", NO_TIME),
    ("at", "2026-11-22T09:30:00+01:00:30", NO_TIME),
    ("at", "2026-11-22T09:30:00+00:75", NO_TIME),
    ("at", "2026-11-22T09:30:00+19:00", "must be whole minutes from -1080 to 1080"),
    ("at", "12026-11-22T09:30:00+01:00", NO_TIME),
    ("at", "0000-01-01T00:00:00+00:00", NO_TIME),
    ("at", "0001-01-01T00:00:00+14:00", NO_YEAR),
    ("at", "9999-12-31T23:59:59-12:00", NO_YEAR),
    ("zone", "Mars/Olympus", f"{NO_ZONE}: 'Mars/Olympus'"),
    ("zone", "", f"{NO_ZONE}: ''"),
    ("zone", "Europe/Berlin ", NO_ZONE),
]
MARKS = {
    "a mark as a number": (
        text(record(check_ins=[check_in(GOOD, 7)])),
        f"{MARK} must be an object",
    ),
    "a mark null": (text(record(check_ins=[check_in(GOOD, None)])), f"{MARK} must be an object"),
    "an id for two marks": (
        with_mark(id=GOOD["id"], touched_nrs=1),
        f"{MARK}.id already stands for another statement in this file",
    ),
    "a name in capitals": (with_mark(Side="left"), f"{MARK}.'Side' is not part of version 1"),
    "a very long name": (with_mark(**{"x" * 5000: 1}), "is not part of version 1"),
    "a name in two lines": (with_mark(**{"a\nb": 1}), rf"{MARK}.'a\nb' is not part of version 1"),
    "a name of half a character": (with_mark(**{"\ud800": 1}), f"{MARK} can't be read"),
    "a level twice": (with_raw("side", b'"left", "side": "right"'), f"{MARK} has 'side' twice"),
    "a level of 1e0": (with_raw("touched_nrs", b"1e0"), f"{MARK}.touched_nrs {WHOLE}, not 1.0"),
    "a level of 1e999": (with_raw("touched_nrs", b"1e999"), f"{MARK}.touched_nrs {WHOLE}, not inf"),
    "a level of 5,000 digits": (with_raw("touched_nrs", b"9" * 5000), "far too long"),
    "a level of 05": (with_raw("touched_nrs", b"05"), NOT_JSON),
    "a level of +5": (with_raw("touched_nrs", b"+5"), NOT_JSON),
    "a level of 0x5": (with_raw("touched_nrs", b"0x5"), NOT_JSON),
} | {
    f"{field} {value!a:.30}": (with_mark(**{field: value}), f"{MARK}.{field} {words}")
    for field, value, words in VALUES
}

# The second version: statements of three kinds.

SAID = {
    "mark": without_dots(GOOD | {"kind": "mark", "id": OTHER_ID}),
    "stroke": {
        "kind": "stroke",
        "id": OTHER_ID,
        "stroke_id": "c3a8a9de-5f0b-4f0c-b1a6-7d1f0e6b5c33",
        "view": "back",
        "tool": "brush",
        "width_mm": 28,
        "points": [-120, 300, -90, 320],
        "at": GOOD["at"],
    },
    "answers": {"kind": "answers", "id": OTHER_ID, "journal": "x", "at": GOOD["at"]},
}
AREA = {"tool": "area", "points": ..., "width_mm": ..., "area": "neck", "side": "left"}
STATEMENT = "check_ins[0].statements[1]"


def with_statements(*statements):
    """Return a file of version 2 with these statements."""
    day = {"local_date": "2026-11-22", "zone": "Europe/Berlin", "statements": statements}
    return text(record(version=2, check_ins=[day]))


def second(kind, /, **changes):
    """Return a file of version 2 whose second statement has fields changed or taken out."""
    return with_statements(GOOD | {"kind": "mark"}, without_dots(SAID[kind] | changes))


NO_WORDS = "must not hold control characters"
PAIRS = "must be pairs of"

SAID_VALUES = [
    *(("stroke", name, ..., "is missing") for name in ("id", "stroke_id", "view", "tool", "at")),
    *(("mark", name, ..., "is missing") for name in GOOD),
    ("answers", "id", ..., "is missing"),
    ("mark", "kind", ..., "must be mark or stroke or answers"),
    ("mark", "kind", "note", "must be mark or stroke or answers"),
    ("mark", "kind", ["mark"], "must be mark or stroke or answers"),
    ("mark", "journal", "x", "is not part of version 2"),
    ("stroke", "touched_nrs", 3, "is not part of version 2"),
    ("answers", "note", "x", "is not part of version 2"),
    ("answers", "day", "2026-11-21", "is not part of version 2"),
    ("mark", "at", "2026-11-21T23:59:00+01:00", "lies before the local_date"),
    ("mark", "qualities", "burning", "must be a list"),
    ("mark", "qualities", ["burning", "burning"], "must each come once"),
    ("mark", "qualities", ["hot"], "must be one of the qualities, not 'hot'"),
    ("mark", "own_word", "a" * 61, "must have at most 60 characters"),
    ("mark", "own_word", 5, "must be text"),
    ("mark", "course", "sometimes", "must be constant or comes-and-goes"),
    ("mark", "course", True, "must be text"),
    ("mark", "depth", "", "must be surface or deep, not ''"),
    ("mark", "certainty", "maybe", "must be exactly or about"),
    ("mark", "note", "a" * 501, "must have at most 500 characters"),
    ("mark", "note", "a\0b", NO_WORDS),
    ("mark", "note", "a\x1b[2J", NO_WORDS),
    ("mark", "note", "a\r\nb", NO_WORDS),
    ("mark", "note", "a\u2028b", NO_WORDS),
    ("mark", "note", "\ud83d", NO_WORDS),
    ("mark", "note", None, "must be text, not nothing"),
    ("stroke", "stroke_id", "1", "must be a UUID"),
    ("stroke", "view", "left", "must be back or front"),
    ("stroke", "tool", "pen", "must be brush, eraser, area"),
    ("stroke", "points", ..., "must be 1 to 400 places"),
    ("stroke", "points", [], "must be 1 to 400 places"),
    ("stroke", "points", [0, 0] * 401, "must be 1 to 400 places"),
    ("stroke", "points", [0, 0, 0], PAIRS),
    ("stroke", "points", [0, 4001], PAIRS),
    ("stroke", "points", [-(10**300), 0], PAIRS),
    ("stroke", "points", "0,0", "must be a list"),
    ("stroke", "points", {"x": 0}, "must be a list, not an object"),
    ("stroke", "width_mm", 30, "must be one of"),
    ("stroke", "width_mm", ..., "must be one of"),
    ("stroke", "width_mm", 28.0, "must be a whole number, not 28.0"),
    ("stroke", "area", "neck", "must be empty for a line"),
    ("stroke", "side", "left", "must be empty for a line"),
    ("stroke", "quality", "hot", "must be one of the qualities"),
    ("stroke", "nrs", 11, "must be a whole number from 0 to 10"),
    ("stroke", "is_there", 0, "must be true or false, not 0"),
    ("stroke", "is_there", None, "must be true or false, not nothing"),
    ("answers", "worst_nrs", -1, "must be a whole number from 0 to 10"),
    ("answers", "mood_nrs", True, "must be a whole number, not true"),
    ("answers", "journal", "a" * 2001, "must have at most 2000 characters"),
    ("answers", "journal", "a\x85b", NO_WORDS),
    ("answers", "tried", {}, "must be a list, not an object"),
    ("answers", "tried", [{"what": str(n)} for n in range(31)], "must be a list of at most 30"),
    ("answers", "tried", [{"what": "a"}, {"what": "a"}], "must name each thing once"),
]
STATEMENTS = {
    f"{kind} {field} {value!a:.30}": (
        second(kind, **{field: value}),
        f"{STATEMENT}.{field} {words}",
    )
    for kind, field, value, words in SAID_VALUES
} | {
    "a statement as text": (with_statements("x"), "statements[0] must be an object"),
    "no statements": (with_statements(), "statements is empty"),
    "marks in version 2": (
        text(record(version=2, check_ins=[check_in(GOOD)])),
        "check_ins[0].statements is missing",
    ),
    "statements in version 1": (
        second("mark").replace(b'"version": 2', b'"version": 1'),
        "check_ins[0].marks is missing",
    ),
    "a point of 1.5": (second("stroke", points=[1.5, 2]), ".points must be pairs of whole"),
    "points in lists": (second("stroke", points=[[1], [2]]), ".points must be pairs of whole"),
    "a thing without a name": (second("answers", tried=[{}]), ".tried[0].what is missing"),
    "a thing of spaces": (second("answers", tried=[{"what": " "}]), ".tried[0].what must not be"),
    "a thing in two words": (
        second("answers", tried=[{"what": "a\0"}]),
        f".tried[0].what {NO_WORDS}",
    ),
    "help of a kind": (
        second("answers", tried=[{"what": "a", "helped": "very"}]),
        ".tried[0].helped must be yes, a-little, no",
    ),
    "a cleared mark with a note": (
        second("mark", touched_nrs=None, note="x"),
        f"{STATEMENT} is cleared or made again, so it can't say more",
    ),
    "a mark made again with a note": (
        second("mark", is_again=True, note="x"),
        f"{STATEMENT} is cleared or made again, so it can't say more",
    ),
    "made again as a number": (second("stroke", is_again=1), ".is_again must be true or false"),
    "answers made again": (
        second("answers", is_again=True),
        ".is_again is not part of",
    ),
    "an area without a name": (second("stroke", **AREA | {"area": ...}), ".area must be the id of"),
    "an area without a side": (
        second("stroke", **AREA | {"side": ...}),
        ".side must be left, right",
    ),
    "an area with points": (second("stroke", **AREA | {"points": [0, 0]}), ".points must be empty"),
    "an eraser with a level": (
        second("stroke", tool="eraser", nrs=1),
        ".quality must be empty for",
    ),
    "an id of two kinds": (second("stroke", id=GOOD["id"]), "already stands for another statement"),
    "a kind twice": (
        second("answers").replace(b'"kind": "answers"', b'"kind": "mark", "kind": "answers"'),
        f"{STATEMENT} has 'kind' twice",
    ),
}

REFUSED = WHOLE_FILES | OUTERMOST | DAYS | MARKS | STATEMENTS

# As large as a file may be, and full of nothing.
FULL = MAX_BYTES - 1000
LARGE = {
    "numbers": b"[" + b"0," * (FULL // 2) + b"0]",
    "as many numbers as may be": b"[" + b"0," * (FULL // 4) + b"0]",
    "long numbers": b"[" + b"300," * (FULL // 4) + b"0]",
    "names": b"{" + b",".join(b'"%d":0' % number for number in range(FULL // 12)) + b"}",
    "as many names as may be": (
        b"{" + b",".join(b'"%d":0' % number for number in range(FULL // 24)) + b"}"
    ),
    "objects of many names": (
        b"[" + b",".join([b"{" + b",".join(b'"%d":0' % n for n in range(60)) + b"}"] * 7000) + b"]"
    ),
    "check-ins of numbers": text(record()).replace(b"[]", b"[" + b"300," * (FULL // 4) + b"0]"),
    "a long text": with_raw("zone", b'"' + b"\\u0041" * (FULL // 6 - 200) + b'"'),
    "empty check-ins": text(record()).replace(b"[]", b"[" + b"{}," * 200_000 + b"{}]"),
    "marks of one id": text(record(check_ins=[check_in(*[GOOD] * 15_000, 7)])),
    "a line without an end": second("stroke", points=[1000] * (FULL // 6)),
    "strokes of one id": with_statements(*[SAID["stroke"]] * 15_000, 7),
} | {name: data for name, (data, _) in WHOLE_FILES.items() if len(data) > 100_000}


def test_the_file_that_all_these_are_made_from_is_a_record():
    assert len(parse(with_mark()).operations) == 2


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_refused_in_one_short_sentence_that_names_what_and_where(data, words):
    with pytest.raises(RecordFileError) as refusal:
        parse(data)

    sentence = str(refusal.value)
    assert words in sentence
    assert len(sentence) <= 200
    assert sentence.isascii()
    assert sentence.isprintable()
    assert re.fullmatch(r"[^\n]+\.", sentence)


@pytest.mark.parametrize("data", LARGE.values(), ids=LARGE)
def test_refused_within_two_seconds_of_work_however_large(data):
    begin = process_time()
    with pytest.raises(RecordFileError):
        parse(data)

    assert process_time() - begin < 2


@pytest.mark.parametrize("name", sample(list(LARGE)[::4], of=LARGE))
def test_refused_without_filling_the_memory(name):
    tracemalloc.start()
    with pytest.raises(RecordFileError):
        parse(LARGE[name])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 150e6


def test_every_kind_of_statement_that_these_are_made_from_is_one():
    for kind in SAID:
        assert len(parse(second(kind)).operations) == 2


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("mark", {"own_word": "my-secret" * 7}),
        ("mark", {"note": "my-secret\0"}),
        ("mark", {"note": ["my-secret"]}),
        ("answers", {"journal": "my-secret" * 300}),
        ("answers", {"journal": {"my": "my-secret"}}),
        ("answers", {"tried": [{"what": "my-secret" * 5}]}),
        ("answers", {"tried": ["my-secret"]}),
        ("answers", {"journal": "my-secret", "mood_nrs": 11}),
    ],
)
def test_no_word_that_a_person_wrote_is_repeated_in_a_refusal(kind, changes):
    with pytest.raises(RecordFileError) as refusal:
        parse(second(kind, **changes))

    assert "secret" not in str(refusal.value)


def test_no_content_of_a_refused_file_is_repeated_at_length():
    secret = "my-secret-" * 30

    for field in GOOD:
        with pytest.raises(RecordFileError) as refusal:
            parse(with_mark(**{field: secret + "!"}))
        assert secret[:41] not in str(refusal.value)


def test_a_larger_file_is_read_by_whoever_asks_for_it():
    data = dump(Record((operation(),))) + b" " * MAX_BYTES

    assert len(parse(data, max_bytes=2 * MAX_BYTES).operations) == 1
