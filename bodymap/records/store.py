"""The store: one person's record in, one person's record out.

Every call is one transaction on a connection of its own; nothing is acknowledged before COMMIT and
nothing is left half done.
"""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from bodymap.records import rows, schema, sqlite_file
from bodymap.records.changing import Change
from bodymap.records.copying import copied, copied_stroke
from bodymap.records.deleting import remove_rest
from bodymap.records.drawing import NO_DRAWING, StrokeOperation
from bodymap.records.errors import (
    InvalidValue,
    StoreError,
    UnknownCheckInError,
    shown,
)
from bodymap.records.merging import (
    Comparison,
    Merged,
    by_id,
    compared,
    to_the_end,
    unknown,
)
from bodymap.records.model import (
    CheckIn,
    MarkOperation,
    Operation,
    Place,
    Record,
    Subject,
    check_ins_of,
    subject_of,
)
from bodymap.records.opening import file_engine
from bodymap.records.restoring import prepared
from bodymap.records.room import Room
from bodymap.records.statement import (
    UNKNOWN_ZONE,
    checked_instant,
    checked_offset,
    is_known_zone,
    local_date,
)
from bodymap.records.transactions import Transactions


def open_store(url: str, room: Room | None = None) -> "Store":
    """Open the record at a database address, making or updating its tables.

    ``sqlite:////folder/record.sqlite`` is a file, ``sqlite://`` lives in memory as long as the
    store, ``postgresql://…`` is a server. room: how much one in memory may hold; None is no limit.

    Raises:
        StoreError: one of its kinds, with one sentence; nothing was changed.
    """
    return Store(url, room)


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of changes: ids of those that are in the record now, and of those refused."""

    done: tuple[str, ...] = ()
    refused: Mapping[str, InvalidValue] = field(default_factory=dict)


class Store:
    """The records of one database. Safe to share between threads; holds nothing personal.

    Every method raises StoreError (one sentence, nothing changed), and InvalidValue for a person
    id that is empty, longer than 255 characters or holds control characters.
    """

    def __init__(self, url: str, room: Room | None = None):
        self._transactions = Transactions(url, room)
        self.path = self._transactions.path
        if self.path is not None:
            self._finish_interrupted_deletion(self.path)

    def _finish_interrupted_deletion(self, path: Path) -> None:
        # Reading needs no room on the disk, and a record that can be read is opened: what still
        # can't be removed is noted there for the next time.
        with suppress(StoreError):
            with self._transactions.for_all(reading=True) as connection:
                is_left = rows.is_deletion_noted(connection)
            if is_left:
                self._finish_deletion(path)

    def close(self) -> None:
        """Let go of the database; a store in memory is gone with that."""
        self._transactions.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def apply(self, person_id: str, operations: Sequence[Operation]) -> tuple[str, ...]:
        """Save statements of any kind in the order given, all or none; return their ids.

        They are returned after COMMIT. Statements that are there already are acknowledged again and
        change nothing. A zone that this computer does not know becomes ``Etc/Unknown``, so that the
        record can always be read back from its file here.

        Raises:
            ConflictError: an id is there already, or comes twice, with another content.
        """
        wanted = by_id(
            operation if is_known_zone(operation.zone) else replace(operation, zone=UNKNOWN_ZONE)
            for operation in operations
        )
        if not wanted:
            return ()
        with self._transactions.adding(person_id) as connection:
            known = rows.operations_of_ids(connection, person_id, list(wanted))
            rows.append(connection, person_id, unknown(wanted, known))
        return tuple(wanted)

    def change(self, person_id: str, changes: Iterable[Change]) -> Changed:
        """Save what a page changed, in the order given, onto what the record holds by now.

        Those that are there already are done again and change nothing. What a record may not hold
        is refused, each with its reason, and the others are saved: in one transaction.
        """
        asked = {change.stated.id: change for change in changes}
        if not asked:
            return Changed()
        refused: dict[str, InvalidValue] = {}
        with self._transactions.adding(person_id) as connection:
            known = rows.operations_of_ids(connection, person_id, list(asked))
            last: dict[tuple[date, Subject], Operation] = {}
            new: list[Operation] = []
            for id_, change in asked.items():
                if id_ in known:
                    continue
                about = change.stated.local_date, subject_of(change.stated)
                current = last.get(about) or rows.current(connection, person_id, change.stated)
                try:
                    operation = change.onto(current)
                except InvalidValue as error:
                    refused[id_] = error
                    continue
                if not is_known_zone(operation.zone):
                    operation = replace(operation, zone=UNKNOWN_ZONE)
                last[about] = operation
                new.append(operation)
            rows.append(connection, person_id, new)
        return Changed(tuple(id_ for id_ in asked if id_ not in refused), refused)

    def check_ins(
        self,
        person_id: str,
        last: int | None = None,
        *,
        between: tuple[date, date] | None = None,
        until: date | None = None,
        drawings: bool = True,
    ) -> tuple[CheckIn, ...]:
        """Return the check-ins as they are now, oldest date first.

        last: only so many, the latest dates. between: only those from one date to another, both
        included. until: none after this date. drawings: False leaves drawings unread. A year of
        marks takes a tenth of a second and more, and so do a few drawings; what a page shows on
        every touch should wait for neither.
        """
        read = rows.operations if drawings else rows.statements_without_strokes
        with self._transactions.reading(person_id) as connection:
            first = between[0].isoformat() if between else None
            ends = [day for day in (between and between[1], until) if day]
            end = min(ends).isoformat() if ends else None
            if last is not None:
                first = rows.first_of_latest(connection, person_id, last, end)
                if first is None:
                    return ()
            return check_ins_of(read(connection, person_id, first, end))

    def marked_twice(self, person_id: str) -> tuple[CheckIn, ...]:
        """Return the dates on which places were marked again, with nothing but their marks."""
        with self._transactions.reading(person_id) as connection:
            return check_ins_of(rows.of_days_made_again(connection, person_id, MarkOperation))

    def days(self, person_id: str, first: date, last: date) -> tuple[date, ...]:
        """Return the dates from ``first`` to ``last`` about which something was stated, in order.

        Also those of which everything was cleared since.
        """
        with self._transactions.reading(person_id) as connection:
            found = rows.dates(connection, person_id, first.isoformat(), last.isoformat())
        return tuple(map(date.fromisoformat, found))

    def drawn_twice(self, person_id: str) -> tuple[CheckIn, ...]:
        """Return the dates on which a drawing was made again, with nothing but their drawings."""
        with self._transactions.reading(person_id) as connection:
            return check_ins_of(rows.of_days_made_again(connection, person_id, StrokeOperation))

    def check_in(self, person_id: str, check_in_id: str) -> CheckIn | None:
        """Return one check-in, or None if there is none of that id."""
        with self._transactions.reading(person_id) as connection:
            found = check_ins_of(rows.operations(connection, person_id, check_in_id, check_in_id))
        return found[0] if found else None

    def copy_forward(
        self,
        person_id: str,
        source_check_in_id: str,
        at: datetime,
        zone: str,
        utc_offset_min: int,
        places: Collection[Place] | None = None,
    ) -> tuple[str, ...]:
        """Add marks of an earlier check-in to that of ``at``'s local date.

        places: these only (target and side); None: all. Places that were marked or cleared on that
        date already stay as they are, so asking twice changes nothing. What a mark feels like comes
        along, its note does not. One transaction: the whole copy or none of it. Returns the ids of
        the statements that were added.

        Raises:
            UnknownCheckInError: there is no check-in to copy.
            InvalidValue: the time or the offset is none.
        """
        today = local_date(checked_instant(at), checked_offset(utc_offset_min)).isoformat()
        source = source_check_in_id
        with self._transactions.adding(person_id) as connection:
            found = check_ins_of(
                rows.statements_without_strokes(connection, person_id, source, source)
            )
            if not found:
                raise UnknownCheckInError(f"There is no check-in {shown(source)} to start from.")
            touched = {
                statement.place
                for statement in rows.statements_without_strokes(
                    connection, person_id, today, today
                )
                if isinstance(statement, MarkOperation) and not statement.is_again
            }
            new = [
                copied(mark, source, at, zone, utc_offset_min)
                for mark in found[0].marks
                if mark.place not in touched and (places is None or mark.place in places)
            ]
            rows.append(connection, person_id, new)
        return tuple(operation.id for operation in new)

    def last_drawn(self, person_id: str, before: date) -> date | None:
        """Return the latest date before ``before`` whose drawing has a stroke, None without one."""
        with self._transactions.reading(person_id) as connection:
            found = rows.last_drawn(connection, person_id, before.isoformat())
        return date.fromisoformat(found) if found else None

    def copy_drawing(
        self, person_id: str, source: date, at: datetime, zone: str, utc_offset_min: int
    ) -> tuple[str, ...]:
        """Draw what was drawn on an earlier date again, on ``at``'s local date, as new strokes.

        Where anything was drawn or taken back on that date already, nothing is added: so asking
        twice changes nothing. Returns the ids of the statements that were added.

        Raises:
            UnknownCheckInError: nothing was recorded on ``source``.
            InvalidValue: the time or the offset is none.
        """
        today = local_date(checked_instant(at), checked_offset(utc_offset_min)).isoformat()
        day = source.isoformat()
        with self._transactions.adding(person_id) as connection:
            found = check_ins_of(rows.operations(connection, person_id, day, day))
            if not found:
                raise UnknownCheckInError(f"There is no check-in {day} to start from.")
            if rows.has_strokes(connection, person_id, today):
                return ()
            strokes = (found[0].drawing or NO_DRAWING).strokes
            new = [copied_stroke(stroke, day, at, zone, utc_offset_min) for stroke in strokes]
            rows.append(connection, person_id, new)
        return tuple(operation.id for operation in new)

    def record(self, person_id: str, first: date | None = None, last: date | None = None) -> Record:
        """Return everything this person recorded, superseded statements included.

        first, last: about these dates and those between them only.
        """
        with self._transactions.reading(person_id) as connection:
            found = rows.operations(
                connection,
                person_id,
                first.isoformat() if first else None,
                last.isoformat() if last else None,
            )
        return Record(tuple(found))

    def merge(self, person_id: str, record: Record) -> Merged:
        """Add what a record holds and this one does not, all or none.

        Merging the same record again changes nothing. The record's own order decides among its
        statements. Only where both hold something about one subject and date that the other has not
        heard of, the one that was made later by its own clock counts; both are kept.

        Raises:
            ConflictError: an id stands for another statement here than in ``record``.
        """
        wanted = by_id(record.operations)
        with self._transactions.adding(person_id) as connection:
            here = rows.operations(connection, person_id)
            new = unknown(wanted, {operation.id: operation for operation in here})
            rows.append(connection, person_id, new)
            rows.move_to_end(connection, person_id, to_the_end(here, wanted.values()))
        return Merged(added=len(new), known=len(wanted) - len(new))

    def compare(self, person_id: str, record: Record) -> Comparison:
        """Return what merging a record would do, and do nothing."""
        with self._transactions.reading(person_id) as connection:
            here = rows.operations(connection, person_id)
        return compared(here, record.operations)

    def preferences(self, person_id: str) -> dict[str, str]:
        """Return what this person set for themselves, by name."""
        with self._transactions.reading(person_id) as connection:
            return rows.preferences(connection, person_id)

    def set_preference(self, person_id: str, name: str, value: str) -> None:
        """Keep what this person set, in place of what they had set before."""
        with self._transactions.writing(person_id) as connection:
            rows.set_preference(connection, person_id, name, value)

    def erase(self, person_id: str) -> None:
        """Delete everything of this person, in a file so that no byte of it remains.

        The backups beside a file go too, whole. What PostgreSQL keeps in its own logs and backups
        is for those who run it.
        """
        with self._deleting(person_id) as connection:
            rows.remove(connection, person_id)

    def delete_days(self, person_id: str, first: date, last: date) -> None:
        """Delete what was stated about these dates and those between, in the same way.

        Everything goes: marks, drawings, answers, and their earlier values. A file that was saved
        before still holds it, and opening that file brings it back.

        Raises:
            InvalidValue: ``last`` lies before ``first``.
        """
        if last < first:
            raise InvalidValue("last", "must not lie before the first day")
        with self._deleting(person_id) as connection:
            rows.remove_days(connection, person_id, first.isoformat(), last.isoformat())

    def delete_mark(self, person_id: str, day: date, place: Place) -> None:
        """Delete one mark of one date and all its earlier values, in the same way.

        What was marked again at that place on that date goes with it. Clearing a mark is something
        else: a statement, which keeps the earlier values.
        """
        with self._deleting(person_id) as connection:
            rows.remove_mark(connection, person_id, day.isoformat(), place)

    @contextmanager
    def _deleting(self, person_id: str) -> Generator[Connection]:
        """Open a transaction that deletes, and leave no byte of what was deleted in or by a file.

        The record first, then its traces and the copies beside it. A note in the record, in the
        same transaction, says that the rest is still to be done: after a crash the next start of
        the app does it.

        Raises:
            PartlyDeletedError: it is deleted from the record; the sentence says what is left.
        """
        with self._transactions.deleting(person_id) as connection:
            yield connection
            if self.path is not None:
                rows.note_deletion(connection)
        if self.path is not None:
            self._finish_deletion(self.path)

    def _finish_deletion(self, path: Path) -> None:
        remove_rest(path)
        with self._transactions.for_all() as connection:
            rows.forget_deletion(connection)

    def restore(self, copy: Path) -> None:
        """Put what a copy beside the record holds in place of what the record holds now.

        As it is now it becomes a backup first. One transaction: all of the copy or nothing.

        Raises:
            StoreError: the copy is not whole, or it could not be done; nothing was changed.
        """
        if self.path is None:
            raise StoreError("Only a record in a file has copies beside it.")
        with prepared(copy, self.path) as passing:
            source = file_engine(passing)
            with self._transactions.for_all() as connection, source.connect() as other:
                sqlite_file.backup(self.path, schema.head())
                rows.replace_all(connection, other)
