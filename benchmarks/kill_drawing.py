"""Kill the server again and again while a pain drawing is made, and look for lost strokes.

    python benchmarks/kill_drawing.py               # 200 strokes, four kills
    python benchmarks/kill_drawing.py --strokes 40  # a quick look

One tab draws line after line, also while there is no server. At random moments the server is killed
with SIGKILL and, a little later, started again. After each kill the record must hold every stroke
that the tab had seen acknowledged by then; at the end every stroke must be there, once.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from browsing import LOG_OUTBOX, chromium, open_map
from kill_server import Killer
from playwright.sync_api import Page
from reporting import machine, verdict
from saved import saved_ids
from serving import Server, running

KILLS = 4
SAVED_MS = 300_000


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--strokes", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="bodymap-drawing-") as folder, chromium() as browser:
        print(machine(browser), flush=True)
        server = Server(Path(folder))
        with running(server):
            page = open_map(browser, None, LOG_OUTBOX)
            page.goto(f"{server.url}/draw")
            stage = page.locator(".stage.drawing")
            page.get_by_role("checkbox").first.wait_for(state="attached")
            frame = stage.bounding_box()
            killer = Killer(server, KILLS, random.Random(options.seed))
            killer.start()
            while len(page.evaluate("outboxLog().made")) < options.strokes or killer.is_alive():
                draw(page, frame, dice)
            if killer.error:
                raise killer.error
            page.wait_for_function(
                "() => !sessionStorage.getItem('bodymap.pending.2')", timeout=SAVED_MS
            )
            log = page.evaluate("outboxLog()")
        saved = saved_ids(server.record_url)
    made = {operation["id"] for operation in log["made"]}
    missing = 0
    for at, _, there in killer.killed:
        told = {one["id"] for one in log["acknowledged"] if one["at"] < at}
        missing += len(told - there)
        print(f"killed after {len(told)} acknowledged strokes ({len(told - there)} missing then)")
    lost, never_made = len(made - set(saved)), len(set(saved) - made)
    twice = sum(times - 1 for times in Counter(saved).values())
    print(f"{len(made)} strokes made: lost {lost}, twice {twice}, never made {never_made}")
    return verdict(
        len(made) >= options.strokes and not missing + lost + twice + never_made,
        f"{KILLS} kills while {options.strokes} strokes are drawn: every one there, none twice",
    )


def draw(page: Page, frame: dict, dice: random.Random) -> None:
    """Draw one short line somewhere on the trunk."""
    x = frame["x"] + frame["width"] * dice.uniform(0.42, 0.58)
    y = frame["y"] + frame["height"] * dice.uniform(0.2, 0.45)
    page.mouse.move(x, y)
    page.mouse.down()
    for _ in range(6):
        x, y = x + dice.uniform(-12, 12), y + dice.uniform(-12, 12)
        page.mouse.move(x, y)
    page.mouse.up()
    page.wait_for_timeout(dice.uniform(0, 80))


if __name__ == "__main__":
    sys.exit(main())
