"""Marks as rows and rows as marks: the statements, each on a connection that the store opened.

Every statement names the person, so none can reach another's rows.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bodymap.records.errors import DamagedRecordError
from bodymap.records.model import MarkOperation
from bodymap.records.schema import mark_operation, person, preference

_IDS_AT_ONCE = 500  # far below the number of values that a statement may hold


def hold(connection: Connection, person_id: str) -> None:
    """Hold this person's row until the end of the transaction: one writer at a time.

    On PostgreSQL others wait here; on SQLite they wait at BEGIN IMMEDIATE.
    """
    # The same words in both databases, but SQLAlchemy keeps them with the dialects.
    insert_into = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    row = insert_into[connection.dialect.name](person).values(person_id=person_id, last_seq=0)
    connection.execute(row.on_conflict_do_nothing(index_elements=["person_id"]))
    mine = select(person.c.last_seq).where(person.c.person_id == person_id)
    connection.execute(mine.with_for_update()).one()


def operations(
    connection: Connection, person_id: str, day: str | None = None, last_days: int | None = None
) -> Iterator[MarkOperation]:
    """Yield a person's operations by date, and within a date in order.

    day: of this date only. last_days: of so many latest dates only.
    """
    rows = select(mark_operation).where(mark_operation.c.person_id == person_id)
    if day is not None:
        rows = rows.where(mark_operation.c.local_date == day)
    if last_days is not None:
        latest = (
            select(mark_operation.c.local_date)
            .where(mark_operation.c.person_id == person_id)
            .distinct()
            .order_by(mark_operation.c.local_date.desc())
            .limit(last_days)
        )
        rows = rows.where(mark_operation.c.local_date.in_(latest))
    ordered = rows.order_by(mark_operation.c.local_date, mark_operation.c.seq)
    return map(_operation, connection.execute(ordered))


def operations_of_ids(
    connection: Connection, person_id: str, ids: Sequence[str]
) -> dict[str, MarkOperation]:
    """Return those of a person's operations that have one of the ids, by id."""
    found: dict[str, MarkOperation] = {}
    for start in range(0, len(ids), _IDS_AT_ONCE):
        rows = select(mark_operation).where(
            mark_operation.c.person_id == person_id,
            mark_operation.c.op_id.in_(ids[start : start + _IDS_AT_ONCE]),
        )
        found |= {row.op_id: _operation(row) for row in connection.execute(rows)}
    return found


def append(connection: Connection, person_id: str, new: Sequence[MarkOperation]) -> None:
    """Add operations, in the order given, after all that are there."""
    if not new:
        return
    first = _next_seq(connection, person_id, len(new))
    connection.execute(
        insert(mark_operation),
        [
            {"person_id": person_id, "seq": first + index, **_columns(operation)}
            for index, operation in enumerate(new)
        ],
    )


def move_to_end(connection: Connection, person_id: str, moved: Sequence[MarkOperation]) -> None:
    """Put operations that are there after all others, so that they are the current ones."""
    if not moved:
        return
    first = _next_seq(connection, person_id, len(moved))
    for index, operation in enumerate(moved):
        connection.execute(
            update(mark_operation)
            .where(mark_operation.c.person_id == person_id, mark_operation.c.op_id == operation.id)
            .values(seq=first + index)
        )


def preferences(connection: Connection, person_id: str) -> dict[str, str]:
    """Return what this person set for themselves, by name."""
    found = select(preference.c.name, preference.c.value).where(preference.c.person_id == person_id)
    return {row.name: row.value for row in connection.execute(found)}


def set_preference(connection: Connection, person_id: str, name: str, value: str) -> None:
    """Put a value in place of the one of the same name."""
    same = (preference.c.person_id == person_id, preference.c.name == name)
    connection.execute(delete(preference).where(*same))
    row = {"person_id": person_id, "name": name, "value": value}
    connection.execute(insert(preference).values(row))


def remove(connection: Connection, person_id: str) -> None:
    """Delete everything of this person."""
    for table in (mark_operation, preference, person):
        connection.execute(delete(table).where(table.c.person_id == person_id))


def _next_seq(connection: Connection, person_id: str, count: int) -> int:
    """Take ``count`` sequence numbers and return the first."""
    last = connection.execute(
        update(person)
        .where(person.c.person_id == person_id)
        .values(last_seq=person.c.last_seq + count)
        .returning(person.c.last_seq)
    ).scalar_one()
    return last - count + 1


def _columns(operation: MarkOperation) -> dict[str, str | int | None]:
    return {
        "op_id": operation.id,
        "local_date": operation.local_date.isoformat(),
        "target": operation.target,
        "side": operation.side,
        "touched_nrs": operation.touched_nrs,
        "by_itself_nrs": operation.by_itself_nrs,
        "at": operation.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "zone": operation.zone,
        "utc_offset_min": operation.utc_offset_min,
    }


def _operation(row: Row) -> MarkOperation:
    try:
        return MarkOperation(
            id=row.op_id,
            target=row.target,
            side=row.side,
            touched_nrs=row.touched_nrs,
            by_itself_nrs=row.by_itself_nrs,
            at=datetime.fromisoformat(row.at),
            zone=row.zone,
            utc_offset_min=row.utc_offset_min,
        )
    except ValueError:
        raise DamagedRecordError(
            f"The record holds a mark that can't be read (number {row.seq}); it was left as it is."
        ) from None
