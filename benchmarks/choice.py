"""Measure the time from choosing a point to its explanation on screen.

    python benchmarks/choice.py                 # 60 choices and 60 clicks
    python benchmarks/choice.py --samples 8     # a quick look

Two servers run: this app, and the smallest Streamlit app there is – one button, one line of text
(bare_app.py). One browser shows both, and clicks now on a point of an opened area, now on the bare
button. In both pages the time runs from the browser's time stamp of the click to the frame that
shows the new text; here the text is the point's name with every one of its facts and the honest
line. The bound is 1.5 times the bare app's median.

Then places that hurt are touched, one to ten of them, and the time runs to the frame in which the
list says how many points are said to reach them. The same bound holds.
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
from bodymap.atlas.lookup import TouchedArea, look_up

BOUND = 1.5
WARM_UP = 5
MOST_TOUCHED = 10
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
  // the map draws in a tree of its own
  const trees = () => [document, ...[...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean)];
  window.waitFor = (selector, pieces) => {
    clicked = sent = null;
    const tree = trees().find((one) => one.querySelector(selector));
    window.answer = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (clicked === null) return;
        const text = plain(tree.querySelector(selector)?.textContent ?? "");
        if (!pieces.every((piece) => text.includes(plain(piece)))) return;
        watch.disconnect();
        const times = { sent: sent - clicked, received: received - clicked };
        requestAnimationFrame(() => resolve({ ...times, shown: performance.now() - clicked }));
      });
      watch.observe(tree === document ? document.body : tree, { subtree: true, childList: true, characterData: true });
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
            found = look_ups(browser, app, options.samples, dice)
    for name, samples in (
        ("a point to its explanation", chosen),
        ("a place that hurts to the points that reach it", found),
        ("a bare app's click to text", clicked),
    ):
        print(f"{name}: {spread([sample['shown'] for sample in samples])}")
        for stage, words in (("sent", "message sent"), ("received", "last answer received")):
            print(f"    {words}: {spread([sample[stage] for sample in samples])}")
    p50, p50_found, p50_bare = (
        percentile([s["shown"] for s in one], 50) for one in (chosen, found, clicked)
    )
    choice, look = p50 / p50_bare, p50_found / p50_bare
    return verdict(
        max(choice, look) <= BOUND,
        f"at most {BOUND} times the bare app's, p50 ({choice:.2f} times; a look-up {look:.2f})",
    )


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


def look_ups(browser, app: Server, count: int, dice: random.Random) -> list[dict]:
    """Touch places that hurt, up to ten at a time; return the milliseconds until each answer."""
    page = open_map(browser, None, MEASURE, timezone_id="UTC")
    page.goto(f"{app.url}/?hurts=")
    page.get_by_role("checkbox").first.wait_for(state="attached")
    known = atlas.load()
    everything = [p for p in places() if p.view == "back" and not p.area and not p.is_whole]
    taken: list[dict] = []
    while len(taken) < count + WARM_UP:
        touched: list[TouchedArea] = []
        before = 0
        for place in dice.sample(everything, MOST_TOUCHED):
            touched.append(TouchedArea(place.id, place.side))
            number = len(look_up(known, touched).hits)
            # the same number again could not be told from the old answer
            is_measured = number not in (0, 1, before)
            page.wait_for_timeout(dice.uniform(300, 500))
            if is_measured:
                page.evaluate("pieces => waitFor('.ask', pieces)", [f"{number} points are said"])
            page.get_by_role("checkbox", name=place.spoken, exact=True).click()
            if is_measured:
                taken.append(page.evaluate("answer"))
            before = number
        page.get_by_role("button", name="Start again").click()
        page.get_by_text("Touch every place that hurts.").first.wait_for()
    page.context.close()
    return taken[WARM_UP:]


def explanation(point: Place) -> list[str]:
    """Return the point's name and all of its explanation on the patient level."""
    text = atlas.load().text("point", point.id)
    sections = text.sections("patient")
    return [point.name, *(statement.text for part in sections for statement in part.paragraphs)]


if __name__ == "__main__":
    sys.exit(main())
