"""What lies beside a record that can't be opened, or is gone, and how it becomes the record again.

Nothing is ever overwritten: the file that was there is kept beside, with its journal, byte for
byte.
"""

import re
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bodymap.records import journals, rows, sqlite_file
from bodymap.records.errors import DamagedRecordError
from bodymap.records.failures import of_disk
from bodymap.records.opening import bring_up_to_date, file_engine

_MADE = re.compile(r"\.(?:backup|damaged|set-aside)-(\d{8}T\d{6})\d*Z")
_NEVER = datetime.min.replace(tzinfo=UTC)
_DAYS = "SELECT DISTINCT local_date FROM {} WHERE person_id = ?"


@dataclass(frozen=True, slots=True)
class Copy:
    """A whole copy of a record, and what one person has in it.

    made: when it became a copy, None for the file that is in the record's own place. days: the
    dates about which something is recorded, oldest first.
    """

    path: Path
    made: datetime | None
    days: tuple[date, ...]


def copies(path: Path, person_id: str) -> list[Copy]:
    """Return the whole copies of a record beside it, the newest first."""
    beside = [*sqlite_file.backups(path), *sqlite_file.asides(path)]
    # With a journal of its own a file is not whole, and SQLite would have to change it first.
    whole = [each for each in beside if each.suffix == ".sqlite" and not journals.beside(each)]
    found = [
        Copy(each, _made(each), days)
        for each in whole
        if (days := _days(each, person_id)) is not None
    ]
    return sorted(found, key=lambda copy: copy.made or _NEVER)[::-1]


def file_itself(path: Path, person_id: str) -> list[Copy]:
    """Return the file in a record's place as it is without the other file's journal beside it.

    Only for a record that can't be opened for that reason: a file in use has a journal, too.
    """
    days = _days(path, person_id)
    return [] if days is None else [Copy(path, None, days)]


def restore(copy: Path, path: Path) -> None:
    """Put a copy in the place of a record that is gone or can't be opened.

    What is there is kept beside, under a name that says when and why. A record that can be opened
    is restored by ``Store.restore``, which others who use it notice.

    Raises:
        StoreError: the copy is not whole, or it could not be done; nothing was changed.
    """
    with prepared(copy, path) as passing:
        _exchange(passing, path)


def start_afresh(path: Path) -> None:
    """Begin a new record in the place of one that is gone or can't be opened, which is kept beside.

    Raises:
        StoreError: it could not be done; nothing was changed.
    """
    with sqlite_file.new_file(path) as passing:
        bring_up_to_date(file_engine(passing))
        _exchange(passing, path)


@contextmanager
def prepared(copy: Path, path: Path) -> Generator[Path]:
    """Make a copy that is whole and up to date under a passing name beside a record.

    Raises:
        StoreError: the copy is damaged, foreign or newer, or there is no room.
    """
    with sqlite_file.new_file(path) as passing:
        with closing(_looked_at(copy)) as source, closing(sqlite_file.connect(passing)) as target:
            source.backup(target)
            journals.stamp_afresh(target)
        try:
            sqlite_file.examine(passing)
        except DamagedRecordError:
            raise DamagedRecordError(f"{copy} is damaged too; nothing was changed.") from None
        engine = file_engine(passing)
        bring_up_to_date(engine)
        with engine.begin() as connection:
            rows.forget_deletion(connection)
        yield passing


def _exchange(passing: Path, path: Path) -> None:
    kind = "set-aside"
    try:
        if path.is_file() and not (journals.beside(path) or journals.is_sound(path.read_bytes())):
            kind = "damaged"
        sqlite_file.set_aside(path, kind)
        sqlite_file.put_in_place(passing, path)
    except OSError as error:
        raise of_disk(error, f"{path} can't be exchanged") from None


def _looked_at(copy: Path) -> sqlite3.Connection:
    # Immutable: neither the file nor anything beside it is touched or asked.
    return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _days(copy: Path, person_id: str) -> tuple[date, ...] | None:
    """Return the dates in a copy, None if it can't be read. Copies may be of any version."""
    try:
        with closing(_looked_at(copy)) as connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_operation'"
                " ESCAPE '\\'"
            ).fetchall()
            query = " UNION ".join(_DAYS.format(name) for (name,) in tables)
            found = connection.execute(query, [person_id] * len(tables)).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return tuple(sorted(date.fromisoformat(day) for (day,) in found))


def _made(copy: Path) -> datetime | None:
    found = _MADE.search(copy.name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None
