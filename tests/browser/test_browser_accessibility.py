"""Every state of every page, as wide as a desk and a phone, one of them dark: axe finds nothing."""

import re
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from explorer import DESK, PHONE, Explorer
from marking import answers, area_shaded, days_ago, operation
from playwright.sync_api import expect
from windows import exploring

from bodymap.records.day import Tried
from bodymap.ui.session import PERSON

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": RULES}
PAPER = {"light": "rgb(251, 248, 244)", "dark": "rgb(27, 24, 22)"}
AXE = Axe().axe_script


@dataclass
class Inspector:
    """Looks at the page after each step, in two widths, and remembers what axe found.

    Which of the two is dark takes turns, so that each theme is seen in each width.
    """

    person: Explorer
    found: list[str] = field(default_factory=list)
    looked_at: int = 0

    def look(self, state: str) -> None:
        themes = ("light", "dark") if self.looked_at % 2 else ("dark", "light")
        # the desk last, because the steps are made there
        for size, theme in zip((PHONE, DESK), themes, strict=True):
            self._look(f"{state}, {size['viewport']['width']} px, {theme}", size, theme)
        self.looked_at += 1

    def _look(self, state, size, theme):
        paper = PAPER[theme]
        page = self.person.page
        page.set_viewport_size(size["viewport"])
        page.emulate_media(color_scheme=theme)
        self.person.until(lambda: self._paper() == {paper}, f"{state} is {theme}")
        page.evaluate(PAINTED)
        for violation in violations(self.person):
            places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
            self.found.append(f"{state}: {violation['id']} at {places}")

    def _paper(self):
        """The page's colour, and that of the map where there is one."""
        return set(self.person.page.evaluate(THEMES))


# what hears of a new size has painted by the second frame
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

THEMES = """() => {
  const names = {light: "rgb(251, 248, 244)", dark: "rgb(27, 24, 22)"};
  const app = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  const fields = [...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean)
    .flatMap((root) => [...root.querySelectorAll("fieldset, .bm:not(.present)")]);
  return [app, ...fields.map((node) => names[getComputedStyle(node).colorScheme])];
}"""


def violations(person):
    options = {"runOnly": EVERY_RULE, "resultTypes": ["violations"]}
    if not person.page.evaluate("'axe' in window"):
        person.page.evaluate(AXE)
    return person.page.evaluate("async (options) => (await axe.run(options)).violations", options)


@pytest.fixture
def inspector(windows, shared_server):
    with exploring(windows(), shared_server.url, is_changed=True) as person:
        yield Inspector(person)


def test_the_map_has_no_violation_in_any_state(inspector):
    look, person = inspector.look, inspector.person
    person.open()
    look("start")
    person.press_button("Layers")
    look("layers menu")
    person.press_button("Done")
    person.search("sitting").press_button("Pain when I sit for long")
    look("a problem and its points")
    person.search("rhomboid")
    look("points that were found")
    person.search("qqqq")
    look("nothing found")
    person.press_button("Clear the search").press_button("Back to the start")
    person.open_area("Between the shoulder blades")
    look("area")
    person.choose_point("Rhomboid, upper, left")
    look("point")
    for card in ("Trigger point or tender point?", re.compile("^The muscle: ")):
        person.press(person.page.get_by_text(card).first)
    expect(person.page.get_by_role("link", name="How they differ")).to_be_visible()
    expect(person.button("Rhomboid, lower")).to_be_visible()
    look("the cards below a point")
    person.mark(6).mark(3, "By itself").sees_saved()
    look("marked point")
    person.press_button("Clear").sees_saved()
    look("cleared point")
    person.mark(6).sees_saved()
    person.press(person.page.get_by_text("Clinical wording"))
    expect(person.page.get_by_text("general teaching").first).to_be_visible()
    look("clinical wording")
    person.open()
    look("start with a mark")
    person.press_button("Several places, or not sure which")
    expect(person.page.get_by_role("region", name="Where it hurts")).to_be_visible()
    look("a look-up")
    person.open("/?hurts=shoulder-blade_left~chest_left")
    expect(person.page.get_by_role("button", name=re.compile("often felt")).first).to_be_visible()
    look("a look-up with places")
    person.open("/?muscle=scalenes")
    expect(person.page.get_by_role("region", name="Scalenes")).to_be_visible()
    look("a muscle")
    person.open()
    person.press_button("Give one number and finish")
    look("one number for the day")

    assert inspector.looked_at == 16
    assert inspector.found == []


def test_no_other_page_has_a_violation(inspector, shared_server):
    look, person = inspector.look, inspector.person
    person.open_page("/my-marks")
    look("My marks, none yet")
    with shared_server.opened_record() as store:
        store.apply(
            PERSON,
            [
                operation("rhomboid-major-upper", side, level, at=days_ago(days))
                for days, side, level in ((12, "left", 7), (3, "left", 5), (3, "right", 2))
            ],
        )
    person.open("/?area=interscapular")
    expect(person.button("Start fresh")).to_be_visible()
    look("a new day")
    person.open_page("/my-marks")
    expect(person.page.get_by_test_id("stPlotlyChart").locator(".trace").first).to_be_visible()
    look("My marks")
    person.open_page("/settings")
    look("Settings")
    person.press_button("Delete all my marks")
    expect(person.page.get_by_role("dialog")).to_be_visible()
    look("delete all?")
    person.open_page("/help")
    look("When to get help")
    person.open_page("/learn")
    look("Learn")
    person.open_page("/learn?page=mood-and-worry")
    look("a page that begins with a note")
    person.open_page("/learn?page=complementary-therapies")
    expect(person.page.get_by_role("table")).to_be_visible()
    look("a page with a table")
    person.open_page("/demonstrate")
    look("Demonstrate")
    person.page.goto(person.url + "/demonstrate?story=between-the-shoulder-blades&step=4")
    presented = person.page.get_by_role("dialog")
    expect(presented.get_by_role("heading", name="Rhomboids")).to_be_visible()
    person.press(presented.get_by_role("button", name="My marks"))
    expect(presented.locator(".mk")).to_have_count(2)
    person.press(presented.get_by_role("button", name="1 source"))
    look("a step that is presented, with marks and sources")
    person.open("/?area=nowhere")
    look("unknown address")

    assert inspector.looked_at == 12
    assert inspector.found == []


def test_what_is_made_again_has_no_violation(inspector, shared_server):
    look, person = inspector.look, inspector.person
    with shared_server.opened_record() as store:
        store.apply(
            PERSON,
            [
                operation("rhomboid-major-upper", "left", 7, 3, at=days_ago(0)),
                area_shaded("calf", "left", at=days_ago(0)),
            ],
        )
    person.open_page("/mark-again")
    person.sees_no_level()
    look("a place to be marked again")
    person.mark(6).mark(3, "By itself").press_button("Finish")
    expect(person.page.get_by_role("heading", name="How far apart")).to_be_visible()
    look("all places marked again")
    person.open_page("/draw?again=1")
    expect(person.page.get_by_text("Draw it again. The first one is hidden.")).to_be_visible()
    look("a drawing to be made again")

    assert inspector.looked_at == 3
    assert inspector.found == []


def test_my_marks_has_no_violation_with_everything_on_it(inspector, shared_server):
    look, person = inspector.look, inspector.person
    with shared_server.opened_record() as store:
        for days in (9, 1, 0):
            at = days_ago(days)
            store.apply(
                PERSON,
                [
                    operation("rhomboid-major-upper", "left", 9 - days, 2, at=at),
                    operation("rhomboid-major-upper", "left", 3, at=at),
                    operation("calf", "right", 6, at=at),
                    operation("calf", "right", 5, is_again=True, at=at),
                    area_shaded("chest", "left", nrs=4, quality="burning", at=at),
                    answers(worst_nrs=8, tried=(Tried("walk", "yes"),), at=at),
                ],
            )
    person.open_page("/my-marks")
    main = person.page.get_by_role("main")
    expect(main.get_by_test_id("stPlotlyChart").locator(".trace").first).to_be_visible()
    look("My marks, a day with everything")
    for closed in ("Changed or entered late", "Delete something of this day"):
        person.press(main.get_by_text(closed))
    person.press(main.get_by_text("Compare other days"))
    for number in range(3):
        person.press(main.get_by_text("Show as a table").nth(number))
        expect(main.get_by_role("switch").nth(number)).to_be_checked()
    expect(main.get_by_role("table")).to_have_count(5)
    look("My marks with all tables")

    assert inspector.looked_at == 2
    assert inspector.found == []


def test_the_drawing_and_the_check_in_have_no_violation_in_any_state(inspector, shared_server):
    look, person = inspector.look, inspector.person
    with shared_server.opened_record() as store:
        store.apply(
            PERSON,
            [
                area_shaded("lower-back", "midline", nrs=6, at=days_ago(3)),
                operation("rhomboid-major-upper", "left", 6, 3, at=days_ago(3)),
                operation("calf", "left", 2, at=days_ago(0)),
            ],
        )
    person.open_page("/draw")
    areas = person.page.get_by_role("group", name=re.compile("shade whole areas$"))
    expect(areas.get_by_role("checkbox").first).to_be_attached()
    look("an empty drawing")
    person.page.get_by_role("radio", name="burning", exact=True).check(force=True)
    look("a drawing with a quality chosen")
    person.press(person.page.get_by_role("button", name=re.compile("^Start from the drawing")))
    expect(person.page.get_by_text("Pain, 6 of 10")).to_be_visible()
    look("a drawing with strokes")
    person.open_page("/check-in")
    expect(person.button("Heat")).to_be_visible()
    look("an empty check-in")
    mood = person.page.get_by_role("radiogroup", name="Your mood")
    mood.get_by_role("radio", name="6", exact=True).check(force=True)
    expect(person.page.get_by_text("Saved", exact=True)).to_be_visible()
    look("an answered check-in")
    person.press_button("Heat").press_button("A little")
    look("a thing that was tried")
    person.press_button("Change this list")
    look("the list of things tried, being changed")
    person.open("/?point=rhomboid-major-upper&side=left")
    expect(person.page.get_by_role("button", name=re.compile("^As last time"))).to_be_visible()
    look("a point marked on an earlier day")
    person.mark(6).sees_saved().press_button("Say more about it")
    look("more to say about a mark")
    person.open_page("/settings").press_button("Delete this day")
    expect(person.page.get_by_role("dialog")).to_be_visible()
    look("delete a day?")
    person.press_button("Delete it")
    expect(person.page.get_by_text("That day is deleted.")).to_be_visible()
    look("a day was deleted")

    assert inspector.looked_at == 11
    assert inspector.found == []


def test_axe_does_look_into_the_map(explorer):
    """A control without a name must be found where the controls are, or all above is worthless."""
    explorer.open()
    assert [violation["id"] for violation in violations(explorer)] == []

    explorer.area("Calf, left").evaluate("(radio) => radio.removeAttribute('aria-label')")

    assert [violation["id"] for violation in violations(explorer)] == ["label"]
