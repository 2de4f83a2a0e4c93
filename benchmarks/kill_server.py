"""Kill the server again and again while three browsers mark, and look for what is lost.

    python benchmarks/kill_server.py             # four kills
    python benchmarks/kill_server.py --kills 1   # a quick look

Three tabs, each in a browser context of its own, mark three points of the same record without
stopping, also while there is no server. At random moments the server is killed with SIGKILL and,
a little later, started again. After each kill, while nothing runs, the record must hold every mark
that any tab had seen acknowledged by then. At the end every mark must be there, once, those made
while the server was down too, and every tab must say "Saved".
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from browsing import LOG_OUTBOX, chromium, go, level, middle, open_map, wait_until_saved
from playwright.sync_api import Page
from reporting import machine, verdict
from saved import compare, saved_ids
from serving import Server, running

POINTS = ("rhomboid-major-upper", "gluteus-medius-back", "infraspinatus-middle")
TABS = 3


@dataclass(eq=False)
class Killer(threading.Thread):
    """Kills the server and starts it again, and notes what the record held in between."""

    server: Server
    kills: int
    dice: random.Random
    killed: list[tuple[float, float, set[str]]] = field(default_factory=list)
    error: BaseException | None = None

    def __post_init__(self):
        super().__init__()

    def run(self) -> None:
        try:
            for _ in range(self.kills):
                time.sleep(self.dice.uniform(3, 8))  # marks are made meanwhile
                at = time.time()
                self.server.kill()
                there = set(saved_ids(self.server.record_url))
                time.sleep(self.dice.uniform(0.5, 4))  # it stays away for a while
                self.server.start()
                self.killed.append((at, time.time(), there))
            time.sleep(5)  # and marks go on after it is back
        except BaseException as error:
            self.error = error


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kills", type=int, default=4)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="bodymap-kills-") as folder, chromium() as browser:
        print(machine(browser), flush=True)
        server = Server(Path(folder))
        with running(server):
            tabs = [open_map(browser, None, LOG_OUTBOX) for _ in range(TABS)]
            for tab, point in zip(tabs, POINTS, strict=True):
                go(tab, f"{server.url}/?point={point}&side=left")
                level(tab, 1).wait_for()
            killer = Killer(server, options.kills, random.Random(options.seed))
            killer.start()
            clicks = mark_until_done(tabs, killer, dice)
            if killer.error:
                raise killer.error
            begin = time.perf_counter()
            for tab in tabs:
                wait_until_saved(tab, 300)
                tab.get_by_role("status").get_by_text("Saved", exact=True).wait_for()
            landed = time.perf_counter() - begin
            logs = [tab.evaluate("outboxLog()") for tab in tabs]
        result = compare(server.record_url, logs)
    missing = 0
    for at, up_again, there in killer.killed:
        told = {one["id"] for log in logs for one in log["acknowledged"] if one["at"] < at}
        down = sum(at < when(one) < up_again for log in logs for one in log["made"])
        missing += len(told - there)
        print(
            f"killed after {len(told)} acknowledged marks ({len(told - there)} missing then), "
            f"down {up_again - at:.1f} s, {down} marks made meanwhile"
        )
    print(f"{clicks} clicks; all saved {landed:.1f} s after the last; {result}")
    return verdict(
        # a click may fall on the message that Streamlit shows for a moment; that one marks nothing
        result.is_sound and not missing,
        f"{options.kills} kills under {TABS} marking tabs: every acknowledged mark there, "
        "none twice, and those made meanwhile landed",
    )


def when(operation: dict) -> float:
    """Return when an operation was made, in seconds since 1970."""
    return datetime.fromisoformat(operation["at"]).timestamp()


def mark_until_done(tabs: list[Page], killer: Killer, dice: random.Random) -> int:
    """Press another level now in this tab, now in that one, until the last kill is over."""
    spots = [[middle(level(tab, number)) for number in range(11)] for tab in tabs]
    last = [None] * len(tabs)
    clicks = 0
    while killer.is_alive():
        which = dice.randrange(len(tabs))
        last[which] = dice.choice([number for number in range(11) if number != last[which]])
        tabs[which].mouse.click(*spots[which][last[which]])
        clicks += 1
        tabs[which].wait_for_timeout(dice.uniform(0, 120))
    return clicks


if __name__ == "__main__":
    sys.exit(main())
