"""Measure My marks, choosing and marking after ten years of daily use, beside a month of it.

    python benchmarks/history.py               # 15 openings, 30 choices, 30 marks on each
    python benchmarks/history.py --samples 3   # a quick look

Two servers run on two records of ten_years.py: 30 days, and 3,650 days, each day with 20 marks, a
drawing and answers. In turn, My marks is opened on both, and the time runs from asking for the page
to the frame that has its strip, its chart and its pictures of change; a point is chosen, and the
time runs to its explanation; a level is pressed, and the time runs to "Saved". The bounds are
2 times the month's median for opening and 1.1 times for choosing and marking. At the end: how much
memory the servers took for each further tab that has My marks open, for one that shows "All" of the
ten years, and how long that takes.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import ten_years
from browsing import chromium, go, level, middle, open_map, target
from browsing import places as catalogued
from choice import MEASURE, choose
from playwright.sync_api import Page
from reporting import machine, spread, verdict
from serving import Server, running

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bodymap.records import open_store

PERSON = "local"
MONTH, YEARS = 30, ten_years.DAYS
OPENING, TOUCHING = 2.0, 1.1
AREA = "interscapular"
AT_ONCE = 3000  # statements in one transaction
TABS = 8
WHOLE_TABS = 3
SHOWN = """() => new Promise((done) => {
  const trees = () => [document, ...[...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean)];
  const has = (selector) => trees().some((tree) => tree.querySelector(selector));
  const look = () => has(".day-pick") && has("[data-kind=row] .view .over *") && has(".js-plotly-plot .trace") ? done(performance.now()) : requestAnimationFrame(look);
  look();
})"""  # noqa: E501


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--samples", type=int, default=15)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="bodymap-history-") as folder:
        servers = {}
        for days in (MONTH, YEARS):
            (Path(folder) / str(days)).mkdir()
            servers[days] = Server(Path(folder) / str(days))
            fill(servers[days], days)
        with running(*servers.values()), chromium() as browser:
            print(machine(browser), flush=True)
            opened = openings(browser, servers, options.samples)
            chosen, marked = touches(browser, servers, 2 * options.samples, options.seed)
            # last: what these tabs hold makes Streamlit's collecting of garbage slower for a while
            whole_s, whole_mb = opening_all(browser, servers[YEARS])
            memory = {days: tab_mb(browser, server) for days, server in servers.items()}
    ratios = []
    for name, samples in (("My marks opened", opened), ("chosen", chosen), ("marked", marked)):
        for days, taken in samples.items():
            print(f"{name}, {days} days: {spread(taken)}")
        ratios.append(statistics.median(samples[YEARS]) / statistics.median(samples[MONTH]))
    print(
        f"all {YEARS} days: {whole_s[0]:.1f} s from the press to the last picture, "
        f"{whole_s[1]:.1f} s the second time; {whole_mb:.0f} MB more for each such tab"
    )
    for days, (before, each) in memory.items():
        print(f"memory, {days} days: {before:.0f} MB, {each:.1f} MB more for each further tab")
    return verdict(
        ratios[0] <= OPENING and max(ratios[1:]) <= TOUCHING,
        f"with {YEARS} days, opening takes at most {OPENING} times, choosing and marking at most"
        f" {TOUCHING} times as long as with {MONTH} ({', '.join(f'{one:.2f}' for one in ratios)})",
    )


def fill(server: Server, count: int) -> None:
    """Put a made-up record into a server's file; the newest day is yesterday."""
    ten_years.FIRST = ten_years.date.today() - ten_years.timedelta(days=count)
    with open_store(server.record_url) as store:
        waiting: list = []
        for day in ten_years.days(count):
            waiting += [*day.marks, *day.strokes, day.answers]
            if len(waiting) >= AT_ONCE:
                store.apply(PERSON, waiting)
                waiting = []
        store.apply(PERSON, waiting)


def openings(browser, servers: dict[int, Server], samples: int) -> dict[int, list[float]]:
    """Return the milliseconds from asking for My marks to its last picture."""
    taken: dict[int, list[float]] = {days: [] for days in servers}
    page = open_map(browser, None)
    for number in range(samples + 2):
        for days, server in servers.items():
            page.goto(f"{server.url}/my-marks")
            ms = page.evaluate(SHOWN)
            if number >= 2:  # the first ones load what all pages need
                taken[days].append(ms)
    page.context.close()
    return taken


def touches(browser, servers, samples: int, seed: int):
    """Return the milliseconds from choosing a point, and from pressing a level, in turn."""
    dice = random.Random(seed)
    area = next(place for place in catalogued() if place.id == AREA)
    points = [p for p in catalogued() if p.area == AREA and p.kind == "trigger"]
    pages = {days: on_the_area(browser, server, area) for days, server in servers.items()}
    chosen: dict[int, list[float]] = {days: [] for days in servers}
    marked: dict[int, list[float]] = {days: [] for days in servers}
    for number in range(samples + 3):
        point = points[number % len(points)]
        for days, page in pages.items():
            taken = choose(page, point, area, dice)["shown"]
            if number >= 3:
                chosen[days].append(taken)
    for page in pages.values():
        target(page, points[0]).click()
        level(page, 1).wait_for()
    for number in range(samples + 3):
        for days, page in pages.items():
            page.wait_for_timeout(dice.uniform(600, 800))
            taken = mark(page, 1 + number % 9)
            if number >= 3:
                marked[days].append(taken)
    for page in pages.values():
        page.context.close()
    return chosen, marked


def on_the_area(browser, server: Server, area) -> Page:
    page = open_map(browser, None, MEASURE, timezone_id="UTC")
    go(page, server.url)
    target(page, area).click()
    page.get_by_role("heading", level=1, name=area.name).wait_for()
    return page


def mark(page: Page, number: int) -> float:
    """Press a level; return the milliseconds until nothing waits to be saved."""
    begin = time.perf_counter()
    page.mouse.click(*middle(level(page, number)))
    page.wait_for_function("() => sessionStorage.getItem('bodymap.pending.2') === null")
    return (time.perf_counter() - begin) * 1000


def opening_all(browser, server: Server) -> tuple[list[float], float]:
    """Return the seconds from asking for all days to their pictures, and megabytes for each tab.

    The first tab loads what all others need, and is not counted in the megabytes.
    """
    pages, seconds = [], []
    for number in range(1 + WHOLE_TABS):
        pages.append(open_map(browser, None))
        show_all(pages[-1], server, seconds)
        if number == 0:
            before = resident_mb(server)
    more = resident_mb(server) - before
    for page in pages:
        page.context.close()
    return seconds, more / WHOLE_TABS


def show_all(page: Page, server: Server, seconds: list[float]) -> None:
    page.goto(f"{server.url}/my-marks")
    page.evaluate(SHOWN)
    begin = time.perf_counter()
    page.get_by_role("radiogroup", name="Days to look at").get_by_text("All").click()
    page.get_by_text(f"You marked on {YEARS + 1} days").wait_for(timeout=240_000)
    page.evaluate(SHOWN)
    seconds.append(time.perf_counter() - begin)


def tab_mb(browser, server: Server) -> tuple[float, float]:
    """Return the server's megabytes and how many more each further tab takes."""
    before = resident_mb(server)
    pages = [open_map(browser, None) for _ in range(TABS)]
    for page in pages:
        page.goto(f"{server.url}/my-marks")
        page.evaluate(SHOWN)
    more = resident_mb(server) - before
    for page in pages:
        page.context.close()
    return before, more / TABS


def resident_mb(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
