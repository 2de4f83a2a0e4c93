"""What was corrected or entered late about a day, in sentences."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bodymap.atlas import WHOLE_BODY, Atlas
from bodymap.records import DayOperation, MarkOperation, values_of_answers, values_of_mark
from bodymap.records.scales import SCALES
from bodymap.records.statement import Statement
from bodymap.ui.names import name_of_target

_ANSWERS = {
    "worst_nrs": "Worst pain",
    "least_nrs": "Least pain",
    "sleep_nrs": "Sleep",
    "fatigue_nrs": "Tiredness",
    "mood_nrs": "Mood",
}


def corrections_said(atlas: Atlas, statements: Iterable[Statement], day: date) -> tuple[str, ...]:
    """Return one sentence for each number of a day that was changed, cleared or entered late.

    statements: of the record, in its order; those about other days are passed over.
    "Rhomboid, upper, left: 7 when touched, changed to 5 at 18:40." Clock times are those of the
    person's own day; what was stated on a later day has that date in their place.
    """
    of_day = [one for one in statements if one.local_date == day]
    places = dict.fromkeys(one.place for one in of_day if isinstance(one, MarkOperation))
    said = []
    for place in places:
        values = values_of_mark(of_day, day, place)
        for scale, words in SCALES.items():
            unit = "" if place[0] == WHOLE_BODY else f" {words}"
            said.append((name_of_target(atlas, *place), _story(values, f"{scale}_nrs", unit)))
    answers = values_of_answers(of_day, day)
    said += [(name, _story(answers, field, "")) for field, name in _ANSWERS.items()]
    return tuple(f"{name}: {story}." for name, story in said if story)


def _story(values: Sequence[MarkOperation | DayOperation], field: str, unit: str) -> str:
    """Return "7 when touched, changed to 5 at 18:40"; "" where there is nothing to tell."""
    parts: list[str] = []
    level, is_worth_telling = None, False
    for value in values:
        before, level = level, getattr(value, field)
        if level == before:
            continue
        if not parts:
            entered = f", entered {_when(value)}" if value.is_late else ""
            parts.append(f"{level}{unit}{entered}")
            is_worth_telling = value.is_late
            continue
        change = "given again as" if before is None else "changed to"
        parts.append(f"{'cleared' if level is None else f'{change} {level}'} {_when(value)}")
        is_worth_telling = True
    return ", ".join(parts) if is_worth_telling else ""


def _when(value: Statement) -> str:
    at = value.at + timedelta(minutes=value.utc_offset_min)
    if not value.is_late:
        return f"at {at:%H:%M}"
    year = "" if at.year == value.local_date.year else f" {at.year}"
    return f"on {at.day} {at:%B}{year}"
