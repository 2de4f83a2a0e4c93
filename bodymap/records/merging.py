"""Two records of one person that meet: which statements are new, and which of them count.

Within a record its order counts, never the clock, for clocks are set back. So a record that knows
the other's last statement about a subject, and goes on from it, has the last word about that. Only
where each of two devices stated something that the other had not heard of, there is no such order,
and the clock decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import takewhile

from bodymap.records.errors import ConflictError
from bodymap.records.model import Operation, Subject, subject_of
from bodymap.records.statement import Statement

SubjectOnDay = tuple[date, Subject]
_Told = dict[str, Operation]
"""What a record says about one subject on one date, by id, in its order."""

_MADE = tuple(field.name for field in fields(Statement))
"""When and where a statement was made, which is no part of what it says."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: how many statements were new, and how many were there already."""

    added: int
    known: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What two records tell differently about one subject on one date.

    arriving_counts: the statement of the record that arrives will be the current one.
    """

    day: date
    subject: Subject
    arriving_counts: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What merging another record would do.

    first, last: the first and the last date that it is about; None where it is empty.
    days: number of dates that it is about.
    new, known: how many of its statements would be added, and how many are here already.
    differing: what both tell differently, by date and subject, neither having heard of the other;
        the one made later by its own clock will count, and both are kept.
    taken: ids that stand for another statement here. Such a record would be refused whole.
    """

    first: date | None
    last: date | None
    days: int
    new: int
    known: int
    differing: tuple[Difference, ...]
    taken: tuple[str, ...]


def by_id(operations: Iterable[Operation]) -> dict[str, Operation]:
    """Return statements by id, in the order given; one that comes twice comes once.

    Raises:
        ConflictError: an id stands for two different statements.
    """
    wanted: dict[str, Operation] = {}
    for operation in operations:
        if wanted.setdefault(operation.id, operation) != operation:
            raise _conflict(operation)
    return wanted


def unknown(wanted: Mapping[str, Operation], known: Mapping[str, Operation]) -> list[Operation]:
    """Return the statements that are wanted and not known yet.

    Raises:
        ConflictError: an id is known for another statement.
    """
    for id_, operation in wanted.items():
        if known.get(id_, operation) != operation:
            raise _conflict(operation)
    return [operation for id_, operation in wanted.items() if id_ not in known]


def to_the_end(here: Iterable[Operation], arriving: Iterable[Operation]) -> list[Operation]:
    """Return what must be put after all others, in this order, once what is new was added there.

    Both are whole records in their own order, and no id stands for two statements.
    """
    own, moved = _by_subject(here), []
    for subject, theirs in _by_subject(arriving).items():
        mine = own.get(subject, {})
        if theirs.keys() <= mine.keys():
            continue
        last, other = (mine, theirs) if _stays_last(mine, theirs) else (theirs, mine)
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(last, other, strict=False))
        rest = list(last.values())[len(list(alike)) :]
        if any(operation.id in mine for operation in rest):  # what is new stands there already
            moved += rest
    return moved


def compared(here: Iterable[Operation], arriving: Iterable[Operation]) -> Comparison:
    """Return what merging a record that arrives would do to the one that is here."""
    known, wanted = by_id(here), by_id(arriving)
    days = {operation.local_date for operation in wanted.values()}
    own = _by_subject(known.values())
    return Comparison(
        first=min(days, default=None),
        last=max(days, default=None),
        days=len(days),
        new=len(wanted.keys() - known.keys()),
        known=sum(known.get(id_) == operation for id_, operation in wanted.items()),
        differing=tuple(
            Difference(*subject, arriving_counts=not _stays_last(own[subject], theirs))
            for subject, theirs in _by_subject(wanted.values()).items()
            if _differ(own.get(subject, {}), theirs)
        ),
        taken=tuple(
            id_ for id_, operation in wanted.items() if known.get(id_, operation) != operation
        ),
    )


def _by_subject(operations: Iterable[Operation]) -> dict[SubjectOnDay, _Told]:
    found: dict[SubjectOnDay, _Told] = {}
    for operation in operations:
        subject = operation.local_date, subject_of(operation)
        found.setdefault(subject, {})[operation.id] = operation
    return found


def _stays_last(mine: _Told, theirs: _Told) -> bool:
    """Tell which of two that don't say the same has the last word: mine, or else theirs."""
    if mine.keys() <= theirs.keys():
        return False
    my_last, their_last = _last(mine), _last(theirs)
    if _knows_last(mine, theirs) != _knows_last(theirs, mine):
        return _knows_last(mine, theirs)
    # The id only so that both devices decide alike between two of the same millisecond.
    return (my_last.at, my_last.id) >= (their_last.at, their_last.id)


def _differ(mine: _Told, theirs: _Told) -> bool:
    if mine.keys() <= theirs.keys() or theirs.keys() <= mine.keys():
        return False
    if _knows_last(mine, theirs) != _knows_last(theirs, mine):
        return False
    made = {name: getattr(_last(mine), name) for name in _MADE}
    return _last(mine) != replace(_last(theirs), **made)


def _knows_last(some: _Told, others: _Told) -> bool:
    """Tell whether the others' last statement is known, so that what followed it knew of it."""
    return _last(others).id in some


def _last(told: _Told) -> Operation:
    return told[next(reversed(told))]


def _conflict(operation: Operation) -> ConflictError:
    return ConflictError(
        f"Two different statements have the id {operation.id}, so none of them was saved."
    )
