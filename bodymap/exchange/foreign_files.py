"""Files that are no record, recognised by their first bytes, so that a refusal can name them.

Only the beginning is looked at, whatever the size, and nothing of it is repeated.
"""

import codecs
import csv
import io
import re

from bodymap.records.sqlite_file import APPLICATION_ID

_BEGINNING = 4096
_ROWS = range(2, 6)  # so many lines with as many fields each are a table
_LONGEST_HEADING = 60

_SIGNATURES = (
    (rb"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (rb"\xff\xd8\xff", "a JPEG picture"),
    (rb".{4}ftyp(heic|heix|hevc|heim|heis|mif1|msf1)", "a HEIC picture"),
    (rb".{4}ftypavif", "an AVIF picture"),
    (rb"GIF8[79]a", "a GIF picture"),
    (rb"RIFF.{4}WEBP", "a WebP picture"),
    (rb"(II\*\0|MM\0\*)", "a TIFF picture"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older office file"),
    (rb"\x1f\x8b\x08", "a compressed file"),
    (rb"\{\\rtf", "an RTF text"),
    (rb".{0,1020}%PDF-", "a PDF"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", "an OpenDocument file"),
    (rb"PK(\x03\x04|\x05\x06|\x07\x08)", "a ZIP file"),
    (rb"SQLite format 3\0", "an SQLite database"),
)
_OFFICE = ((b"xl/", "an Excel file"), (b"word/", "a Word file"), (b"ppt/", "a PowerPoint file"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HTML = re.compile(r"<(!doctype html|html|head|body|script|div|p|table)\b", re.IGNORECASE)
_HTML_IN_XML = re.compile(r"<(!doctype )?html\b", re.IGNORECASE)
SAVED_ITSELF = "Bodymap opens the file that it saved itself."


def kind_of(data: bytes) -> str | None:
    """Return what a file is, such as "a CSV file"; None for JSON and for what is not recognised."""
    head = data[:_BEGINNING]
    for signature, name in _SIGNATURES:
        if re.match(signature, head, re.DOTALL):
            return _office(data) or name if name == "a ZIP file" else name
    if _is_utf16(head):
        return "text in UTF-16"
    # Another encoding than UTF-8 makes it no less a table or a letter.
    text = head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()
    if not text or text[0] in "{[" or _CONTROL.search(text):
        return None
    if text[0] == "<":
        page = _HTML_IN_XML if text.startswith("<?xml") else _HTML
        return "an HTML page" if page.search(text) else "an XML file"
    is_whole = len(data) <= _BEGINNING
    return "a CSV file" if _is_table(text, is_whole) else "a text file"


def why_no_record(data: bytes) -> str | None:
    """Return why a file of another kind can't be opened as a record, and what to do; else None."""
    kind = kind_of(data)
    if kind is None:
        return None
    if kind == "text in UTF-16":
        return "This is text in UTF-16. Save it as UTF-8, and open it again."
    if kind == "an SQLite database" and data[68:72] == APPLICATION_ID.to_bytes(4):
        return (
            "This is the database in which Bodymap keeps a record, or a backup of it. Open here the"
            " file that you get with Save my record as a file, in Settings."
        )
    return f"This is {kind}. {SAVED_ITSELF}"


def _office(data: bytes) -> str | None:
    """Return which office file a ZIP is: its parts are named in it, most often at the end."""
    parts = data[:_BEGINNING] + data[-_BEGINNING:]
    if b"[Content_Types].xml" not in parts:
        return None
    return next((name for part, name in _OFFICE if part in parts), None)


def _is_utf16(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    # Without its mark: each second byte of what is mostly ASCII is zero.
    pairs = head[: len(head) // 2 * 2]
    return len(pairs) >= 8 and any(
        pairs[at::2].count(0) > 0.9 * len(pairs[at::2]) and 0 not in pairs[1 - at :: 2]
        for at in (0, 1)
    )


def _is_table(text: str, is_whole: bool) -> bool:
    lines = text.splitlines()
    if not is_whole:
        lines.pop()  # may be cut in half
    for delimiter in ",;\t":
        try:
            read = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))
        except csv.Error:
            continue
        rows = [row for row in read if row][: _ROWS[-1]]
        widths = {len(row) for row in rows}
        if len(rows) in _ROWS and widths != {1} and len(widths) == 1 and _are_headings(rows[0]):
            return True
    return False


def _are_headings(row: list[str]) -> bool:
    # Not a sentence with a comma, nor "Dear doctor,": several short names, and no full stop.
    names = [cell for cell in row if cell.strip()]
    is_short = all(len(name) <= _LONGEST_HEADING for name in names)
    return len(names) > 1 and is_short and not names[-1].endswith(".")
