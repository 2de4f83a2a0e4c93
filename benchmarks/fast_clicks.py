"""Click marks as fast as a scripted browser can, and look for what is lost or saved twice.

    python benchmarks/fast_clicks.py              # 400 marks, three ways
    python benchmarks/fast_clicks.py --marks 40   # a quick look

Three rounds, each in a tab and a record of its own: a real pointer pressing the levels of one point
without waiting; a script clicking them, one in each turn of the event loop, which is faster than
any hand; and a real pointer going from point to point, choosing and marking each. Every mark
differs from the one before at its place, so that each click is one operation. Exits 1 unless all
were saved, each once, and each place shows its last level.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from browsing import (
    LOG_OUTBOX,
    chromium,
    go,
    level,
    middle,
    open_map,
    targets,
    wait_until_saved,
)
from playwright.sync_api import Page
from reporting import machine, verdict
from saved import compare
from serving import Server, running

POINT = "rhomboid-major-upper"
PATIENCE_S = 30


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--marks", type=int, default=400)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    dice = random.Random(options.seed)
    all_there = True
    with tempfile.TemporaryDirectory(prefix="bodymap-clicks-") as folder, chromium() as browser:
        print(machine(browser), flush=True)
        for name, click in (
            ("pointer, one point", pointer_on_one_point),
            ("script, one point", script_on_one_point),
            ("pointer, from point to point", pointer_from_point_to_point),
        ):
            server = Server(Path(folder) / click.__name__)
            server.record.parent.mkdir()
            with running(server):
                page = open_map(browser, None, LOG_OUTBOX, reduced_motion="reduce")
                go(page, f"{server.url}/?point={POINT}&side=left")
                level(page, 1).wait_for()
                page.wait_for_timeout(1000)
                begin = time.perf_counter()
                click(page, options.marks, dice)
                clicked = time.perf_counter() - begin
                wait_until_saved(page, 300)
                page.get_by_role("status").get_by_text("Saved", exact=True).wait_for()
                all_saved = time.perf_counter() - begin
                log = page.evaluate("outboxLog()")
                page.context.close()
            result = compare(server.record_url, [log])
            print(
                f"{name}: {options.marks} clicks in {clicked:.1f} s, all saved after "
                f"{all_saved:.1f} s; {result}",
                flush=True,
            )
            all_there &= result.is_sound and result.saved == options.marks
    return verdict(all_there, f"{options.marks} marks clicked, {options.marks} saved, none twice")


def pointer_on_one_point(page: Page, marks: int, dice: random.Random) -> None:
    spots = [middle(level(page, number)) for number in range(11)]
    last = None
    for _ in range(marks):
        last = dice.choice([number for number in range(11) if number != last])
        page.mouse.click(*spots[last])


def script_on_one_point(page: Page, marks: int, dice: random.Random) -> None:
    levels = [level(page, number).element_handle() for number in range(11)]
    page.evaluate(
        """async ([levels, marks]) => {
          for (let i = 0; i < marks; i++) {
            levels[i % 11].click();
            await new Promise((done) => setTimeout(done));
          }
        }""",
        [levels, marks],
    )


def pointer_from_point_to_point(page: Page, marks: int, dice: random.Random) -> None:
    """Go on to a neighbour that shows on the picture, mark it with another level, and so on.

    Nothing waits for an answer, and the level is pressed before the picture shows the point. Only
    the next point is: who presses what is moving may hit something else, and that is no loss.
    """
    frame = page.get_by_role("group", name="Points: ").locator("..").bounding_box()
    spots = [middle(level(page, number)) for number in range(11)]
    given: dict[str, int] = {}
    visits: dict[str, int] = {}
    for _ in range(marks):
        inside = page.evaluate(NEIGHBOURS, [targets(page).element_handles(), frame])
        to = min(inside, key=lambda one: (visits.get(one["key"], 0), dice.random()))
        key = to["key"]
        visits[key] = visits.get(key, 0) + 1
        given[key] = dice.choice([number for number in range(11) if number != given.get(key)])
        page.mouse.click(to["x"], to["y"])
        page.mouse.click(*spots[given[key]])
        wait_until_shown(page, key)


def wait_until_shown(page: Page, key: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while page.evaluate(CHOSEN, targets(page).element_handles()) != key:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{key} was pressed and is not chosen")


CHOSEN = "(inputs) => inputs.find((input) => input.checked)?.value"

# Those on the picture that nothing lies over: the small bodies stand in a corner of it.
NEIGHBOURS = """
([inputs, frame]) => inputs.filter((input) => !input.checked).map((input) => {
  const box = input.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return { key: input.value, x, y, root: input.getRootNode() };
}).filter(({ x, y, root }) => Math.abs(x - frame.x - frame.width / 2) < frame.width / 2
  && Math.abs(y - frame.y - frame.height / 2) < frame.height / 2
  && !root.elementFromPoint(x, y)?.closest(".inset")).map(({ key, x, y }) => ({ key, x, y }))
"""


if __name__ == "__main__":
    sys.exit(main())
