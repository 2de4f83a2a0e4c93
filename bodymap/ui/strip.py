"""The strip of days: one small body for each check-in; choosing one shows it."""

from collections.abc import Sequence
from datetime import date, timedelta

from bodymap.atlas import WHOLE_BODY
from bodymap.measures.change import levels_of
from bodymap.measures.history import LONG_GAP_DAYS, Gap
from bodymap.measures.saying import day_said
from bodymap.records import CheckIn
from bodymap.ui.bodies import Picture, Spot, bodies
from bodymap.ui.clock import today

MOST = 100
"""At most so many pictures; more could not be looked at, and the browser would draw for long."""


def strip(check_ins: Sequence[CheckIn], scale: str, body: str, chosen: str) -> str | None:
    """Show the latest check-ins and return the id of the one that was chosen here.

    Of those that lie ahead, tomorrow's alone may be among them.
    """
    shown = check_ins[-MOST:]
    return bodies(
        key="strip",
        kind="strip",
        body=body,
        name="Each day you marked",
        chosen=chosen,
        pictures=[
            _picture(check_in, earlier, scale)
            for earlier, check_in in zip([None, *shown], shown, strict=False)
        ],
    )


def spots_of(check_in: CheckIn, scale: str) -> list[Spot]:
    """Return the marks of a day as spots of one scale; those without an answer on it are empty."""
    spots = []
    for mark in check_in.marks:
        level = levels_of(mark)[scale]
        spots.append(
            Spot(mark.target, mark.side, "level", "–" if level is None else str(level), level)
        )
    return spots


def overall_of(check_in: CheckIn) -> int | None:
    """Return the level of the day as a whole: of the whole body, by itself or when touched."""
    for mark in check_in.marks:
        if mark.target == WHOLE_BODY:
            return mark.touched_nrs if mark.by_itself_nrs is None else mark.by_itself_nrs
    return None


def _picture(check_in: CheckIn, earlier: CheckIn | None, scale: str) -> Picture:
    day = check_in.local_date
    note = _note(check_in)
    said = f"{day:%A}, {day_said(day)}: {note}"
    is_ahead = day > today()
    return Picture(
        id=check_in.id,
        title="Tomorrow" if is_ahead else _title(day, earlier),
        note=note,
        said=f"Tomorrow, {said}" if is_ahead else said,
        spots=spots_of(check_in, scale),
        gap=_gap(earlier, day),
    )


def _title(day: date, earlier: CheckIn | None) -> str:
    """Return "Sat 1", with the month where another one begins, and the year likewise."""
    title = f"{day:%a} {day.day}"
    before = earlier.local_date if earlier else None
    if before is None or (before.year, before.month) != (day.year, day.month):
        title += f" {day:%b}"
    return f"{title} {day.year}" if before is not None and before.year != day.year else title


def _note(check_in: CheckIn) -> str:
    overall = overall_of(check_in)
    if overall is not None:
        return f"overall {overall}"
    count = sum(mark.target != WHOLE_BODY for mark in check_in.marks)
    if count:
        return "1 place" if count == 1 else f"{count} places"
    return "a drawing" if check_in.drawing is None or check_in.drawing.strokes else "answers"


def _gap(earlier: CheckIn | None, day: date) -> str:
    if earlier is None:
        return ""
    one = timedelta(days=1)
    gap = Gap(earlier.local_date + one, day - one)
    return str(gap) if gap.days >= LONG_GAP_DAYS else ""
