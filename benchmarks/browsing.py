"""A real Chromium on the map: how the benchmarks find and choose places and levels.

Everything is found as a person finds it, by role and name; the names come from the catalogue that
the map itself reads.
"""

import json
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

STATIC = Path(__file__).resolve().parents[1] / "static"
SIDES = {"left": "left", "right": "right", "midline": "middle"}
WAIT_MS = 60_000

# Tells which operations this tab made and when each was acknowledged, by watching what the map and
# the drawing board keep for a reload: an operation is in there until the server has named it as
# committed.
LOG_OUTBOX = """
(() => {
  const made = new Map(), acknowledged = new Map();
  window.outboxLog = () => ({
    made: [...made.values()],
    acknowledged: [...acknowledged].map(([id, at]) => ({ id, at })),
  });
  const look = (name, text) => {
    if (name !== "bodymap.pending.2") return;
    const pending = text ? JSON.parse(text).pending : [];
    const ids = new Set(pending.map((operation) => operation.id));
    for (const operation of pending) if (!made.has(operation.id)) made.set(operation.id, operation);
    for (const id of made.keys()) {
      if (!ids.has(id) && !acknowledged.has(id)) acknowledged.set(id, Date.now() / 1000);
    }
  };
  const { setItem, removeItem } = Storage.prototype;
  Storage.prototype.setItem = function (name, text) { setItem.call(this, name, text); look(name, text); };
  Storage.prototype.removeItem = function (name) { removeItem.call(this, name); look(name, null); };
})();
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Place:
    """An area or a point of the catalogue, on one side."""

    id: str
    kind: str
    view: str
    name: str
    side: str
    area: str | None
    is_whole: bool
    has_sides: bool

    @property
    def spoken(self) -> str:
        """The name that its target on the map begins with."""
        if self.is_whole or not self.has_sides:
            return self.name
        return f"{self.name}, {SIDES[self.side]}"


def places() -> list[Place]:
    """Return every area and every point once, on its first side."""
    catalog = json.loads((STATIC / "map" / "catalog.json").read_text(encoding="utf-8"))
    return [
        Place(
            id=target["id"],
            kind=target["kind"],
            view=target["view"],
            name=target["name"],
            side=target["sides"][0],
            area=target.get("area"),
            is_whole=target.get("lens") == "whole",
            has_sides=target["sides"] != ["midline"],
        )
        for target in catalog["targets"]
        if target["kind"] != "overall"
    ]


@contextmanager
def chromium():
    """Launch the Chromium of this machine, without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
    arguments += ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


def open_map(browser: Browser, address: str | None, *scripts: str, **options) -> Page:
    """Open a page in a context of its own; with an address, wait until the map is drawn."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 1000}} | options))
    context.set_default_timeout(WAIT_MS)
    for script in scripts:
        context.add_init_script(script)
    page = context.new_page()
    if address:
        go(page, address)
    return page


def go(page: Page, address: str) -> None:
    """Open an address and wait until the map is drawn."""
    page.goto(address)
    targets(page).first.wait_for(state="attached")


def targets(page: Page) -> Locator:
    """Return all targets on the picture as it is now."""
    picture = page.get_by_role("group", name=re.compile("choose an area$|^Points: "))
    return picture.get_by_role("radio")


def target(page: Page, place: Place) -> Locator:
    """Return the target of a place on the picture as it is now."""
    picture = page.get_by_role("group", name=re.compile("choose an area$|^Points: "))
    starts = re.compile(rf"^{re.escape(place.spoken)}(,|$)")
    return picture.get_by_role("radio", name=starts)


def level(page: Page, number: int, question: str = "When touched") -> Locator:
    """Return the button of a level on the open mark pad."""
    scale = page.get_by_role("radiogroup", name=question)
    return scale.get_by_role("radio", name=re.compile(rf"^{number}(,|$)"))


def out_to(page: Page, words: str) -> Locator:
    """Return the button that leads one step out: to an area by its name, or to the whole body."""
    return page.get_by_role("button", name=words, exact=True)


def middle(locator: Locator) -> tuple[float, float]:
    """Return where a pointer would press, in pixels of the page."""
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def wait_until_saved(page: Page, seconds: float = 120) -> None:
    """Wait until nothing is left that the server has not acknowledged."""
    page.wait_for_function(
        "() => !sessionStorage.getItem('bodymap.pending.2')", timeout=seconds * 1000, polling=100
    )
