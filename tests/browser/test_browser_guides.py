"""The guide lines of the two areas that are confused most: named, and never in the way."""

import pytest
from playwright.sync_api import expect
from sampling import sample
from test_browser_views import CATALOG
from windows import exploring

from bodymap.atlas import BODIES

AREAS = {"interscapular": "Between the shoulder blades", "lower-back": "Lower back"}
NAMED = {
    area: {
        (guide["id"], side): {guide["name"], guide["short"]}
        for guide in CATALOG["guides"]
        if area in guide["areas"]
        for side in ("left", "right")
    }
    for area in AREAS
}


@pytest.mark.parametrize(
    ("width", "bodies"),
    sample(
        [(320, BODIES[1:2]), (390, BODIES[:1]), (768, BODIES[:1]), (1280, BODIES[2:3])],
        of=[(width, BODIES) for width in (320, 390, 768, 1280)],
    ),
)
def test_every_line_is_named_on_its_side_and_no_name_covers_anything(
    windows, shared_server, width, bodies
):
    wrong = []
    with exploring(windows(), shared_server.url, size=(width, 900)) as person:
        for body in bodies:
            for area in AREAS:
                person.open(f"/?area={area}&body={body}")
                expect(names(person)).to_have_count(len(NAMED[area]))
                seen = person.page.evaluate(MEASURE)
                where = f"{area}, {body}"
                assert {(n["id"], n["side"]) for n in seen["names"]} == set(NAMED[area]), where
                assert len(seen["discs"]) >= 14, where
                assert all(size >= 14 for size in seen["sizes"]), where
                wrong += [f"{where}: {fault}" for fault in faults(area, seen)]
    assert wrong == []


def faults(area, seen):
    """Yield what is wrong with where the names stand."""
    for name in seen["names"]:
        label = f"{name['words']}, {name['side']},"
        if name["words"] not in NAMED[area][name["id"], name["side"]]:
            yield f"{label} isn't a name of {name['id']}"
        middle = (seen["stage"]["x0"] + seen["stage"]["x1"]) / 2
        if name["side"] == "left" and name["x1"] > middle:
            yield f"{label} isn't on the left"
        if name["side"] == "right" and name["x0"] < middle:
            yield f"{label} isn't on the right"
        if not inside(name, seen["stage"]):
            yield f"{label} sticks out of the picture"
        for disc in seen["discs"]:
            if distance(name, disc) < disc["r"]:
                yield f"{label} covers a point"
        for other in seen["others"]:
            if overlap(name, other):
                yield f"{label} covers {other['words']}"
        for other in seen["names"]:
            if other is not name and overlap(name, other):
                yield f"{label} covers {other['words']}, {other['side']}"


def inside(box, frame):
    return (
        box["x0"] >= frame["x0"]
        and box["x1"] <= frame["x1"]
        and box["y0"] >= frame["y0"]
        and box["y1"] <= frame["y1"]
    )


def overlap(a, b):
    return a["x0"] < b["x1"] and b["x0"] < a["x1"] and a["y0"] < b["y1"] and b["y0"] < a["y1"]


def distance(box, disc):
    dx = max(box["x0"] - disc["x"], 0, disc["x"] - box["x1"])
    dy = max(box["y0"] - disc["y"], 0, disc["y"] - box["y1"])
    return (dx**2 + dy**2) ** 0.5


def test_the_lines_are_in_the_lens_only_and_cannot_be_pressed(explorer):
    explorer.open("/")
    expect(lines(explorer)).to_have_count(0)

    explorer.open_area("Between the shoulder blades")
    expect(names(explorer)).to_have_count(4)
    expect(lines(explorer)).not_to_have_count(0)
    assert explorer.page.evaluate(PRESSED) == []

    explorer.choose_point("Rhomboid, upper, left")
    expect(names(explorer)).to_have_count(0)
    expect(lines(explorer)).to_have_count(0)

    explorer.back_to_the_whole().open_area("Back of the neck")
    expect(names(explorer)).to_have_count(0)
    expect(lines(explorer)).to_have_count(0)


@pytest.mark.parametrize("area", AREAS)
def test_the_lines_are_told_in_words_below_the_picture(explorer, area):
    explorer.open(f"/?area={area}")

    below = explorer.page.get_by_role("region", name=AREAS[area])
    for guide in CATALOG["guides"]:
        told = below.get_by_text(f"{guide['name']} ({guide['clinical']})")
        expect(told).to_be_visible(visible=area in guide["areas"])


def names(person):
    return person.page.locator(".guide-name")


def lines(person):
    return person.page.locator(".guides path")


FIND = """
const all = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
  [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])]);
const nodes = all(document);
const stage = nodes.find((node) => node.classList.contains("stage"));
const edges = ({left, top, right, bottom}) => ({x0: left, y0: top, x1: right, y1: bottom});
const boxOf = (node) => ({...edges(node.getBoundingClientRect()), words: node.textContent});
const texts = (node) => [...node.querySelectorAll("text")];
"""
# A line of text is measured by its box, which is a little taller than its letters.
MEASURE = f"""async () => {{ {FIND}
  await document.fonts.ready;
  await new Promise(requestAnimationFrame);
  const letters = (box) => ({{...box, y0: box.y0 + 2, y1: box.y1 - 2}});
  const sheet = stage.parentElement.querySelector(".sheet").getBoundingClientRect();
  const frame = edges(stage.getBoundingClientRect());
  return {{
    stage: {{...frame, y1: Math.min(frame.y1, sheet.top)}},
    names: [...stage.querySelectorAll(".guide-name")].map((name) => {{
      const boxes = texts(name).map((text) => text.getBoundingClientRect());
      return {{
        id: name.dataset.guide, side: name.dataset.side,
        words: texts(name).map((text) => text.textContent).join(" "),
        ...letters({{
          x0: Math.min(...boxes.map((box) => box.left)), x1: Math.max(...boxes.map((box) => box.right)),
          y0: Math.min(...boxes.map((box) => box.top)), y1: Math.max(...boxes.map((box) => box.bottom)),
        }}),
      }};
    }}),
    sizes: [...stage.querySelectorAll(".guide-name text")].map((text) => parseFloat(getComputedStyle(text).fontSize)),
    discs: [...stage.querySelectorAll(".tgt-halo")].map((disc) => {{
      const box = edges(disc.getBoundingClientRect());
      return {{x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2, r: 22}};
    }}),
    others: [...stage.querySelectorAll(".cal, .side-name, .lr, .spine text")].map(boxOf),
  }};
}}"""  # noqa: E501
# The names that take a press away from what lies below them.
PRESSED = f"""() => {{ {FIND}
  const root = stage.getRootNode();
  return [...stage.querySelectorAll(".guide-name text")].filter((text) => {{
    const {{x, y, width, height}} = text.getBoundingClientRect();
    const hit = root.elementFromPoint(x + width / 2, y + height / 2);
    return hit?.closest(".guide-name, .guides");
  }}).map((text) => text.textContent);
}}"""
