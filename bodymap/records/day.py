"""The answers of a day: worst and least pain, sleep, fatigue, mood, what was tried, a journal.

The overall pain now is not among them: it is the mark of the whole body, given on the map.
"""

from dataclasses import dataclass

from bodymap.records.errors import InvalidValue
from bodymap.records.scales import checked_level
from bodymap.records.statement import Statement, check_words

TRIED = {
    "medicine": "medicine",
    "walk": "a walk",
    "exercise": "exercise",
    "yoga": "yoga or stretching",
    "heat": "heat",
    "massage": "massage",
    "acupuncture": "acupuncture",
    "physiotherapy": "physiotherapy",
    "chiropractic": "chiropractic",
    "relaxation": "relaxation",
    "counselling": "counselling",
    "rest": "rest",
}
"""What is offered at first; a person can take things out of their list and add their own words."""

HELPED = {"yes": "it helped", "a-little": "it helped a little", "no": "it did not help"}
LEVELS = ("worst_nrs", "least_nrs", "sleep_nrs", "fatigue_nrs", "mood_nrs")
LONGEST_NAME = 40
LONGEST_JOURNAL = 2000
MOST_TRIED = 30


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried since the last check-in.

    what: an id of ``TRIED``, or a person's own words of 1 to 40 characters.
    helped: an id of ``HELPED``, or None for not said.
    """

    what: str
    helped: str | None = None

    def __post_init__(self) -> None:
        check_words("what", self.what, LONGEST_NAME)
        if not self.what.strip():
            raise InvalidValue("what", "must not be empty")
        if self.helped is not None and (
            not isinstance(self.helped, str) or self.helped not in HELPED
        ):
            raise InvalidValue("helped", f"must be {', '.join(HELPED)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOperation(Statement):
    """One statement: these are all the answers of its day from now on. All of them optional.

    worst_nrs, least_nrs: pain, 0 none to 10 the worst imaginable, since waking.
    sleep_nrs: 0 slept very well to 10 very badly. fatigue_nrs: 0 none to 10 exhausted.
    mood_nrs: 0 good to 10 very low. None: not answered. More is always worse.
    tried: each thing once. journal: at most 2000 characters.

    Raises:
        InvalidValue: a value is not one of these.
    """

    worst_nrs: int | None = None
    least_nrs: int | None = None
    sleep_nrs: int | None = None
    fatigue_nrs: int | None = None
    mood_nrs: int | None = None
    tried: tuple[Tried, ...] = ()
    journal: str = ""

    def __post_init__(self) -> None:
        Statement.__post_init__(self)
        for field in LEVELS:
            checked_level(getattr(self, field), field)
        if not isinstance(self.tried, tuple) or len(self.tried) > MOST_TRIED:
            raise InvalidValue("tried", f"must be a list of at most {MOST_TRIED} things")
        if len({each.what for each in self.tried}) != len(self.tried):
            raise InvalidValue("tried", "must name each thing once")
        check_words("journal", self.journal, LONGEST_JOURNAL)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is answered (any more)."""
        return not (
            self.tried or self.journal or any(getattr(self, field) is not None for field in LEVELS)
        )
