"""Statements into the tables and out of them, each on a connection that the store opened.

Every query names the person, so none can reach another's rows.
"""

from collections.abc import Sequence
from operator import itemgetter

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    func,
    insert,
    select,
    union,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bodymap.records.columns import SHARED, TABLES, beginning_of, columns_of, operation_of
from bodymap.records.day import DayOperation
from bodymap.records.drawing import StrokeOperation
from bodymap.records.model import MarkOperation, Operation, Place
from bodymap.records.schema import (
    mark_operation,
    metadata,
    person,
    preference,
    stroke_operation,
)
from bodymap.records.statement import Statement

# A row of nobody's: no person's id may hold a control character.
_NOTE = {"person_id": "\n", "name": "deletion to be finished"}
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
    connection: Connection, person_id: str, first: str | None = None, last: str | None = None
) -> list[Operation]:
    """Return a person's statements by date, and within a date in order.

    first, last: about these local dates and those between them only.
    """
    found = [
        numbered
        for kind in TABLES
        for numbered in _numbered(connection, kind, person_id, first, last)
    ]
    return [operation for _, _, operation in sorted(found, key=itemgetter(0, 1))]


def statements_without_strokes(
    connection: Connection, person_id: str, first: str | None = None, last: str | None = None
) -> list[Statement]:
    """Return the same, but a bare Statement for all strokes of a date.

    The points of a drawing can be a thousand times what the marks of its day are.
    """
    found = [
        *_numbered(connection, MarkOperation, person_id, first, last),
        *_numbered(connection, DayOperation, person_id, first, last),
        *_first_strokes(connection, person_id, first, last),
    ]
    return [statement for _, _, statement in sorted(found, key=itemgetter(0, 1))]


def _numbered(
    connection: Connection,
    kind: type[Operation],
    person_id: str,
    first: str | None,
    last: str | None,
) -> list[tuple[str, int, Operation]]:
    """Return the statements of one kind, each after its date and its sequence number."""
    rows = connection.execute(
        select(TABLES[kind]).where(*_mine(TABLES[kind], person_id, first, last))
    )
    return [(row.local_date, row.seq, operation_of(kind, row)) for row in rows]


def _first_strokes(
    connection: Connection, person_id: str, first: str | None, last: str | None
) -> list[tuple[str, int, Statement]]:
    """Return what the first stroke of each date says as a statement, in the same way."""
    strokes = stroke_operation.c
    firsts = (
        select(func.min(strokes.seq))
        .where(*_mine(stroke_operation, person_id, first, last))
        .group_by(strokes.local_date)
    )
    rows = connection.execute(
        select(*(strokes[name] for name in SHARED)).where(
            strokes.person_id == person_id, strokes.seq.in_(firsts)
        )
    )
    return [(row.local_date, row.seq, beginning_of(row)) for row in rows]


def of_days_made_again(
    connection: Connection, person_id: str, kind: type[MarkOperation] | type[StrokeOperation]
) -> list[Operation]:
    """Return all marks, or all strokes, of the dates on which one was made again, in order."""
    table = TABLES[kind]
    again = select(table.c.local_date).where(table.c.person_id == person_id, table.c.is_again == 1)
    rows = connection.execute(
        select(table)
        .where(table.c.person_id == person_id, table.c.local_date.in_(again))
        .order_by(table.c.local_date, table.c.seq)
    )
    return [operation_of(kind, row) for row in rows]


def first_of_latest(
    connection: Connection, person_id: str, days: int, until: str | None
) -> str | None:
    """Return the oldest of so many latest dates, up to one, about which something was stated."""
    latest = [
        select(table.c.local_date)
        .where(*_mine(table, person_id, None, until))
        .distinct()
        .order_by(table.c.local_date.desc())
        .limit(days)
        .subquery()
        for table in TABLES.values()
    ]
    dates = connection.execute(union(*(select(each.c.local_date) for each in latest))).scalars()
    return min(sorted(dates, reverse=True)[:days], default=None)


def dates(connection: Connection, person_id: str, first: str, last: str) -> list[str]:
    """Return the local dates in a period about which something was stated, in order."""
    stated = (
        select(table.c.local_date).where(*_mine(table, person_id, first, last))
        for table in TABLES.values()
    )
    return sorted(connection.execute(union(*stated)).scalars())


def has_strokes(connection: Connection, person_id: str, day: str) -> bool:
    """Tell whether anything was stated about the drawing of a date."""
    return bool(_first_strokes(connection, person_id, day, day))


def last_drawn(connection: Connection, person_id: str, before: str) -> str | None:
    """Return the latest local date before ``before`` on which a stroke is there now."""
    strokes = stroke_operation.c
    current = (
        select(func.max(strokes.seq))
        .where(
            strokes.person_id == person_id,
            strokes.local_date < before,
            strokes.is_again.is_(None),
        )
        .group_by(strokes.local_date, strokes.stroke_id)
    )
    there = select(func.max(strokes.local_date)).where(
        strokes.person_id == person_id, strokes.seq.in_(current), strokes.is_there == 1
    )
    return connection.execute(there).scalar_one()


def operations_of_ids(
    connection: Connection, person_id: str, ids: Sequence[str]
) -> dict[str, Operation]:
    """Return those of a person's statements that have one of the ids, by id."""
    found: dict[str, Operation] = {}
    for kind, table in TABLES.items():
        for start in range(0, len(ids), _IDS_AT_ONCE):
            rows = select(table).where(
                table.c.person_id == person_id,
                table.c.op_id.in_(ids[start : start + _IDS_AT_ONCE]),
            )
            found |= {row.op_id: operation_of(kind, row) for row in connection.execute(rows)}
    return found


def current(connection: Connection, person_id: str, operation: Operation) -> Operation | None:
    """Return the last statement about the subject and the date of another one."""
    kind = type(operation)
    table = TABLES[kind]
    day = operation.local_date.isoformat()
    same = _mine(table, person_id, day, day)
    match operation:
        case MarkOperation():
            again = table.c.is_again == 1 if operation.is_again else table.c.is_again.is_(None)
            same += [table.c.target == operation.target, table.c.side == operation.side, again]
        case StrokeOperation():
            same.append(table.c.stroke_id == operation.stroke_id)
    last = select(table).where(*same).order_by(table.c.seq.desc()).limit(1)
    row = connection.execute(last).first()
    return operation_of(kind, row) if row else None


def append(connection: Connection, person_id: str, new: Sequence[Operation]) -> None:
    """Add statements, in the order given, after all that are there."""
    if not new:
        return
    first = _next_seq(connection, person_id, len(new))
    for kind, table in TABLES.items():
        values = [
            {"person_id": person_id, "seq": first + index, **columns_of(operation)}
            for index, operation in enumerate(new)
            if isinstance(operation, kind)
        ]
        if values:
            connection.execute(insert(table), values)


def move_to_end(connection: Connection, person_id: str, moved: Sequence[Operation]) -> None:
    """Put statements that are there after all others, so that they are the current ones."""
    if not moved:
        return
    first = _next_seq(connection, person_id, len(moved))
    for index, operation in enumerate(moved):
        table = TABLES[type(operation)]
        connection.execute(
            update(table)
            .where(table.c.person_id == person_id, table.c.op_id == operation.id)
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
    for table in (*TABLES.values(), preference, person):
        connection.execute(delete(table).where(table.c.person_id == person_id))


def remove_days(connection: Connection, person_id: str, first: str, last: str) -> None:
    """Delete every statement about these dates and those between them."""
    for table in TABLES.values():
        connection.execute(delete(table).where(*_mine(table, person_id, first, last)))


def remove_mark(connection: Connection, person_id: str, day: str, place: Place) -> None:
    """Delete every statement about one place on one date."""
    target, side = place
    connection.execute(
        delete(mark_operation).where(
            *_mine(mark_operation, person_id, day, day),
            mark_operation.c.target == target,
            mark_operation.c.side == side,
        )
    )


def note_deletion(connection: Connection) -> None:
    """Note that copies and traces of what is deleted are still to be removed."""
    forget_deletion(connection)
    connection.execute(insert(person).values(person_id=_NOTE["person_id"], last_seq=0))
    connection.execute(insert(preference).values(**_NOTE, value=""))


def is_deletion_noted(connection: Connection) -> bool:
    """Tell whether a deletion is still to be finished."""
    noted = select(preference.c.name).where(preference.c.person_id == _NOTE["person_id"])
    return connection.execute(noted).first() is not None


def forget_deletion(connection: Connection) -> None:
    """Take the note away: everything is removed."""
    remove(connection, _NOTE["person_id"])


def replace_all(connection: Connection, source: Connection) -> None:
    """Put all rows of another record in place of all rows of this one."""
    tables = metadata.sorted_tables  # a person before what is theirs
    for table in reversed(tables):
        connection.execute(delete(table).where(table.c.person_id != _NOTE["person_id"]))
    for table in tables:
        for some in source.execute(select(table)).mappings().partitions(_IDS_AT_ONCE):
            connection.execute(insert(table), [dict(row) for row in some])


def _mine(
    table: Table, person_id: str, first: str | None, last: str | None
) -> list[ColumnElement[bool]]:
    mine = [table.c.person_id == person_id]
    if first is not None:
        mine.append(table.c.local_date >= first)
    if last is not None:
        mine.append(table.c.local_date <= last)
    return mine


def _next_seq(connection: Connection, person_id: str, count: int) -> int:
    """Take ``count`` sequence numbers and return the first."""
    last = connection.execute(
        update(person)
        .where(person.c.person_id == person_id)
        .values(last_seq=person.c.last_seq + count)
        .returning(person.c.last_seq)
    ).scalar_one()
    return last - count + 1
