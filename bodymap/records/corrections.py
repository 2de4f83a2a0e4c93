"""What was stated about one thing over time: the first value, and every correction.

A statement is the value, and says itself when it was made (``at``) and whether that was after the
date that it is about (``is_late``). So a history of corrections is a list of statements, the last
of which counts.
"""

from collections.abc import Iterable
from datetime import date

from bodymap.records.day import DayOperation
from bodymap.records.model import MarkOperation, Place
from bodymap.records.statement import Statement


def values_of_mark(
    statements: Iterable[Statement], day: date, place: Place
) -> tuple[MarkOperation, ...]:
    """Return all that was stated about one place on one date, in the order given.

    A value that clears the mark is one of them; one that was marked again is none, because it
    corrects nothing.
    """
    return tuple(
        statement
        for statement in statements
        if isinstance(statement, MarkOperation)
        and statement.local_date == day
        and statement.place == place
        and not statement.is_again
    )


def values_of_answers(statements: Iterable[Statement], day: date) -> tuple[DayOperation, ...]:
    """Return all that was answered about one date, in the order given."""
    return tuple(
        statement
        for statement in statements
        if isinstance(statement, DayOperation) and statement.local_date == day
    )
