"""Demonstrating: one thing at a time, large, by mouse, key or remote; marks only if switched on."""

import re

import pytest
from explorer import middle_x
from marking import days_ago, operation
from playwright.sync_api import expect
from sampling import sample
from windows import exploring

from bodymap.atlas import load
from bodymap.ui.session import PERSON

ATLAS = load()
SIZES = [(1920, 1080), (1280, 800), (800, 1280)]
STORY = "/demonstrate?story=between-the-shoulder-blades"
POINT = "/?point=rhomboid-major-upper&side=left"


def dialog(person):
    return person.page.get_by_role("dialog")


def step(person):
    return dialog(person).get_by_role("heading", level=1)


def end(person):
    """Leave what is presented; for a moment both headings are there."""
    person.press_keys("Escape")
    expect(dialog(person)).to_have_count(0)
    return person


def layer(person, name):
    return dialog(person).get_by_role("group", name="Show").get_by_role("button", name=name)


def presented(person, address):
    person.page.goto(person.url + address)
    expect(step(person)).to_be_visible(timeout=60_000)
    return person


def test_a_story_goes_forward_and_back_by_button_key_and_remote(explorer):
    explorer.open_page("/demonstrate")
    explorer.press(explorer.page.get_by_role("link", name=re.compile("^Between the shoulder")))

    expect(step(explorer)).to_have_text("Signs that need help now")
    explorer.press(dialog(explorer).get_by_role("button", name="Next"))
    expect(step(explorer)).to_have_text("One place, many muscles")
    explorer.press_keys("PageDown", "ArrowRight")
    expect(step(explorer)).to_have_text("Rhomboids")
    explorer.press_keys("PageUp")
    expect(step(explorer)).to_have_text("Middle trapezius")
    explorer.press_keys("End", "ArrowRight")
    expect(dialog(explorer).get_by_text("7 of 7")).to_be_visible()


def test_each_step_has_its_own_address(explorer):
    presented(explorer, STORY)
    explorer.press_keys("PageDown", "PageDown")
    expect(explorer.page).to_have_url(re.compile(r"story=between-the-shoulder-blades&step=3$"))

    explorer.page.reload()

    expect(step(explorer)).to_have_text("Middle trapezius", timeout=60_000)


def test_layers_go_on_and_off_by_touch_and_by_number(explorer):
    presented(explorer, f"{STORY}&step=5")
    expect(layer(explorer, "Bones")).to_have_attribute("aria-pressed", "false")

    explorer.press_keys("3")
    expect(layer(explorer, "Bones")).to_have_attribute("aria-pressed", "true")
    explorer.press(layer(explorer, "Labels"))
    expect(layer(explorer, "Labels")).to_have_attribute("aria-pressed", "false")


def test_the_keys_that_are_shown_can_be_switched_off(explorer):
    presented(explorer, STORY)
    shown = dialog(explorer).locator("kbd").first
    expect(shown).to_be_visible()

    explorer.press_keys("k")

    expect(shown).to_be_hidden()
    expect(dialog(explorer).get_by_role("button", name="Show the keys")).to_be_visible()


def test_a_point_opens_large_and_ends_where_it_began(explorer):
    explorer.open(POINT)
    explorer.press_button("Show large, to demonstrate")
    expect(step(explorer)).to_have_text("Rhomboid, upper")

    end(explorer).ready().sees_title("Rhomboid, upper", "left")


def test_a_story_that_was_ended_can_be_shown_again(explorer):
    explorer.open_page("/demonstrate")
    for _ in range(2):
        explorer.press(explorer.page.get_by_role("link", name=re.compile("^The lower back")))
        expect(step(explorer)).to_have_text("Signs that need help now")
        end(explorer).sees_title("Demonstrate")


def marked(server, *marks, days=0):
    """Put marks (target, side, when touched, by itself) into the record."""
    with server.opened_record() as store:
        store.apply(PERSON, [operation(*mark, at=days_ago(days)) for mark in marks])


def numbers(person):
    """The number discs on the picture."""
    return dialog(person).locator(".mk")


def own_marks(person):
    return layer(person, "My marks")


def test_marks_are_shown_only_after_they_are_switched_on(explorer, shared_server):
    marked(shared_server, ("rhomboid-major-upper", "left", 7))
    explorer.open(POINT)
    explorer.press_button("Show large, to demonstrate")
    expect(step(explorer)).to_be_visible()
    expect(own_marks(explorer)).to_have_attribute("aria-pressed", "false")
    expect(numbers(explorer)).to_have_count(0)

    explorer.press_keys("m")

    expect(numbers(explorer)).to_have_text(["7"])
    expect(dialog(explorer).get_by_text("Shows my own marks of today")).to_be_visible()
    spoken = dialog(explorer).get_by_text("Rhomboid, upper, left, marked 7 of 10 when touched")
    expect(spoken).to_have_count(1)


def test_no_mark_reaches_the_browser_before_they_are_switched_on(explorer, shared_server):
    marked(shared_server, ("rhomboid-major-upper", "left", 7))
    heard = []
    explorer.page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame))
    )

    presented(explorer, f"{STORY}&step=4")
    explorer.press_keys("PageDown", "PageUp")
    expect(step(explorer)).to_have_text("Rhomboids")
    assert any(b"rhomboid-major-upper" in frame for frame in heard)
    assert not any(PACKED.search(frame) for frame in heard)

    explorer.press(own_marks(explorer))
    expect(numbers(explorer)).to_have_text(["7"])
    assert any(PACKED.search(frame) for frame in heard)


PACKED = re.compile(rb"[-0-9A]{100}")  # two characters for each of some 200 places


def test_marks_go_at_once_and_are_not_remembered(explorer, shared_server):
    marked(shared_server, ("rhomboid-major-upper", "left", 7))
    explorer.open_page("/demonstrate")
    link = explorer.page.get_by_role("link", name=re.compile("^Between the shoulder"))
    explorer.press(link)
    expect(step(explorer)).to_have_text("Signs that need help now")
    explorer.press_keys("PageDown", "m")
    expect(numbers(explorer)).to_have_text(["7"])
    expect(explorer.page).to_have_url(re.compile(r"\?story=between-the-shoulder-blades&step=2$"))

    explorer.press(own_marks(explorer))
    expect(numbers(explorer)).to_have_count(0, timeout=1)
    expect(dialog(explorer).get_by_text("Shows my own marks")).to_be_hidden()

    explorer.press_keys("m")
    expect(numbers(explorer)).to_have_text(["7"])
    end(explorer).sees_title("Demonstrate")
    explorer.press(link)
    expect(step(explorer)).to_have_text("Signs that need help now")
    explorer.press_keys("PageDown")
    expect(step(explorer)).to_have_text("One place, many muscles")
    expect(own_marks(explorer)).to_have_attribute("aria-pressed", "false")
    expect(numbers(explorer)).to_have_count(0)


def test_marks_switched_off_and_on_again_in_a_moment_are_shown(explorer, shared_server):
    marked(shared_server, ("rhomboid-major-upper", "left", 7))
    presented(explorer, f"{STORY}&step=4")
    explorer.press_keys("m")
    expect(numbers(explorer)).to_have_text(["7"])

    own_marks(explorer).evaluate("button => { button.click(); button.click(); }")

    expect(own_marks(explorer)).to_have_attribute("aria-pressed", "true")
    expect(numbers(explorer)).to_have_text(["7"])


def test_nothing_is_marked_while_presenting(explorer, shared_server):
    marked(shared_server, ("rhomboid-major-upper", "left", 7))
    before = shared_server.operations()
    presented(explorer, f"{STORY}&step=4")

    explorer.press_keys("m", "7", "5", "0")

    expect(numbers(explorer)).to_have_text(["7"])
    assert shared_server.operations() == before


def test_marks_of_an_earlier_day_carry_its_name(explorer, shared_server):
    marked(shared_server, ("rhomboid-major-upper", "left", 7), days=2)
    presented(explorer, f"{STORY}&step=4")

    explorer.press_keys("m")

    day = f"{days_ago(2):%A}"
    expect(dialog(explorer).get_by_text(f"Shows my own marks of {day}")).to_be_visible()
    expect(numbers(explorer)).to_have_text(["7"])


def test_without_marks_it_says_so(explorer):
    presented(explorer, STORY)

    explorer.press_keys("m")

    expect(dialog(explorer).get_by_text("I have no marks yet.")).to_be_visible()


@pytest.mark.parametrize(
    ("story", "places"),
    [
        ("between-the-shoulder-blades&step=2", ("rhomboid-major-upper", "interscapular")),
        ("between-the-shoulder-blades&step=6", ("levator-scapulae-blade", "shoulder-blade")),
        ("why-the-whole-back-hurts&step=5", ("pectoralis-major-collarbone", "chest")),
        ("why-the-whole-back-hurts&step=6", ("gluteus-medius-back", "calf")),
    ],
)
def test_a_mark_is_shown_on_the_side_where_it_was_made(explorer, shared_server, story, places):
    marked(shared_server, *((place, "right", 8) for place in places))
    presented(explorer, f"/demonstrate?story={story}")

    explorer.press_keys("m")

    expect(numbers(explorer)).to_have_text(["8", "8"])
    left, right = (middle_x(dialog(explorer).get_by_text(f"Your {side}")) for side in SIDES)
    for number in numbers(explorer).all():
        assert abs(middle_x(number) - right) < abs(middle_x(number) - left)


SIDES = ("left", "right")


def test_the_focus_stays_in_what_is_presented(explorer):
    presented(explorer, STORY)

    for _ in range(16):
        explorer.press_keys("Tab")
        assert explorer.page.evaluate(
            "() => [document.body, document.querySelector('.bm-present')]"
            ".includes(document.activeElement)"
        )


def test_an_unknown_story_shows_all_of_them(explorer):
    explorer.open_page("/demonstrate?story=nothing-like-this")

    explorer.sees_title("Demonstrate")


def names(person):
    return dialog(person).locator(".present-labels span")


def test_a_point_is_named_with_its_muscle(explorer):
    presented(explorer, f"{STORY}&step=5")
    expect(names(explorer)).to_have_text(["Levator, at the blade, left", "Levator scapulae"])

    explorer.press_keys("2")
    expect(names(explorer)).to_have_text(["Levator, at the blade, left"])
    explorer.press_keys("5")
    expect(names(explorer)).to_have_count(0)


def test_an_area_names_the_points_of_one_side(explorer):
    presented(explorer, f"{STORY}&step=2")
    points = [point.name for point in ATLAS.points_in("interscapular") if point.kind == "trigger"]
    own = ["Between the shoulder blades", "left", "middle", "right"]
    assert sorted(names(explorer).all_inner_texts()) == sorted([*points, *own])

    explorer.press_keys("1")

    assert sorted(names(explorer).all_inner_texts()) == sorted(own)


def test_several_areas_are_named_once_each(explorer):
    presented(explorer, f"{STORY}&step=6")

    shown = ATLAS.storyboards["between-the-shoulder-blades"].steps[5].areas
    assert sorted(names(explorer).all_inner_texts()) == sorted(ATLAS.areas[a].name for a in shown)


@pytest.mark.parametrize(("width", "height"), sample(SIZES[-1:], of=SIZES))
def test_no_name_lies_on_anything_that_matters(windows, shared_server, width, height):
    """Nor do the lines from the names cross, in any step, as it opens and with all layers on."""
    counted, faults = 0, []
    with exploring(windows(), shared_server.url, size=(width, height)) as person:
        for story in ATLAS.storyboards.values():
            presented(person, f"/demonstrate?story={story.id}")
            expect(dialog(person).locator(".fig")).to_have_attribute("viewBox", re.compile("."))
            for number, shown in enumerate(story.steps, 1):
                expect(step(person)).to_have_text(shown.title)
                missing = [key for key in "12456" if not is_on(person, key)]
                for keys in ([], missing):
                    person.press_keys(*keys)
                    found = person.page.evaluate(LAID_OUT)
                    counted += found["names"]
                    faults += [f"{story.id} {number} {keys}: {fault}" for fault in found["faults"]]
                person.press_keys("PageDown")
    assert counted > 100
    assert faults == []


def is_on(person, digit):
    button = dialog(person).locator("button.layer").nth(int(digit) - 1)
    return button.get_attribute("aria-pressed") == "true"


LAID_OUT = """() => {
  const tree = document.querySelector(".bm-present").shadowRoot;
  const all = (selector) => [...tree.querySelectorAll(selector)];
  const boxOf = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return { text: node.textContent || node.getAttribute("class"), left, right, top, bottom };
  };
  const names = all(".present-labels span").map(boxOf);
  const fixed = all(".present-layers button, .lr, .tgt.sel .tgt-halo").map(boxOf);
  const stage = boxOf(tree.querySelector(".present-stage"));
  const meet = (a, b) => a.left < b.right - .5 && a.right > b.left + .5
    && a.top < b.bottom - .5 && a.bottom > b.top + .5;
  const within = (a, b) => a.left >= b.left && a.right <= b.right
    && a.top >= b.top && a.bottom <= b.bottom;
  const faults = names.flatMap((name, i) => [
    ...[...names.slice(i + 1), ...fixed].filter((other) => meet(name, other))
      .map((other) => `${name.text} on ${other.text}`),
    ...(within(name, stage) ? [] : [`${name.text} is cut off`]),
  ]);
  const lines = all(".present-line")
    .map((line) => ["x1", "y1", "x2", "y2"].map((end) => Number(line.getAttribute(end))));
  const turn = ([ax, ay, bx, by], x, y) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  const parts = (a, [x1, y1, x2, y2]) => turn(a, x1, y1) * turn(a, x2, y2) < 0;
  lines.forEach((a, i) => lines.slice(i + 1).forEach((b) => {
    if (parts(a, b) && parts(b, a)) faults.push("two lines cross");
  }));
  return { names: names.length, faults };
}"""


@pytest.mark.parametrize("still", [False, True])
def test_the_light_slides_to_the_next_point_unless_motion_is_reduced(windows, shared_server, still):
    wish = "reduce" if still else "no-preference"
    with exploring(windows(reduced_motion=wish), shared_server.url) as person:
        presented(person, f"{STORY}&step=3")
        light = dialog(person).locator(".zones rect")
        expect(light).to_have_attribute("style", re.compile("transform"))  # it has its place
        before = light.evaluate("node => node.style.transform")

        moving = person.page.evaluate(NEXT_AND_MOVEMENTS)

        assert light.evaluate("node => node.style.transform") != before
        assert (moving == 0) is still
        person.press_keys("PageDown", "PageDown")
        expect(light).to_be_hidden()
        expect(dialog(person).locator(".veil")).to_have_attribute("d", re.compile("M"))


NEXT_AND_MOVEMENTS = """() => {
  const tree = document.querySelector(".bm-present").shadowRoot;
  tree.querySelector(".go").click();
  return tree.querySelector(".zones rect").getAnimations().length;
}"""


def test_sources_are_told_in_words_and_escape_closes_them_first(explorer):
    presented(explorer, f"{STORY}&step=2")
    told = dialog(explorer).get_by_text("symptom checker: trapezius")
    expect(told).to_be_hidden()

    explorer.press(dialog(explorer).get_by_role("button", name="3 sources"))
    expect(told).to_be_visible()
    explorer.press_keys("Escape")
    expect(told).to_be_hidden()
    expect(step(explorer)).to_be_visible()

    end(explorer).sees_title("Demonstrate")
