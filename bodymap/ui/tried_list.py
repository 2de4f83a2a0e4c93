"""What a person is offered as tried: the first list and their own things, less what they took out.

A thing of one's own that was tried on one of the latest days is offered without being kept here. So
what is kept is short: what was taken out, and what was added and not tried yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bodymap.records import CheckIn
from bodymap.records.day import TRIED
from bodymap.ui.session import Session

LATEST = 60
"""Check-ins to look through for things of one's own."""

LONGEST_KEPT = 200  # characters that a preference takes
NO_ROOM = "There is no room for more changes to this list. Nothing was changed."
_TAKEN_OUT, _ADDED = "tried_taken_out", "tried_added"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that can have been tried: its id or a person's own words, and if it is offered."""

    what: str
    name: str
    is_offered: bool


def things(preferences: Mapping[str, str], check_ins: Iterable[CheckIn]) -> tuple[Thing, ...]:
    """Return all that can be offered: the first list, then what the person tried or added."""
    taken_out, added = _lines(preferences, _TAKEN_OUT), _lines(preferences, _ADDED)
    names = TRIED | {what: what for what in (*_own(check_ins), *added) if what not in TRIED}
    return tuple(Thing(what, name, what not in taken_out) for what, name in names.items())


def keep(
    session: Session, check_ins: Iterable[CheckIn], offered: Sequence[str], taken_out: Sequence[str]
) -> str:
    """Keep a changed list; return "", or one sentence where it can't be kept.

    offered, taken_out: ids and own words. Own words that are not offered and were not tried are
        let go of.
    """
    own = set(_own(check_ins))
    wanted = {
        _TAKEN_OUT: "\n".join(what for what in taken_out if what in TRIED or what in own),
        _ADDED: "\n".join(what for what in offered if not (what in TRIED or what in own)),
    }
    if any(len(value) > LONGEST_KEPT for value in wanted.values()):
        return NO_ROOM
    kept = session.preferences()
    for name, value in wanted.items():
        if kept.get(name, "") != value:
            session.set_preference(name, value)
    return ""


def _own(check_ins: Iterable[CheckIn]) -> list[str]:
    tried = (each.what for one in check_ins if one.answers for each in one.answers.tried)
    return [what for what in dict.fromkeys(tried) if what not in TRIED]


def _lines(preferences: Mapping[str, str], name: str) -> list[str]:
    return preferences.get(name, "").splitlines()
