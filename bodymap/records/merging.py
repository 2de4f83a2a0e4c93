"""Two records of one person that meet: which statements are new, and which of them count.

Within a record its order counts, never the clock. Between two devices there is no such order, so
there alone the clock decides: of two statements about one subject and date, the one that was made
later by its own clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bodymap.records.errors import ConflictError
from bodymap.records.model import Operation, Subject, subject_of

_SubjectOnDay = tuple[date, Subject]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: how many statements were new, and how many were there already."""

    added: int
    known: int


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


def later_here(here: Iterable[Operation], arriving: Iterable[Operation]) -> list[Operation]:
    """Return the statements that stay current although others arrive about the same."""
    current = _last_of_each_day(here)
    return [
        current[key]
        for key, arrived in _last_of_each_day(arriving).items()
        if key in current and current[key].at >= arrived.at
    ]


def _last_of_each_day(operations: Iterable[Operation]) -> dict[_SubjectOnDay, Operation]:
    return {(operation.local_date, subject_of(operation)): operation for operation in operations}


def _conflict(operation: Operation) -> ConflictError:
    return ConflictError(
        f"Two different statements have the id {operation.id}, so none of them was saved."
    )
