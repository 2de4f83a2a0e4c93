"""Sizes that fingers need, at the widths people have; nothing scrolls sideways."""

from contextlib import ExitStack
from itertools import combinations, product
from math import hypot

import pytest
from explorer import BY_ITSELF, TOUCHED
from marking import operation
from playwright.sync_api import expect
from sampling import sample
from test_browser_views import CATALOG
from windows import exploring

from bodymap.ui.session import PERSON

VIEWS = ("back", "front")
WIDTHS = (320, 390, 768, 1280)
HAIR = 0.5  # px: rounding of the browser

AREAS = {
    view: [t for t in CATALOG["targets"] if t["kind"] == "area" and t["view"] == view]
    for view in VIEWS
}
WITH_POINTS = {t["area"] for t in CATALOG["targets"] if t.get("area") and t["kind"] == "trigger"}


def lenses(view):
    """Every area of a view that has points, as the drawing names it: each side of a sided one."""
    for area in AREAS[view]:
        if area["id"] in WITH_POINTS:
            if area["lens"] == "side":
                yield from (f"{area['name']}, {side}" for side in area["sides"])
            else:
                yield area["name"]


@pytest.fixture(scope="module")
def at_width(windows, the_server):
    """Return ``visit(width, address)``: a tab in a window of that width, kept for all tests."""
    with ExitStack() as opened:
        kept = {}

        def visit(width, address):
            if (width, address) not in kept:
                tab = exploring(windows(), the_server.url, size=(width, 1000))
                person = opened.enter_context(tab)
                kept[width, address] = person.open(address)
            return kept[width, address]

        yield visit


@pytest.mark.parametrize(
    ("width", "view"),
    sample([*zip(WIDTHS, VIEWS * 2, strict=True)], of=[*product(WIDTHS, VIEWS)]),
)
def test_the_points_of_every_area_are_44_px_and_do_not_overlap(at_width, width, view):
    person = at_width(width, f"/?view={view}")

    measured = person.page.evaluate(MEASURE_LENSES, list(lenses(view)))

    wrong = []
    for area, (stage, targets) in measured.items():
        assert targets, area
        wrong += too_small(area, targets, 44)
        wrong += out_of(area, targets, stage)
        wrong += covered(area, targets)
        for a, b in combinations(targets, 2):
            if hypot(a["x"] - b["x"], a["y"] - b["y"]) < 44 - HAIR:
                wrong.append(f"{area}: {a['name']} and {b['name']} overlap")
        wrong += sides_mixed_up(area, targets, view)
    assert wrong == []
    assert len(measured) == len(list(lenses(view)))


@pytest.mark.parametrize(
    ("width", "view"),
    sample([*zip(WIDTHS, VIEWS * 2, strict=True)], of=[*product(WIDTHS, VIEWS)]),
)
def test_areas_of_the_whole_body_are_24_px_and_do_not_overlap(at_width, width, view):
    person = at_width(width, f"/?view={view}")
    expect(person.whole_body).to_be_attached()
    wrong, seen = [], set()

    for part in range(2):
        stage, targets = person.page.evaluate(MEASURE)
        shown = [target for target in targets if is_inside(target, stage)]
        seen |= {target["name"] for target in shown}
        wrong += too_small("overview", shown, 24) + covered("overview", shown)
        for a, b in combinations(shown, 2):
            if abs(a["x"] - b["x"]) < 24 - HAIR and abs(a["y"] - b["y"]) < 24 - HAIR:
                wrong.append(f"{a['name']} and {b['name']} overlap")
        legs = person.page.get_by_role("button", name="Legs and feet: move")
        if part == 0 and legs.count():
            legs.click()
    everything = {target["name"] for target in targets}
    assert wrong == []
    assert seen == everything
    assert len(everything) >= 29


@pytest.mark.parametrize("width", WIDTHS)
def test_levels_and_buttons_of_the_map_are_44_px(at_width, width):
    person = at_width(width, "/?point=rhomboid-major-upper&side=left")
    wrong = []
    for kind in (TOUCHED, BY_ITSELF):
        levels = [
            person.level(level, kind).evaluate(
                "(e) => { const b = e.labels[0].getBoundingClientRect();"
                " return {name: e.ariaLabel, x: b.x + b.width / 2, y: b.y + b.height / 2,"
                " w: b.width, h: b.height}; }"
            )
            for level in range(11)
        ]
        wrong += too_small(kind, levels, 44)
        for a, b in combinations(levels, 2):
            if abs(a["x"] - b["x"]) < (a["w"] + b["w"]) / 2 - HAIR and (
                abs(a["y"] - b["y"]) < (a["h"] + b["h"]) / 2 - HAIR
            ):
                wrong.append(f"levels {a['name']} and {b['name']} overlap")
    wrong += too_small("pad", buttons_of_the_map(person), 44)
    person.back_to_the_whole()
    wrong += too_small("start", buttons_of_the_map(person), 44)
    person.open_area("Between the shoulder blades")
    wrong += too_small("area", buttons_of_the_map(person), 44)
    assert wrong == []


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?view=front",
        "/?area=interscapular",
        "/?point=rhomboid-major-upper&side=left",
        "/?area=whole-body",
        "/?area=nowhere",
        "/my-marks",
        "/settings",
        "/help",
    ],
)
def test_nothing_scrolls_sideways_at_320_px(windows, shared_server, address):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("rhomboid-major-upper", "left", 6)])
    with exploring(windows(), shared_server.url, size=(320, 640)) as person:
        if "?" in address or address == "/":
            person.open(address)
        else:
            person.open_page(address)
        if address == "/my-marks":
            chart = person.page.get_by_test_id("stPlotlyChart")
            expect(chart.locator(".trace").first).to_be_visible()

        width, scrolls, sticks_out = person.page.evaluate(SIDEWAYS)

    assert width == 320
    assert scrolls == []
    assert sticks_out == []


def buttons_of_the_map(person):
    """Every button a screen reader finds in the map, with its size."""
    return person.picture.evaluate(
        """(field) => [...field.getRootNode().querySelectorAll("button")]
          .filter((e) => e.checkVisibility() && !e.closest("[aria-hidden=true]"))
          .map((e) => { const b = e.getBoundingClientRect();
            return {name: e.ariaLabel || e.textContent, w: b.width, h: b.height}; })"""
    )


def too_small(where, targets, least):
    return [
        f"{where}: {target['name']} is {target['w']:.1f} × {target['h']:.1f}"
        for target in targets
        if min(target["w"], target["h"]) < least - HAIR
    ]


def is_inside(target, stage):
    return (
        abs(target["x"] - stage["x"]) <= (stage["w"] - target["w"]) / 2 + HAIR
        and abs(target["y"] - stage["y"]) <= (stage["h"] - target["h"]) / 2 + HAIR
    )


def out_of(where, targets, stage):
    return [f"{where}: {t['name']} lies outside" for t in targets if not is_inside(t, stage)]


def covered(where, targets):
    """Targets that something else takes the click from, at their middle or near their rim."""
    return [f"{where}: {t['name']} is covered by {t['by']}" for t in targets if t["by"]]


def sides_mixed_up(area, targets, view):
    """Pairs whose left one is not on the left of the screen (back) or on the right (front)."""
    at = {target["name"]: target["x"] for target in targets}
    wrong = []
    for name, x in at.items():
        other = at.get(name.replace(", left", ", right"))
        if ", left" in name and other is not None and (x < other) is not (view == "back"):
            wrong.append(f"{area}: {name} is on the wrong side")
    return wrong


# The controls of the picture: their middles, sizes, and what else would get the click.
SEEING = """
const field = (() => {
  for (const node of document.querySelectorAll("*")) {
    const found = node.shadowRoot?.querySelector("fieldset");
    if (found) return found;
  }
})();
const root = field.getRootNode();
const middle = ({x, y, width, height}) =>
  ({x: x + width / 2, y: y + height / 2, w: width, h: height});
const look = () => {
  field.scrollIntoView({block: "center", behavior: "instant"});
  const stage = middle(field.getBoundingClientRect());
  return [stage, [...field.querySelectorAll("input")].map((input) => {
    const box = middle(input.getBoundingClientRect());
    const reach = input.getBoundingClientRect().width / 2 - 2;
    const round = getComputedStyle(input).borderRadius === "50%";
    const spots = [[0, 0]];
    for (let i = 0; i < 8; i++) {
      const a = i * Math.PI / 4, r = round ? 1 : Math.SQRT2;
      const d = i % 2 ? r : 1;
      spots.push([Math.cos(a) * reach * d, Math.sin(a) * reach * d]);
    }
    const by = spots.map(([dx, dy]) => root.elementFromPoint(box.x + dx, box.y + dy))
      .find((hit) => hit !== input);
    const who = by?.ariaLabel || by?.textContent || String(by?.className || by);
    return {...box, name: input.ariaLabel, by: by === undefined ? "" : who};
  })];
};
"""
MEASURE = f"() => {{ {SEEING} return look(); }}"
# In one go, without waiting for the server: the map answers each click at once.
MEASURE_LENSES = f"""async (names) => {{ {SEEING}
  const measured = {{}};
  const shows = async (title) => {{
    while (!title.test(field.querySelector("legend").textContent)) await new Promise(requestAnimationFrame);
  }};
  for (const name of names) {{
    [...field.querySelectorAll("input")].find((input) => input.ariaLabel === name).click();
    await shows(/^Points: /);
    measured[name] = look();
    const buttons = [...root.querySelectorAll("button")];
    buttons.find((button) => /^Whole (back|front)$/.test(button.textContent)).click();
    await shows(/choose an area$/);
  }}
  return measured;
}}"""  # noqa: E501
SIDEWAYS = """() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
    [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])]);
  const nodes = all(document).filter((node) => node.checkVisibility());
  const scrolls = nodes.filter((node) => node.scrollWidth > node.clientWidth + 1
      && ["auto", "scroll"].includes(getComputedStyle(node).overflowX))
    .map((node) => `${node.className}: ${node.scrollWidth} > ${node.clientWidth}`);
  const isSeen = (node) => !node.closest("[class~=vh], [aria-hidden=true]");
  const outside = nodes.filter((node) => isSeen(node)
      && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .filter((node) => { const box = node.getBoundingClientRect();
      return box.width > 1 && box.right > innerWidth + 1; })
    .map((node) => `${node.localName}: ${node.textContent.slice(0, 40)}`);
  return [document.documentElement.scrollWidth, scrolls, outside];
}"""
