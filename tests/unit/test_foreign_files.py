"""A file of another kind where a record is expected: named, with what Bodymap opens instead."""

import io
import sqlite3
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import any_statements, operation
from PIL import Image

from bodymap.exchange.foreign_files import kind_of
from bodymap.exchange.record_json import (
    MAX_BYTES,
    RecordFileError,
    dump,
    dump_in_parts,
    file_name,
    parse,
)
from bodymap.records import Record, open_store

RECORD = dump(Record((operation(),)))


def picture(kind):
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, kind)
    return data.getvalue()


def zipped(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def open_document():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return data.getvalue()


def database(path, statement):
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    return path.read_bytes()


TYPES = {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<x/>" * 5000}
TABLE = "day;neck;back\n2026-11-21;7;3\n2026-11-22;6;2\n"
LETTER = "Dear doctor,\nI slept badly, and my neck hurts.\nWith kind regards, Anna\n"
HEIC = b"\0\0\0\x24ftypheic\0\0\0\0mif1heicMiPrmiaf" + b"\0\0\x01\x2fmeta" + b"\0" * 300
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"

KINDS = {
    "a CSV file": [
        b"target_id,side,level\nneck,left,7\n",
        TABLE.encode(),
        TABLE.replace("\n", "\r\n").encode("utf-8-sig"),
        TABLE.replace(";", "\t").replace("neck", "Rücken").encode("latin-1"),
        b'"a","note, with a comma"\r\n"1","2\r\n3"\r\n',
        ("day,neck\n" + "2026-11-21,7\n" * 100_000).encode(),
    ],
    "a PDF": [PDF, b"\n" * 100 + PDF],
    "a ZIP file": [zipped(**{"record.json": RECORD}), zipped()],
    "an Excel file": [zipped(**TYPES, **{"xl/workbook.xml": "<x/>" * 9000})],
    "a Word file": [zipped(**TYPES, **{"word/document.xml": "<x/>" * 9000})],
    "a PowerPoint file": [zipped(**TYPES, **{"ppt/presentation.xml": "<x/>"})],
    "an OpenDocument file": [open_document()],
    "an older office file": [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600],
    "a PNG picture": [picture("PNG")],
    "a JPEG picture": [picture("JPEG"), picture("JPEG") + b"\0" * (2 * MAX_BYTES)],
    "a GIF picture": [picture("GIF")],
    "a WebP picture": [picture("WEBP")],
    "a TIFF picture": [picture("TIFF")],
    "a HEIC picture": [HEIC],
    "an HTML page": [
        b"<!DOCTYPE html>\n<html><body>Please log in</body></html>",
        b"\xef\xbb\xbf<HTML><script>alert(1)</script>",
        b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
    "an XML file": [
        b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"><div>x</div></Bundle>',
        b"<gpx><trk/></gpx>",
    ],
    "a text file": [LETTER.encode(), LETTER.encode("latin-1"), b"not a record", b"5", b"null"],
    "an RTF text": [rb"{\rtf1\ansi Dear doctor}"],
    "a compressed file": [b"\x1f\x8b\x08" + b"\0" * 30],
    "JSON of another program": [
        b"{}",
        b"[]",
        b'{"resourceType": "Bundle", "entry": []}',
        b'[{"check_ins": []}]',
        b'{"format": ["bodymap-record"], "version": 2, "check_ins": []}',
    ],
}
EACH = [(kind, data) for kind, files in KINDS.items() for data in files]


@pytest.mark.parametrize(
    ("kind", "data"), EACH, ids=[f"{kind} {at}" for at, (kind, _) in enumerate(EACH)]
)
def test_a_file_of_another_kind_is_named_and_said_what_is_opened_instead(kind, data):
    with pytest.raises(RecordFileError) as refusal:
        parse(data)

    assert str(refusal.value) == f"This is {kind}. Bodymap opens the file that it saved itself."


def test_a_database_of_bodymaps_own_is_told_with_what_to_do(tmp_path):
    path = tmp_path / "record.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        store.apply("local", [operation()])

    with pytest.raises(RecordFileError) as refusal:
        parse(path.read_bytes())

    assert str(refusal.value) == (
        "This is the database in which Bodymap keeps a record, or a backup of it. Open here the"
        " file that you get with Save my record as a file, in Settings."
    )


def test_a_database_of_another_program_is_one(tmp_path):
    data = database(tmp_path / "photos.db", "CREATE TABLE photo (id INTEGER)")

    with pytest.raises(RecordFileError, match=r"^This is an SQLite database\. Bodymap opens"):
        parse(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_record_that_an_editor_saved_in_utf_16_is_told_with_what_to_do(encoding):
    with pytest.raises(RecordFileError) as refusal:
        parse(RECORD.decode().encode(encoding))

    assert str(refusal.value) == "This is text in UTF-16. Save it as UTF-8, and open it again."


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_told(data):
    with pytest.raises(RecordFileError, match=r"^The file is empty\.$"):
        parse(data)


@given(any_statements(max_size=4))
def test_no_record_is_taken_for_anything_else(operations):
    record = Record(tuple(operations))

    for data in (dump(record), *(one.content for one in dump_in_parts(record, max_bytes=300))):
        assert kind_of(data) is None
        assert kind_of(b"\xef\xbb\xbf" + data) is None


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_a_file_begins_with_it_is_refused_in_one_sentence(data):
    for file in (data, *(signed[:20] + data for _, (signed, *_) in KINDS.items())):
        with pytest.raises(RecordFileError) as refusal:
            parse(file)
        assert str(refusal.value).isascii()
        assert len(str(refusal.value)) <= 200


# What a saved file is called.


@pytest.mark.parametrize(
    ("at", "offset_min", "name"),
    [
        (datetime(2026, 11, 22, 9, 30, 5, tzinfo=UTC), 60, "2026-11-22-103005"),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), 60, "2026-11-23-003000"),
        (datetime(2026, 11, 22, 3, 0, tzinfo=UTC), -210, "2026-11-21-233000"),
        (datetime(2026, 12, 31, 11, 0, tzinfo=UTC), 840, "2027-01-01-010000"),
    ],
)
def test_a_saved_file_is_called_by_the_persons_own_date(at, offset_min, name):
    assert file_name(at, offset_min) == f"bodymap-record-{name}.json"
    assert file_name(at, offset_min, 2, 3) == f"bodymap-record-{name}-part-2-of-3.json"
