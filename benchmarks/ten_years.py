"""A made-up record of ten years as statements, the same on every run: a part that scripts share.

    python benchmarks/ten_years.py        # counts what it makes

Each day has marks at as many places, a drawing of brush, eraser and area strokes, and the answers
of the day. Everything is invented by a seeded generator; nobody's record is in it. Days come one at
a time, because all strokes at once would fill the memory. Some days are late entries, and the
offset from UTC follows the clocks of Berlin.
"""

import argparse
import math
import random
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bodymap import atlas
from bodymap.records.day import HELPED, TRIED, DayOperation, Tried
from bodymap.records.drawing import VIEWS, WIDTHS_MM, StrokeOperation
from bodymap.records.model import MarkOperation
from bodymap.records.qualities import QUALITIES

DAYS = 3650
MARKS = 20
STROKES = 8
POINTS = 40
SEED = 1
FIRST = date(2016, 11, 25)
ZONE = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Day:
    """Everything stated about one date: marks, strokes, answers, in the order in which it was."""

    date: date
    marks: tuple[MarkOperation, ...]
    strokes: tuple[StrokeOperation, ...]
    answers: DayOperation


def days(
    count: int = DAYS,
    marks: int = MARKS,
    strokes: int = STROKES,
    points: int = POINTS,
    seed: int = SEED,
) -> Iterator[Day]:
    """Yield a number of days, each with so many marks, strokes, and points a stroke."""
    dice = random.Random(seed)
    known = atlas.load()
    places = [slot for slot in known.slots if slot[0] != atlas.WHOLE_BODY]
    usual = dice.sample(places, k=marks + 10)
    areas = [(area.id, side, area.view) for area in known.areas.values() for side in area.sides]
    for number in range(count):
        made = _made(dice, FIRST + timedelta(days=number))
        yield Day(
            FIRST + timedelta(days=number),
            tuple(_marks(dice, made, dice.sample(usual, k=marks - 1))),
            tuple(_stroke(dice, made, areas, points) for _ in range(strokes)),
            _answers(dice, made),
        )


def line(dice: random.Random, points: int) -> tuple[tuple[int, int], ...]:
    """Return a scribble on the trunk, in thousandths of the frame."""
    x, y = dice.uniform(-800, 800), dice.uniform(0, 1000)
    heading = dice.uniform(0, 2 * math.pi)
    places = []
    for _ in range(points):
        heading += dice.gauss(0, 0.35)
        x += math.cos(heading) * 12
        y += math.sin(heading) * 3.6
        places.append((round(x), round(y)))
    return tuple(places)


def _made(dice: random.Random, day: date) -> dict[str, object]:
    late = dice.random() < 0.03
    on = day + timedelta(days=1) if late else day
    hour, minute = dice.randint(6, 22), dice.randint(0, 59)
    at = datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZoneInfo(ZONE))
    offset = at.utcoffset() or timedelta()
    return {
        "at": at.astimezone(UTC),
        "zone": ZONE,
        "utc_offset_min": int(offset.total_seconds() // 60),
        "day": day if late else None,
    }


def _id(dice: random.Random) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))


def _marks(dice: random.Random, made: dict, places: list) -> Iterator[MarkOperation]:
    for target, side in [(atlas.WHOLE_BODY, "midline"), *places]:
        yield MarkOperation(
            id=_id(dice),
            target=target,
            side=side,
            touched_nrs=None if target == atlas.WHOLE_BODY else dice.randint(0, 10),
            by_itself_nrs=dice.randint(0, 10),
            **made,
        )


def _stroke(dice: random.Random, made: dict, areas: list, points: int) -> StrokeOperation:
    tool = dice.choices(("brush", "eraser", "area"), (90, 5, 5))[0]
    values: dict[str, object] = {"tool": tool, "view": dice.choices(VIEWS, (80, 20))[0]}
    if tool == "area":
        values["area"], values["side"], values["view"] = dice.choice(areas)
    else:
        values |= {"points": line(dice, points), "width_mm": dice.choice(WIDTHS_MM)}
    if tool != "eraser":
        values |= {
            "quality": dice.choice(["", *QUALITIES]),
            "nrs": dice.choice([None, dice.randint(0, 10)]),
        }
    return StrokeOperation(id=_id(dice), stroke_id=_id(dice), **made, **values)


def _answers(dice: random.Random, made: dict) -> DayOperation:
    tried = tuple(
        Tried(what, dice.choice([None, *HELPED])) for what in TRIED if dice.random() < 0.15
    )
    least, worst = sorted((dice.randint(0, 10), dice.randint(0, 10)))
    return DayOperation(id=_id(dice), worst_nrs=worst, least_nrs=least, tried=tried, **made)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--days", type=int, default=DAYS)
    options = arguments.parse_args()
    begin = time.perf_counter()
    marks = strokes = points = 0
    for day in days(options.days):
        marks += len(day.marks)
        strokes += len(day.strokes)
        points += sum(len(stroke.points) for stroke in day.strokes)
    seconds = time.perf_counter() - begin
    print(
        f"{options.days} days, {marks} marks, {strokes} strokes of {points} points, {seconds:.1f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
