"""What a pain feels like, in the words offered, and the other words a mark can carry."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bodymap.records.errors import InvalidValue, shown
from bodymap.records.statement import check_words

QUALITIES = {
    "dull-ache": "dull ache",
    "burning": "burning",
    "sharp": "sharp",
    "stabbing": "stabbing",
    "throbbing": "throbbing",
    "cramping": "cramping",
    "tight": "tight",
    "tingling": "tingling",
    "numb": "numb",
    "electric": "electric",
    "itching": "itching",
}
COURSES = {"constant": "there all the time", "comes-and-goes": "comes and goes"}
DEPTHS = {"surface": "near the skin", "deep": "deep inside"}
CERTAINTIES = {"exactly": "exactly here", "about": "about here"}

LONGEST_OWN_WORD = 60
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a mark says besides its two levels. All optional; empty means not answered.

    qualities: ids of ``QUALITIES``, each once, in that order; own_word: another one, at most 60
    characters. course, depth, certainty: ids of ``COURSES``, ``DEPTHS``, ``CERTAINTIES``, or None.
    note: at most 500 characters.

    Raises:
        InvalidValue: a value is not one of these.
    """

    qualities: tuple[str, ...] = ()
    own_word: str = ""
    course: str | None = None
    depth: str | None = None
    certainty: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.qualities, tuple):
            raise InvalidValue("qualities", "must be a list of qualities")
        for quality in self.qualities:
            checked_quality(quality)
        in_order = tuple(each for each in QUALITIES if each in self.qualities)
        if len(in_order) != len(self.qualities):
            raise InvalidValue("qualities", "must each come once")
        object.__setattr__(self, "qualities", in_order)
        check_words("own_word", self.own_word, LONGEST_OWN_WORD)
        for field, known in (("course", COURSES), ("depth", DEPTHS), ("certainty", CERTAINTIES)):
            value = getattr(self, field)
            if value is not None and (not isinstance(value, str) or value not in known):
                raise InvalidValue(field, f"must be {' or '.join(known)}, not {shown(value)}")
        check_words("note", self.note, LONGEST_NOTE)


NO_DETAILS = Details()


def checked_quality(value: object) -> str:
    """Return the id of a quality; refuse anything else."""
    if not isinstance(value, str) or value not in QUALITIES:
        raise InvalidValue("quality", f"must be one of the qualities, not {shown(value)}")
    return value


def most_used_first(used: Iterable[Details]) -> tuple[str, ...]:
    """Return the ids of all qualities, those said most often first, else in the usual order."""
    times = Counter(quality for details in used for quality in details.qualities)
    return tuple(sorted(QUALITIES, key=lambda quality: -times[quality]))
