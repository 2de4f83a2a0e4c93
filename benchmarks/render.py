"""Compare drawing a marked figure with anatomapa 0.4.5 drawing a heat map of the same values.

    pip install -r benchmarks/requirements.txt
    python benchmarks/render.py

Both draw the back of a female body to SVG text in one process, in turn: this project with its
muscles and 40 numbered marks, anatomapa with the same levels on its own regions (it has fewer, so
where several marks lie in one region their greatest level is taken), other levels each time. The
bound is on the medians of these calls. Also printed, without a bound: the first call in a fresh
process, and this project's calls with all it keeps between calls thrown away.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path

from reporting import machine, percentile, spread, verdict

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

BODY, VIEW = "female", "back"
MARKS = 40

# Our area -> anatomapa's region on its posterior view. Its sides are those of the picture, which
# on the back are the person's own.
REGIONS = {
    "head-back": "skull",
    "neck-back": "neck",
    "top-of-shoulder-back": "shoulder",
    "shoulder-back": "shoulder",
    "shoulder-blade": "upper_back",
    "interscapular": "upper_back",
    "mid-back": "upper_back",
    "lower-back": "lower_back",
    "sacrum": "buttocks",
    "buttock": "buttocks",
    "outer-hip-back": "buttocks",
    "upper-arm-back": "upper_arm",
    "elbow-back": "elbow",
    "forearm-back": "forearm",
    "hand-back": "hand",
    "thigh-back": "thigh",
    "knee-back": "knee",
    "calf": "lower_leg",
    "foot-back": "foot",
}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=60)
    arguments.add_argument("--first", choices=("ours", "anatomapa"), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.first:
        print(json.dumps(first_call(options.first)))
        return 0
    print(machine())
    for name in ("ours", "anatomapa"):
        firsts = [in_a_fresh_process(name) for _ in range(5)]
        loaded = percentile([ms for ms, _ in firsts], 50)
        drawn = percentile([ms for _, ms in firsts], 50)
        print(f"first call, {name}: import and load {loaded:.0f} ms, then draw {drawn:.1f} ms")
    ours, afresh, theirs = in_turn(options.runs)
    print(f"this project, warm:               {spread(ours)}")
    print(f"this project, nothing kept:       {spread(afresh)}")
    print(f"anatomapa 0.4.5:                  {spread(theirs)}")
    p50, p50_theirs = percentile(ours, 50), percentile(theirs, 50)
    return verdict(
        p50 < p50_theirs,
        f"a marked figure is drawn faster than anatomapa's heat map, p50 "
        f"({p50_theirs / p50:.0f} times as fast)",
    )


def in_a_fresh_process(name: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--first", name], capture_output=True, text=True, check=True
    )
    return tuple(json.loads(done.stdout))


def first_call(name: str) -> tuple[float, float]:
    """Return the milliseconds to import and load, then to draw for the first time."""
    begin = time.perf_counter()
    places = marked_places() if name == "ours" else None
    draw = draw_ours() if name == "ours" else draw_theirs()
    if places is None:
        loaded = time.perf_counter()
        draw({f"{region}_left": 5 for region in REGIONS.values()})
    else:
        levels = with_levels(places, random.Random(1))
        loaded = time.perf_counter()
        draw(levels)
    return (loaded - begin) * 1000, (time.perf_counter() - loaded) * 1000


def in_turn(runs: int) -> tuple[list[float], list[float], list[float]]:
    """Return milliseconds: ours warm, ours with nothing kept, anatomapa's."""
    from bodymap.drawing import picture

    places, dice = marked_places(), random.Random(1)
    ours, theirs = draw_ours(), draw_theirs()
    kept = [value for value in vars(picture).values() if hasattr(value, "cache_clear")]
    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    for number in range(runs + 3):
        levels = with_levels(places, dice)
        regions = of_regions(levels)
        measured = [timed(ours, levels)]
        for cache in kept:
            cache.cache_clear()
        measured += [timed(ours, levels), timed(theirs, regions)]
        if number >= 3:  # the first ones warm up
            for column, ms in zip(times, measured, strict=True):
                column.append(ms)
    return times


def timed(draw, values) -> float:
    begin = time.perf_counter()
    text = draw(values)
    elapsed = (time.perf_counter() - begin) * 1000
    if not text.rstrip().endswith("</svg>"):
        raise RuntimeError("this is no picture")
    return elapsed


def marked_places() -> list[tuple[str, str]]:
    """Return 40 places on the back: every area on every side, then points."""
    from bodymap import atlas

    figure = atlas.load().figure(BODY, VIEW)
    areas = [(area.id, side) for area in figure.areas.values() for side in area.sides]
    points = [(point.id, side) for point in figure.points.values() for side in point.sides]
    return (areas + points)[:MARKS]


def with_levels(places, dice: random.Random) -> dict[tuple[str, str], int]:
    return {place: dice.randint(0, 10) for place in places}


def of_regions(levels: dict[tuple[str, str], int]) -> dict[str, int]:
    """Return anatomapa's values: the greatest level of each of its regions."""
    from bodymap import atlas

    known = atlas.load()
    values: dict[str, int] = {}
    for (target, side), level in levels.items():
        area = known.points[target].area if target in known.points else target
        sides = ("left", "right") if side == "midline" else (side,)
        for one in sides:
            region = f"{REGIONS[area]}_{one}"
            values[region] = max(level, values.get(region, 0))
    return values


def draw_ours():
    from bodymap import atlas
    from bodymap.drawing import DrawnMark, figure_svg

    figure = atlas.load().figure(BODY, VIEW)

    def draw(levels: dict[tuple[str, str], int]) -> str:
        marks = [DrawnMark(target, side, level) for (target, side), level in levels.items()]
        return figure_svg(figure, ("muscles",), marks)

    return draw


def draw_theirs():
    import anatomapa

    def draw(values: dict[str, int]) -> str:
        return anatomapa.heatmap(values, view="posterior", body=BODY, lang="en").to_svg()

    return draw


if __name__ == "__main__":
    sys.exit(main())
