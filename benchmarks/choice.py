"""Measure the time from choosing a point to its explanation on screen.

    python benchmarks/choice.py                 # 60 choices and 60 clicks
    python benchmarks/choice.py --samples 8     # a quick look

Two servers run: this app, and the smallest Streamlit app there is – one button, one line of text
(bare_app.py). One browser shows both, and clicks now on a point of an opened area, now on the bare
button. In both pages the time runs from the browser's time stamp of the click to the frame that
shows the new text; here the text is the point's name with every one of its facts and the honest
line. The bound is 1.5 times the bare app's median.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from browsing import Place, chromium, go, middle, open_map, out_to, places, target
from playwright.sync_api import Page
from reporting import machine, percentile, spread, verdict
from serving import BARE_APP, Server, running

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bodymap import atlas

BOUND = 1.5
WARM_UP = 5
AREAS = ("interscapular", "lower-back", "shoulder-blade", "buttock", "neck-back", "mid-back")

# waitFor(selector, pieces): from the next click to the first frame after all pieces of text are in
# the page, and on the way: the first message that left, the last that came before the text.
MEASURE = """
(() => {
  let clicked = null, sent = null, received = null;
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) { if (clicked !== null) sent ??= performance.now(); send.call(this, data); };
  const { addEventListener: listen } = EventTarget.prototype;
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...all) { super(...all); listen.call(this, "message", () => { received = performance.now(); }); }
  };
  const plain = (text) => text.replace(/\\s+/g, " ");
  window.waitFor = (selector, pieces) => {
    clicked = sent = null;
    window.answer = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (clicked === null) return;
        const text = plain(document.querySelector(selector)?.textContent ?? "");
        if (!pieces.every((piece) => text.includes(plain(piece)))) return;
        watch.disconnect();
        const times = { sent: sent - clicked, received: received - clicked };
        requestAnimationFrame(() => resolve({ ...times, shown: performance.now() - clicked }));
      });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      addEventListener("click", (event) => { clicked = event.timeStamp; }, { capture: true, once: true });
    });
  };
})();
"""  # noqa: E501


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--samples", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="bodymap-choice-") as folder:
        app, bare = Server(Path(folder)), Server(Path(folder), BARE_APP)
        with running(app, bare), chromium() as browser:
            print(machine(browser), flush=True)
            chosen, clicked = interleaved(browser, app, bare, options.samples, dice)
    for name, samples in (
        ("a point to its explanation", chosen),
        ("a bare app's click to text", clicked),
    ):
        print(f"{name}: {spread([sample['shown'] for sample in samples])}")
        for stage, words in (("sent", "message sent"), ("received", "last answer received")):
            print(f"    {words}: {spread([sample[stage] for sample in samples])}")
    p50, p50_bare = (percentile([s["shown"] for s in one], 50) for one in (chosen, clicked))
    ratio = p50 / p50_bare
    return verdict(ratio <= BOUND, f"at most {BOUND} times the bare app's, p50 ({ratio:.2f} times)")


def interleaved(
    browser, app: Server, bare: Server, count: int, dice: random.Random
) -> tuple[list[dict], list[dict]]:
    """Return the milliseconds of the choices and of the bare clicks, taken in turn."""
    map_page = open_map(browser, None, MEASURE, timezone_id="UTC")
    go(map_page, app.url)
    bare_page = browser.new_page()
    bare_page.add_init_script(MEASURE)
    bare_page.goto(bare.url)
    button = bare_page.get_by_role("button", name="Click")
    button.wait_for()
    chosen: list[dict] = []
    clicked: list[dict] = []
    everything = places()
    area, left_in_area = None, []
    for number in range(count + WARM_UP):
        if not left_in_area:
            area = another_area(map_page, area, everything, dice)
            left_in_area = [p for p in everything if p.area == area.id and p.kind == "trigger"]
            dice.shuffle(left_in_area)
        point = left_in_area.pop()
        chosen.append(choose(map_page, point, area, dice))
        bare_page.wait_for_timeout(dice.uniform(100, 250))
        bare_page.evaluate("pieces => waitFor('body', pieces)", [f"clicked {number + 1} times"])
        bare_page.mouse.click(*middle(button))
        clicked.append(bare_page.evaluate("answer"))
    return chosen[WARM_UP:], clicked[WARM_UP:]


def another_area(page: Page, before: Place | None, everything: list[Place], dice) -> Place:
    """Open another area on the map."""
    if before:
        out_to(page, "Whole back").click()
        page.get_by_role("heading", level=1, name="Where does it hurt?").wait_for()
    name = dice.choice([id_ for id_ in AREAS if before is None or id_ != before.id])
    area = next(place for place in everything if place.id == name)
    target(page, area).click()
    page.get_by_role("heading", level=1, name=area.name).wait_for()
    return area


def choose(page: Page, point: Place, area: Place, dice: random.Random) -> dict:
    """Choose a point in its opened area; return the milliseconds until its whole text is there."""
    page.wait_for_timeout(dice.uniform(900, 1100))  # the area has come to rest, and was looked at
    page.evaluate("pieces => waitFor('.st-key-panel', pieces)", explanation(point))
    page.mouse.click(*middle(target(page, point)))
    taken = page.evaluate("answer")
    page.wait_for_timeout(300)
    out_to(page, area.name).click()
    page.get_by_role("heading", level=1, name=area.name).wait_for()
    return taken


def explanation(point: Place) -> list[str]:
    """Return the point's name and all of its explanation on the patient level."""
    text = atlas.load().text("point", point.id)
    sections = text.sections("patient")
    return [point.name, *(statement.text for part in sections for statement in part.paragraphs)]


if __name__ == "__main__":
    sys.exit(main())
