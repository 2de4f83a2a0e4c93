"""The marks file: exact, or refused with the line named."""

import pytest

from bodymap.atlas import load
from bodymap.drawing import DrawnMark, MarksFileError, parse_marks

SLOTS = load().slots
GOOD = b"target_id,side,level\nrhomboid-minor,left,7\nsacrum,midline,0\ncalf,right,10\n"


def test_a_good_file_gives_its_marks_in_order():
    assert parse_marks(GOOD, SLOTS) == (
        DrawnMark("rhomboid-minor", "left", 7),
        DrawnMark("sacrum", "midline", 0),
        DrawnMark("calf", "right", 10),
    )


def test_files_from_a_spreadsheet_are_read_too():
    saved_by_excel = b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n")

    assert parse_marks(saved_by_excel, SLOTS) == parse_marks(GOOD, SLOTS)


def test_a_file_without_marks_is_no_fault():
    assert parse_marks(b"target_id,side,level\n", SLOTS) == ()


@pytest.mark.parametrize(
    "level", ["11", "-1", "+7", "07", "7.0", " 7", "7 ", "٧", "", "ten", "1e1"]
)
def test_a_level_is_a_plain_number_from_0_to_10(level):
    data = f"target_id,side,level\ncalf,left,{level}\n".encode()

    with pytest.raises(MarksFileError, match=r"^line 2, level: .* is not a whole number"):
        parse_marks(data, SLOTS)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "line 1 must be target_id,side,level"),
        (b"target,side,level\n", "line 1 must be target_id,side,level"),
        (b"target_id;side;level\n", "line 1 must be target_id,side,level"),
        (b"Target_id,side,level\n", "line 1 must be target_id,side,level"),
        (GOOD + b"nose,left,3\n", "line 5, target_id: there is no 'nose'"),
        (GOOD + b"sacrum,left,3\n", "line 5, target_id: sacrum has no left side"),
        (GOOD + b"calf,L,3\n", "line 5, side: 'L' is not one of left, midline, right"),
        (GOOD + b"calf,right,3\n", "line 5: calf right occurs twice"),
        (GOOD + b"calf,left\n", "line 5: has 2 fields, not 3"),
        (GOOD + b"calf,left,3,\n", "line 5: has 4 fields, not 3"),
        (GOOD + b"\n", "line 5: has 0 fields, not 3"),
        (GOOD + b'"calf,left,3\n', "line 5: unexpected end of data"),
        (b"\xff\xfe", "the marks file is not UTF-8 text"),
    ],
)
def test_anything_else_is_refused_naming_the_line(data, complaint):
    with pytest.raises(MarksFileError) as refusal:
        parse_marks(data, SLOTS)

    assert str(refusal.value) == complaint
