"""The store: one person's record in, one person's record out.

Every call is one transaction on a connection of its own; nothing is acknowledged before COMMIT and
nothing is left half done.
"""

import sqlite3
import uuid
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bodymap.records import rows, sqlite_file
from bodymap.records.errors import ConflictError, InvalidValue, UnknownCheckInError, shown
from bodymap.records.failures import as_store_error
from bodymap.records.model import (
    UNKNOWN_ZONE,
    CheckIn,
    Mark,
    MarkOperation,
    Place,
    Record,
    check_ins_of,
    checked_instant,
    checked_offset,
    is_known_zone,
    local_date,
    zone_or_unknown,
)
from bodymap.records.opening import READING, WAIT_S, open_engine
from bodymap.records.turns import Turns

_COPY = uuid.UUID("6f1f5b0e-7b0a-5f43-9d52-2c8b8f6f4c11")
"""Namespace of the ids of copied operations."""

PlaceOnDay = tuple[date, Place]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: how many operations were new, and how many were there already."""

    added: int
    known: int


def open_store(url: str) -> "Store":
    """Open the record at a database address, making or updating its tables.

    ``sqlite:////folder/record.sqlite`` is a file, ``sqlite://`` lives in memory as long as the
    store, ``postgresql://…`` is a server.

    Raises:
        StoreError: one of its kinds, with one sentence; nothing was changed.
    """
    return Store(url)


class Store:
    """The records of one database. Safe to share between threads; holds nothing personal.

    Every method raises StoreError (one sentence, nothing changed), and InvalidValue for a person
    id that is empty, longer than 255 characters or holds control characters.
    """

    def __init__(self, url: str):
        self._engine, self.path = open_engine(url)
        self._on_sqlite = self._engine.dialect.name == "sqlite"
        self._turns = Turns()

    def close(self) -> None:
        """Let go of the database; a store in memory is gone with that."""
        self._engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def apply(self, person_id: str, operations: Sequence[MarkOperation]) -> tuple[str, ...]:
        """Save operations in the order given, all or none; return their ids after COMMIT.

        Operations that are there already are acknowledged again and change nothing. A zone that
        this computer does not know becomes ``Etc/Unknown``, so that the record can always be read
        back from its file here.

        Raises:
            ConflictError: an id is there already, or comes twice, with another content.
        """
        wanted = _by_id(
            operation if is_known_zone(operation.zone) else replace(operation, zone=UNKNOWN_ZONE)
            for operation in operations
        )
        if not wanted:
            return ()
        with self._writing(person_id) as connection:
            known = rows.operations_of_ids(connection, person_id, list(wanted))
            _refuse_conflicts(wanted, known)
            new = [operation for id_, operation in wanted.items() if id_ not in known]
            rows.append(connection, person_id, new)
        return tuple(wanted)

    def check_ins(self, person_id: str, last: int | None = None) -> tuple[CheckIn, ...]:
        """Return the check-ins with their current marks, oldest date first.

        last: only so many, the latest dates. A year of marks takes a tenth of a second and more;
        what a page shows on every click should not wait for it.
        """
        return check_ins_of(self._read(person_id, last_days=last))

    def check_in(self, person_id: str, check_in_id: str) -> CheckIn | None:
        """Return one check-in, or None if there is none of that id."""
        found = check_ins_of(self._read(person_id, day=check_in_id))
        return found[0] if found else None

    def copy_forward(
        self, person_id: str, source_check_in_id: str, at: datetime, zone: str, utc_offset_min: int
    ) -> tuple[str, ...]:
        """Begin the check-in of ``at``'s local date with the marks of an earlier one.

        Places that were marked or cleared on that date already stay as they are, so asking twice
        changes nothing. One transaction: the whole copy or none of it. Returns the ids of the
        operations that were added.

        Raises:
            UnknownCheckInError: there is no check-in to copy.
            InvalidValue: the time or the offset is none.
        """
        today = local_date(checked_instant(at), checked_offset(utc_offset_min)).isoformat()
        with self._writing(person_id) as connection:
            source = check_ins_of(rows.operations(connection, person_id, source_check_in_id))
            if not source:
                raise UnknownCheckInError(
                    f"There is no check-in {shown(source_check_in_id)} to start from."
                )
            copies = [
                _copied(mark, source_check_in_id, at, zone_or_unknown(zone), utc_offset_min)
                for mark in source[0].marks
            ]
            touched = {
                operation.place for operation in rows.operations(connection, person_id, today)
            }
            new = [copy for copy in copies if copy.place not in touched]
            rows.append(connection, person_id, new)
        return tuple(operation.id for operation in new)

    def record(self, person_id: str) -> Record:
        """Return everything this person recorded, superseded operations included."""
        return Record(tuple(self._read(person_id)))

    def merge(self, person_id: str, record: Record) -> Merged:
        """Add what a record holds and this one does not, all or none.

        Merging the same record again changes nothing. Where both marked one place on one date, both
        marks are kept, and the one that was made later by its own clock is the current one: between
        two devices there is no other order.

        Raises:
            ConflictError: an id stands for another mark here than in ``record``.
        """
        wanted = _by_id(record.operations)
        with self._writing(person_id) as connection:
            here = list(rows.operations(connection, person_id))
            known = {operation.id: operation for operation in here}
            _refuse_conflicts(wanted, known)
            new = [operation for id_, operation in wanted.items() if id_ not in known]
            current, arriving = _last_of_each_day(here), _last_of_each_day(new)
            rows.append(connection, person_id, new)
            rows.move_to_end(connection, person_id, _later_here(current, arriving))
        return Merged(added=len(new), known=len(wanted) - len(new))

    def preferences(self, person_id: str) -> dict[str, str]:
        """Return what this person set for themselves, by name."""
        _check_person(person_id)
        with self._transaction(reading=True) as connection:
            return rows.preferences(connection, person_id)

    def set_preference(self, person_id: str, name: str, value: str) -> None:
        """Keep what this person set, in place of what they had set before."""
        with self._writing(person_id) as connection:
            rows.set_preference(connection, person_id, name, value)

    def erase(self, person_id: str) -> None:
        """Delete everything of this person, in a file so that no byte of it remains.

        The backups beside a file go too, whole. What PostgreSQL keeps in its own logs and backups
        is for those who run it.
        """
        _check_person(person_id)
        if self.path is not None:
            # First, so that a crash from here on leaves something to erase again, not a copy that
            # everyone believes gone.
            sqlite_file.remove_backups(self.path)
        with self._transaction() as connection:
            rows.remove(connection, person_id)
        if self.path is not None:
            try:
                sqlite_file.scrub(self.path)
            except sqlite3.Error as error:
                raise as_store_error(error) from None

    def _read(
        self, person_id: str, *, day: str | None = None, last_days: int | None = None
    ) -> list[MarkOperation]:
        _check_person(person_id)
        with self._transaction(reading=True) as connection:
            return list(rows.operations(connection, person_id, day, last_days))

    @contextmanager
    def _writing(self, person_id: str) -> Generator[Connection]:
        """Open a transaction that holds this person's row: one writer for each person at a time."""
        _check_person(person_id)
        with self._transaction() as connection:
            rows.hold(connection, person_id)
            yield connection

    @contextmanager
    def _transaction(self, *, reading: bool = False) -> Generator[Connection]:
        try:
            with self._taking_turns(reading), self._engine.connect() as connection:
                connection.execution_options(**{READING: reading})
                with connection.begin():
                    yield connection
        except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError, TimeoutError) as error:
            raise as_store_error(error) from None

    def _taking_turns(self, reading: bool) -> AbstractContextManager[None]:
        """One thread at a time writes an SQLite file, or uses a database in memory at all."""
        if not self._on_sqlite or (reading and self.path is not None):
            return nullcontext()
        return self._turns.turn(WAIT_S)


def _copied(
    mark: Mark, source_check_in_id: str, at: datetime, zone: str, utc_offset_min: int
) -> MarkOperation:
    # The id follows from the content, so that the same copy made twice is one operation, and two
    # different ones never share an id.
    content = (source_check_in_id, mark.target, mark.side, mark.touched_nrs, mark.by_itself_nrs)
    when = (checked_instant(at).isoformat(), zone, utc_offset_min)
    return MarkOperation(
        id=str(uuid.uuid5(_COPY, "|".join(map(str, content + when)))),
        target=mark.target,
        side=mark.side,
        touched_nrs=mark.touched_nrs,
        by_itself_nrs=mark.by_itself_nrs,
        at=at,
        zone=zone,
        utc_offset_min=utc_offset_min,
    )


def _by_id(operations: Iterable[MarkOperation]) -> dict[str, MarkOperation]:
    wanted: dict[str, MarkOperation] = {}
    for operation in operations:
        if wanted.setdefault(operation.id, operation) != operation:
            raise _conflict(operation)
    return wanted


def _refuse_conflicts(
    wanted: Mapping[str, MarkOperation], known: Mapping[str, MarkOperation]
) -> None:
    for id_, operation in wanted.items():
        if known.get(id_, operation) != operation:
            raise _conflict(operation)


def _conflict(operation: MarkOperation) -> ConflictError:
    return ConflictError(
        f"Two different marks have the id {operation.id}, so none of them was saved."
    )


def _last_of_each_day(operations: Iterable[MarkOperation]) -> dict[PlaceOnDay, MarkOperation]:
    return {(operation.local_date, operation.place): operation for operation in operations}


def _later_here(
    current: Mapping[PlaceOnDay, MarkOperation], arriving: Mapping[PlaceOnDay, MarkOperation]
) -> list[MarkOperation]:
    """Return the operations that stay current although others arrive for their place and date."""
    return [
        current[key]
        for key, arrived in arriving.items()
        if key in current and current[key].at >= arrived.at
    ]


def _check_person(person_id: str) -> None:
    if not isinstance(person_id, str) or not 1 <= len(person_id) <= 255:
        raise InvalidValue("person_id", "must be text of 1 to 255 characters")
    if not person_id.isprintable():
        raise InvalidValue("person_id", "must not hold control characters")
