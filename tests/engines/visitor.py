"""What a person does in any browser, over WebDriver, in the words of tests/browser/explorer.py.

Things are found by what they are and what they are called, shadow roots included, and pressed where
they are seen.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from engines import Browser
from PIL import Image
from webdriver import WebDriverError

PATIENCE_MS = 25_000
COMING_SECONDS = 10  # WebKit's driver, asked while a page comes, may never answer
LOADS = 20  # a page that ran before it could be listened to is loaded again, so often at most

# `find(selector, name)`: what can be seen, in order; name: a pattern for what it is called.
LOOKING = """
const deep = (root) => [...root.querySelectorAll("*")]
  .flatMap((node) => (node.shadowRoot ? [node, ...deep(node.shadowRoot)] : [node]));
const nameOf = (node) =>
  (node.getAttribute("aria-label") ?? node.labels?.[0]?.textContent ?? node.textContent).trim();
const find = (selector, name = "") => deep(document).filter((node) =>
  node.matches(selector) && node.checkVisibility() && new RegExp(name).test(nameOf(node)));
// Streamlit keeps a place for what is on its way; when it comes, everything below moves.
const isLoading = () => find('[data-testid="stSkeleton"]').length > 0;
"""

# The first thing in a page: all that its scripts throw, refuse or report from then on is kept.
LISTENING = """
if (window.isLeft || location.href === "about:blank") return null;
if (window.heard) return "listening";
const isLate = Boolean(document.querySelector("#root")?.childElementCount);
window.heard = [];
addEventListener("error", (event) => {
  heard.push(event.message || `${event.target.src || event.target.href} did not load`);
}, true);
addEventListener("unhandledrejection", (event) => heard.push(String(event.reason)));
const said = console.error;
console.error = (...words) => { heard.push(words.map(String).join(" ")); said(...words); };
return isLate ? "late" : "listening";
"""

# Where something is in the window, once it rests there and nothing covers it.
PLACE = """
return new Promise((done, failed) => {
  const [selector, name, patience] = arguments;
  const end = performance.now() + patience;
  let last = "";
  const look = () => {
    const node = find(selector, name)[0];
    const seen = node?.labels?.[0] ?? node;
    let why = `nothing is ${selector} and called ${name}`;
    if (seen) {
      const box = () => seen.getBoundingClientRect();
      if (box().bottom > innerHeight || box().top < 0) {
        seen.scrollIntoView({ block: "center", behavior: "instant" });
      }
      const { x, y, width, height } = box();
      const at = { x: x + width / 2, y: y + height / 2 };
      let top = document.elementFromPoint(at.x, at.y);
      while (top?.shadowRoot?.elementFromPoint(at.x, at.y)) {
        const inner = top.shadowRoot.elementFromPoint(at.x, at.y);
        if (inner === top) break;
        top = inner;
      }
      const isFree = (seen.contains(top) || node.contains(top)) && !isLoading();
      const found = { ...at, left: x, top: y, width, height };
      if (isFree && last === JSON.stringify(found)) return done(found);
      last = JSON.stringify(found);
      why = `${name} is covered by ${top?.outerHTML.slice(0, 120)}`;
    }
    if (performance.now() > end) failed(new Error(why));
    else requestAnimationFrame(look);
  };
  look();
});
"""

# Two pictures of the browser: what was changed before the first is seen on the second.
BREATHS = """
return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
"""


@dataclass
class Visitor:
    """One person with one browser on one server.

    heard: what the scripts of the pages that were left threw, refused or reported.
    """

    browser: Browser
    url: str
    heard: list[str] = field(default_factory=list)

    def script(self, script: str, *arguments):
        """Run a script in the page and return its value; it can ``find`` things."""
        return self.browser.driver.command(
            "ExecuteScript", script=LOOKING + script, args=[*arguments]
        )

    # --- going somewhere

    def go(self, address: str = "/") -> "Visitor":
        """Open an address and listen to its scripts before the first of them runs."""
        for _ in range(LOADS):
            self.heard += self.script("window.isLeft = true; return window.heard ?? []")
            self.browser.driver.command("Navigate", url=self.url + address)
            try:
                if self.until(self._listen, "the page came") == "listening":
                    return self
            except TimeoutError:
                continue
        raise AssertionError(f"{LOADS} times {address} ran before it could be listened to")

    def reload(self) -> "Visitor":
        return self.go(self.script("return location.pathname + location.search"))

    def leave(self) -> None:
        """Go to a page that knows nothing of the app, whatever the page asks before."""
        self.heard = self.errors

        def is_left() -> bool:
            try:
                self.browser.driver.command("Navigate", url="about:blank")
                return self.script("return location.href") == "about:blank"
            except WebDriverError:
                return False

        self.until(is_left, "the page is left")

    def _listen(self) -> str | None:
        driver = self.browser.driver
        usual, driver.answer_seconds = driver.answer_seconds, COMING_SECONDS
        try:
            return self.script(LISTENING)
        except WebDriverError:
            return None  # the browser is between two pages
        finally:
            driver.answer_seconds = usual

    @property
    def errors(self) -> list[str]:
        """Everything that went wrong in a script since this person came."""
        return self.heard + self.script("return window.heard ?? []")

    def resize(self, width: int, height: int) -> "Visitor":
        """Give the page a window of this size in CSS pixels, as far as the browser's goes."""
        for _ in range(2):  # the frame around the page is known once the window has any size
            around = self.script(
                "return [outerWidth - innerWidth, outerHeight - innerHeight]"
                ".map((frame) => Math.max(frame, 0))"
            )
            self.browser.driver.command(
                "SetWindowRect", x=0, y=0, width=width + around[0], height=height + around[1]
            )
        return self

    # --- doing something

    def press(self, selector: str, name: str = "") -> "Visitor":
        """Click in the middle of the first thing of this kind and name, once it is seen."""
        at = self.place(selector, name)
        return self.draw((at["x"], at["y"]))

    def draw(self, *places: tuple[float, float]) -> "Visitor":
        """Press the mouse's button at the first place, move over the others, let go at the last."""
        first, *others = [{"type": "pointerMove", "x": round(x), "y": round(y)} for x, y in places]
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.browser.driver.command(
            "PerformActions", actions=[mouse | {"actions": [first, down, *others, up]}]
        )
        return self

    def type(self, words: str) -> "Visitor":
        """Press a key for each letter, where the focus is."""
        keys = [{"type": kind, "value": key} for key in words for kind in ("keyDown", "keyUp")]
        self.browser.driver.command(
            "PerformActions", actions=[{"type": "key", "id": "keys", "actions": keys}]
        )
        return self

    # --- what is on the screen

    def place(self, selector: str, name: str = "") -> dict[str, float]:
        """Wait until something is there, rests and is free; return its box, and its middle x, y."""
        return self.script(PLACE, selector, name, PATIENCE_MS)

    def sees(self, selector: str, name: str = "", count: int | None = None) -> "Visitor":
        """Wait until there is something of this kind and name, or just so many of them."""

        def is_so() -> bool:
            found = self.count(selector, name)
            return bool(found) if count is None else found == count

        self.until(
            is_so, f"{'any' if count is None else count} {selector} called {name or 'anything'}"
        )
        return self

    def count(self, selector: str, name: str = "") -> int:
        return self.script("return find(...arguments).length", selector, name)

    def rests(self) -> "Visitor":
        """Wait until nothing moves by itself any more, and all of it is painted."""
        self.until(
            lambda: self.script(
                "return !isLoading() && deep(document).flatMap((node) => node.getAnimations())"
                ".every(({ playState, effect }) => playState !== 'running'"
                " || effect.getTiming().iterations === Infinity)"
            ),
            "everything rests",
        )
        self.script(BREATHS)
        return self

    def boxes(self, selector: str) -> list[tuple[float, float, float, float]]:
        """Return where things are in the window: left, top, right, bottom, each one's first."""
        return [
            tuple(box)
            for box in self.script(
                "return find(arguments[0]).map((node) => node.getBoundingClientRect())"
                ".map(({ left, top, right, bottom }) => [left, top, right, bottom])",
                selector,
            )
        ]

    def picture(self) -> Image.Image:
        """Return what is seen once it no longer changes."""
        self.rests()
        shown = [self.browser.picture()]

        def is_still() -> bool:
            shown.append(self.browser.picture())
            return shown[-1].tobytes() == shown[-2].tobytes()

        self.until(is_still, "the picture is still")
        return shown[-1]

    def until(self, is_so: Callable[[], object], what: str):
        """Ask again after each breath of the browser until it is so; return the answer."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not (answer := is_so()):
            assert time.monotonic() < deadline, f"It never came to this: {what}"
        return answer
