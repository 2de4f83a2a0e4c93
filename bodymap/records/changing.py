"""A statement as the page made it: all that the page showed, and which of it was changed by hand.

Two pages can be open on one record, on one computer or two, and the older one shows what was true
when it was drawn. A statement says the whole of its subject from then on, so saving it as it comes
would take back what the other page said meanwhile. So each comes with what was changed by hand and
what stood there before (``was``), and that alone is changed of what the record holds now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bodymap.records.day import LEVELS, DayOperation, Tried
from bodymap.records.model import MarkOperation, Operation
from bodymap.records.qualities import NO_DETAILS, Details

_DETAILS = ("qualities", "own_word", "course", "depth", "certainty", "note")
_WORDS = ("note", "journal")


@dataclass(frozen=True, slots=True)
class Change:
    """One statement of a page.

    stated: the whole as the page showed it when it was made.
    was: what stood there before, by the name of each field that was changed by hand, as the
        statement itself would hold it; None where the whole is meant, as with a stroke.
    """

    stated: Operation
    was: Mapping[str, Any] | None = None

    def onto(self, current: Operation | None) -> Operation:
        """Return the statement to keep where ``current`` is the last one about the same.

        Numbers and choices: the hand's. Qualities and things tried: those put in or taken out by
        hand, one by one. A note and a journal: the words changed within those that are there now;
        where the two have nothing in common, both.

        Raises:
            InvalidValue: together they are more than a record may hold.
        """
        stated = self.stated
        if self.was is None or type(current) is not type(stated):
            return stated
        match stated, current:
            case MarkOperation(), MarkOperation():
                return _mark(stated, current, self.was)
            case DayOperation(), DayOperation():
                return _answers(stated, current, self.was)
        return stated


def _mark(stated: MarkOperation, current: MarkOperation, was: Mapping[str, Any]) -> MarkOperation:
    if stated.is_cleared:
        return stated
    levels = {
        name: getattr(stated if name in was else current, name)
        for name in ("touched_nrs", "by_itself_nrs")
    }
    if set(levels.values()) == {None}:
        return stated  # cleared meanwhile, but the hand says that there is a mark
    told = {
        name: _joined(
            name, was[name], getattr(stated.details, name), getattr(current.details, name)
        )
        if name in was
        else getattr(current.details, name)
        for name in _DETAILS
    }
    details = Details(**told) if not stated.is_again else NO_DETAILS
    return replace(stated, **levels, details=details)


def _answers(stated: DayOperation, current: DayOperation, was: Mapping[str, Any]) -> DayOperation:
    told = {
        name: _joined(name, was[name], getattr(stated, name), getattr(current, name))
        if name in was
        else getattr(current, name)
        for name in (*LEVELS, "tried", "journal")
    }
    return replace(stated, **told)


def _joined(name: str, was: Any, stated: Any, current: Any) -> Any:
    """Return the value of a field that was changed by hand from ``was`` to ``stated``."""
    if name == "qualities":
        kept = [each for each in current if each in stated or each not in was]
        return tuple(kept + [each for each in stated if each not in was and each not in kept])
    if name == "tried":
        return _tried(was, stated, current)
    if name in _WORDS:
        return _words(was, stated, current)
    return stated


def _tried(
    was: tuple[Tried, ...], stated: tuple[Tried, ...], current: tuple[Tried, ...]
) -> tuple[Tried, ...]:
    before, now = ({each.what: each for each in those} for those in (was, stated))
    joined = {each.what: each for each in current}
    for what in {**before, **now}:
        if before.get(what) == now.get(what):
            continue
        if what in now:
            joined[what] = now[what]
        else:
            joined.pop(what, None)
    return tuple(joined.values())


def _words(was: str, stated: str, current: str) -> str:
    if current in (was, stated):
        return stated
    if was and was in current:
        return current.replace(was, stated, 1)
    return "\n".join(filter(None, (current, stated)))
