"""The marks file: exact, or refused with the line named."""

import pytest

from bodymap.atlas import load
from bodymap.drawing import DrawnMark, MarksFileError, parse_marks

SLOTS = load().slots
MUST, WHOLE = "must be target_id,side,level, but is", "is not a whole number from 0 to 10"
GOOD = b"target_id,side,level\nrhomboid-minor,left,7\nsacrum,midline,0\ncalf,right,10\n"


def test_a_good_file_gives_its_marks_in_order():
    assert parse_marks(GOOD, SLOTS) == (
        DrawnMark("rhomboid-minor", "left", 7),
        DrawnMark("sacrum", "midline", 0),
        DrawnMark("calf", "right", 10),
    )


AS_SPREADSHEETS_WRITE = {
    "a byte order mark and Windows line ends": b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n"),
    "semicolons": GOOD.replace(b",", b";"),
    "semicolons, mark, Windows": b"\xef\xbb\xbf" + GOOD.replace(b",", b";").replace(b"\n", b"\r\n"),
    "line ends of an old Mac": GOOD.replace(b"\n", b"\r"),
    "no line end at the end": GOOD.rstrip(),
    "quoted fields": GOOD.replace(b",", b'","').replace(b"\n", b'"\n"').join([b'"', b""])[:-1],
    "blank rows": b"\n\n" + GOOD.replace(b"\n", b"\n\n \n,,\n") + b"\r\n\r\n",
    "separators at the end": GOOD.replace(b"\n", b",\n"),
    "many of them": GOOD.replace(b",", b";").replace(b"\n", b";;;;\r\n") + b";;;;;;\r\n",
}


@pytest.mark.parametrize("data", AS_SPREADSHEETS_WRITE.values(), ids=AS_SPREADSHEETS_WRITE)
def test_files_are_read_as_spreadsheets_write_them(data):
    assert parse_marks(data, SLOTS) == parse_marks(GOOD, SLOTS)


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
        (b"", f"line 1 {MUST} missing"),
        (b"\xef\xbb\xbf\r\n\r\n", f"line 1 {MUST} missing"),
        (b"target,side,level\n", f"line 1 {MUST} 'target,side,level'"),
        (b"\nid;side\n", f"line 2 {MUST} 'id,side'"),
        (b"target_id\tside\tlevel\n", f"line 1 {MUST} 'target_id\\tside\\tlevel'"),
        (b"Target_id,side,level\n", f"line 1 {MUST} 'Target_id,side,level'"),
        (b"target_id,side,level,note\n", f"line 1 {MUST} 'target_id,side,level,note'"),
        (GOOD[21:], f"line 1 {MUST} 'rhomboid-minor,left,7'"),
        (("a" * 99 + "\u202e,side\n").encode(), f"line 1 {MUST} '{'a' * 36}..."),
        (GOOD + b"nose,left,3\n", "line 5, target_id: there is no 'nose'"),
        (GOOD + b"sacrum,left,3\n", "line 5, target_id: sacrum has no left side"),
        (GOOD + b"calf,L,3\n", "line 5, side: 'L' is not one of left, midline, right"),
        (GOOD + b"calf,right,3\n", "line 5: calf right occurs twice"),
        (GOOD + b"calf,left\n", "line 5: has 2 fields, not 3 as line 1 has them"),
        (GOOD + b"calf,left,3,4\n", "line 5: has 4 fields, not 3 as line 1 has them"),
        (GOOD + b"calf;left;3\n", "line 5: has 1 field, not 3 as line 1 has them"),
        (GOOD + b"\n\r\ncalf,left,\n", f"line 7, level: '' {WHOLE}"),
        (GOOD + b"calf,left,\xd9\xa7\n", f"line 5, level: '\\u0667' {WHOLE}"),
        (GOOD + b'"calf,left,3\nknee,left,1\n', "line 5: a quotation mark opens and is not closed"),
        (GOOD + b'"calf"x,left,3\n', "line 5: is no CSV"),
        (GOOD + b"a" * 200_000 + b"\n", "line 5: has a field that is far too long"),
        (GOOD + b'"ca\nlf",left,3\nknee,x\n', "line 5, target_id: there is no 'ca\\nlf'"),
        (b"\xff\xfe", "the marks file is not UTF-8 text"),
    ],
)
def test_anything_else_is_refused_naming_the_line(data, complaint):
    with pytest.raises(MarksFileError) as refusal:
        parse_marks(data, SLOTS)

    assert str(refusal.value) == complaint
