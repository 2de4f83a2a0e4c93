"""The numbers of a pain drawing, beside a bare shapely buffer and union of the same lines.

    python benchmarks/drawings.py

Both get drawings of 20 strokes of 120 points, another one each time, in turn in one process. The
bare one gets the lines on the body already and neither erases, clips nor knows areas. The bound is
on the medians of the processor's time, one thread each, so that a busy machine matters less. Also
printed, without a bound: overlap of two drawings, every number together, and the drawings of a
made-up record (ten_years.py).
"""

import argparse
import random
import sys
import time
from pathlib import Path

import numpy as np
import shapely
from reporting import machine, percentile, spread, verdict
from ten_years import days, line

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bodymap import atlas
from bodymap.measures.extent import by_area, by_quality, extent, overlap, weighted
from bodymap.measures.shapes import shape_of
from bodymap.records.drawing import PainDrawing, StrokeOperation

STROKES, POINTS, WIDTH_MM = 20, 120, 28
BOUND = 1.5


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=40)
    arguments.add_argument("--days", type=int, default=365)
    options = arguments.parse_args()
    print(machine())
    known = atlas.load()
    begin = time.process_time()
    shape_of(known, drawn(random.Random(0)))
    print(f"first drawing, with the body's table: {time.process_time() - begin:.2f} s")
    ours, theirs, alike, numbers = in_turn(known, options.runs)
    print(f"extent, 20 strokes of 120 points:     {spread(ours)}")
    print(f"bare buffer and union of the lines:   {spread(theirs)}")
    print(f"overlap of two shapes:                {spread(alike)}")
    print(f"areas, qualities and levels as well:  {spread(numbers)}")
    print(
        f"one of {options.days} days, 8 strokes of 40:    {spread(of_record(known, options.days))}"
    )
    ratio = percentile(ours, 50) / percentile(theirs, 50)
    return verdict(ratio <= BOUND, f"extent within {BOUND} times the bare union, p50 ({ratio:.2f})")


def in_turn(known, runs: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return milliseconds: extent, the bare union, overlap, the other numbers."""
    dice = random.Random(1)
    figure = known.figure("neutral", "back")
    before = shape_of(known, drawn(dice))
    times: tuple[list[float], ...] = ([], [], [], [])
    for _ in range(runs):
        drawing = drawn(dice)
        every = np.array([place for stroke in drawing.strokes for place in stroke.points])
        lines = shapely.linestrings(
            figure.warp.to_figure(every / 1000), indices=np.repeat(np.arange(STROKES), POINTS)
        )
        marks = [time.process_time()]
        shape = shape_of(known, drawing)
        extent(shape)
        marks.append(time.process_time())
        shapely.union_all(shapely.buffer(lines, WIDTH_MM / 2))
        marks.append(time.process_time())
        overlap(shape, before)
        marks.append(time.process_time())
        by_area(shape), by_quality(shape), weighted(shape)
        marks.append(time.process_time())
        for column, start, end in zip(times, marks[:-1], marks[1:], strict=True):
            column.append((end - start) * 1000)
        before = shape
    return times


def of_record(known, count: int) -> list[float]:
    """Return milliseconds of extent for each drawing of a made-up record."""
    times = []
    for day in days(count, marks=1):
        begin = time.process_time()
        extent(shape_of(known, PainDrawing(day.strokes)))
        times.append((time.process_time() - begin) * 1000)
    return times


def drawn(dice: random.Random) -> PainDrawing:
    """Return a drawing on the back: one layer, one brush."""
    (day,) = days(1, marks=1, strokes=1)
    made = {field: getattr(day.answers, field) for field in ("at", "zone", "utc_offset_min")}
    return PainDrawing(
        tuple(
            StrokeOperation(
                id=f"00000000-0000-4000-8000-{number:012d}",
                stroke_id=f"00000000-0000-4000-9000-{number:012d}",
                view="back",
                tool="brush",
                points=line(dice, POINTS),
                width_mm=WIDTH_MM,
                quality="burning",
                nrs=5,
                **made,
            )
            for number in range(STROKES)
        )
    )


if __name__ == "__main__":
    sys.exit(main())
