"""Which file a journal belongs to, found out before SQLite may act on it.

After a crash SQLite mends a file by what lies beside it under ``-journal`` or ``-wal``. It goes by
the name alone: a backup that someone put in the file's place would be overwritten with pages of the
file that was there before. So here both are read, nothing is written, and what SQLite would do is
done in memory first (docs/adr/0012).

Every change leaves a *stamp* in the file's first page, in the four bytes that SQLite keeps for
programs (``PRAGMA user_version``): its own random number, and that of the change after it. A
journal holds the first page as it was, and so says which change it undoes; a log holds it as it
becomes.
"""

import secrets
import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bodymap.records.errors import BusyError

JOURNAL, LOG, INDEX = "-journal", "-wal", "-shm"

# https://sqlite.org/fileformat.html
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_LOG_MAGICS = {0x377F0682: "<", 0x377F0683: ">"}  # and the byte order of its checksums
_PAGE_SIZES = frozenset(2**power for power in range(9, 17))
_STAMP_BITS = 16


class _FirstPage(NamedTuple):
    """What the first page says of the change that wrote it."""

    changes: int  # SQLite's own count
    pages: int
    stamp: int
    coming: int  # the stamp of the change after it

    @classmethod
    def of(cls, page: bytes) -> "_FirstPage":
        changes, pages = struct.unpack(">2I", page[24:32])
        return cls(changes, pages, *struct.unpack(">2H", page[60:64]))

    def may_precede(self, later: "_FirstPage") -> bool:
        """Tell whether ``later`` may be this file, before or after one more change."""
        is_one_more = (later.changes - self.changes) & 0xFFFFFFFF <= 1
        # The same stamp: the page is not written yet, or by someone who leaves no stamps.
        is_next = later.stamp == self.coming or later[2:] == self[2:]
        return is_one_more and is_next


@dataclass(frozen=True, slots=True)
class Outcome:
    """What SQLite would make of a file and what lies beside it.

    data: the file as it would be then. leftover: the end of the name of the part that belongs to
    another file, "" when both fit.
    """

    data: bytes
    leftover: str = ""


def stamp(connection: sqlite3.Connection) -> None:
    """Leave this change's stamp; call it first in a change, so that a journal begins with it."""
    (last,) = connection.execute("PRAGMA user_version").fetchone()
    _set_stamp(connection, (last << _STAMP_BITS) | secrets.randbits(_STAMP_BITS))


def stamp_afresh(connection: sqlite3.Connection) -> None:
    """Leave a stamp that no journal expects: the file is a copy, with a life of its own."""
    _set_stamp(connection, secrets.randbits(2 * _STAMP_BITS))


def _set_stamp(connection: sqlite3.Connection, value: int) -> None:
    (signed,) = struct.unpack(">i", struct.pack(">I", value & 0xFFFFFFFF))
    connection.execute(f"PRAGMA user_version={signed}").close()


def beside(path: Path) -> list[Path]:
    """Return the journal and the log beside a file that hold anything."""
    found = (path.with_name(path.name + end) for end in (JOURNAL, LOG))
    return [part for part in found if part.is_file() and part.stat().st_size]


def outcome(path: Path, wait_s: float) -> Outcome | None:
    """Return what SQLite would make of a file and what lies beside it, None if nothing does.

    While another process writes, the two are never read at the same moment: what doesn't fit is
    looked at again until it stays the same.

    Raises:
        OSError: they can't be read. BusyError: they went on changing for so many seconds.
    """
    if not beside(path):
        return None
    until, last = time.monotonic() + wait_s, None
    while time.monotonic() < until:
        parts = path.read_bytes(), _read(path, JOURNAL), _read(path, LOG)
        found = _outcome(*parts)
        if parts == last or (not found.leftover and is_sound(found.data)):
            return found
        last = parts
    raise BusyError("Something else is using the record right now; try again in a moment.")


def is_sound(data: bytes) -> bool:
    """Tell whether the bytes are a whole database, by SQLite's own check in memory."""
    in_memory = bytearray(data)
    in_memory[18:20] = b"\1\1"  # a database in memory has no log
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(in_memory)
            return connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _read(path: Path, end: str) -> bytes:
    try:
        return path.with_name(path.name + end).read_bytes()
    except FileNotFoundError:
        return b""


def _outcome(file: bytes, journal: bytes, log: bytes) -> Outcome:
    found = _rolled_back(file, journal)
    return found if found.leftover else _with_log(found.data, log)


def _rolled_back(file: bytes, journal: bytes) -> Outcome:
    """Do what SQLite does with a journal: put back each page as it was, and the length."""
    if not journal.startswith(_JOURNAL_MAGIC) or len(journal) < 28:
        return Outcome(file)
    count, _, page_count, sector_bytes, page_bytes = struct.unpack(">5I", journal[8:28])
    if page_bytes not in _PAGE_SIZES or sector_bytes not in _PAGE_SIZES:
        return Outcome(file)
    data = bytearray(file[: page_count * page_bytes].ljust(page_count * page_bytes, b"\0"))
    first = None
    for number, page in _journalled(journal, sector_bytes, page_bytes):
        if number <= page_count:
            data[(number - 1) * page_bytes : number * page_bytes] = page
        if number == 1:
            first = _FirstPage.of(page)
    if data == file:
        return Outcome(file)  # it changes nothing, whatever it belongs to
    now = _FirstPage.of(file)
    # Without the first page (someone else's long change, not yet finished) it is still as it was.
    fits = first.may_precede(now) if first else now.pages == page_count
    return Outcome(bytes(data), "" if fits and count else JOURNAL)


def _journalled(journal: bytes, sector_bytes: int, page_bytes: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the content of each page that the journal would put back."""
    at = 0
    while journal[at : at + 8] == _JOURNAL_MAGIC and at + sector_bytes <= len(journal):
        count, nonce = struct.unpack(">2I", journal[at + 8 : at + 16])
        at += sector_bytes
        if count == 0xFFFFFFFF:
            count = (len(journal) - at) // (page_bytes + 8)
        for _ in range(count):
            page = journal[at + 4 : at + 4 + page_bytes]
            ends = journal[at : at + 4] + journal[at + 4 + page_bytes : at + 8 + page_bytes]
            if len(ends) < 8:
                return
            number, checksum = struct.unpack(">2I", ends)
            if checksum != (nonce + sum(page[page_bytes - 200 : 0 : -200])) & 0xFFFFFFFF:
                return  # from here on it was not written out
            yield number, page
            at += page_bytes + 8
        at += -at % sector_bytes


def _with_log(file: bytes, log: bytes) -> Outcome:
    """Do what SQLite does with a write-ahead log: put in its pages up to the last whole change."""
    page_bytes, frames = _logged(log)
    committed = max((at for at, (_, size, _) in enumerate(frames, 1) if size), default=0)
    if not committed:
        return Outcome(file)
    data = bytearray(file)
    for number, _, page in frames[:committed]:
        data.extend(bytes(max(0, number * page_bytes - len(data))))
        data[(number - 1) * page_bytes : number * page_bytes] = page
    del data[frames[committed - 1][1] * page_bytes :]
    if data == file:
        return Outcome(file)
    now = _FirstPage.of(file)
    firsts = [_FirstPage.of(page) for number, _, page in frames[:committed] if number == 1]
    # It begins after the file as it is, or part of it has been put into the file already.
    fits = not firsts or now.may_precede(firsts[0]) or now in firsts
    return Outcome(bytes(data), "" if fits else LOG)


def _logged(log: bytes) -> tuple[int, list[tuple[int, int, bytes]]]:
    """Return the size of a page, and of each whole frame its page's number, the size and the page.

    The size is that of the database in pages after the change that ends with this frame, 0 for a
    frame that ends none.
    """
    if len(log) < 32:
        return 0, []
    magic, _, page_bytes = struct.unpack(">3I", log[:12])
    if magic not in _LOG_MAGICS or page_bytes not in _PAGE_SIZES:
        return 0, []
    order, salts = _LOG_MAGICS[magic], log[16:24]
    sums = _checksum(order, log[:24], (0, 0))
    if sums != struct.unpack(">2I", log[24:32]):
        return 0, []
    frames = []
    edges = range(32, len(log) + 1, 24 + page_bytes)
    for start, end in pairwise(edges):
        number, size = struct.unpack(">2I", log[start : start + 8])
        page = log[start + 24 : end]
        sums = _checksum(order, log[start : start + 8] + page, sums)
        if log[start + 8 : start + 16] != salts or sums != struct.unpack(
            ">2I", log[start + 16 : start + 24]
        ):
            break
        frames.append((number, size, page))
    return page_bytes, frames


def _checksum(order: str, data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    for first, second in struct.iter_unpack(f"{order}2I", data):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
