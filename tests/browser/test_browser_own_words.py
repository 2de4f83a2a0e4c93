"""A record file from somebody else, full of words that would be markup: they stay words.

What is looked for is literal: where a canary is shown, all of it is there, sign by sign; nothing is
fetched from where it points; and no element has taken any of it for an address or a script.
"""

import json
import re
from datetime import timedelta
from pathlib import Path

import plotly
import pytest
from canaries import CANARIES, HOST, PLACES, planted, shown
from marking import days_ago
from playwright.sync_api import expect

from bodymap.exchange.record_json import dump, parse
from bodymap.measures.change import Period
from bodymap.records import Record
from bodymap.ui.history_chart import chart
from bodymap.ui.session import PERSON

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
OTHER_PAGES = ("/draw", "/mark-again", "/settings", "/learn", "/demonstrate", "/help")
WORDS_ONLY = ("aria-label", "value", "placeholder", "data-unformatted")

# All that a page shows, through every shadow root: its text, what stands in fields and what is read
# out; and every attribute that holds a canary although it is no words.
LOOK = """(wordsOnly) => {
  const said = [], taken = [], isSkipped = new Set(["SCRIPT", "STYLE", "NOSCRIPT"]);
  const isBlock = new Set(["DIV", "P", "LI", "TD", "TH", "BUTTON", "PRE", "text"]);
  const look = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (isSkipped.has(node.tagName)) return "";
    for (const { name, value } of node.attributes ?? []) {
      if (name === "aria-label") said.push(value);
      const isWord = wordsOnly.includes(name) || !value.includes("canary");
      if (!isWord) taken.push(`${node.tagName} ${name}=${value}`);
    }
    if (node.value) said.push(String(node.value));
    const inside = [...node.childNodes, ...(node.shadowRoot?.childNodes ?? [])].map(look).join("");
    return isBlock.has(node.tagName) ? `\\n${inside}\\n` : inside;
  };
  said.push(look(document.body));
  return [said.join("\\n"), taken];
}"""


def looked_at(person):
    """Return all words of the page; nothing may have been taken for more than words."""
    words, taken = person.page.evaluate(LOOK, list(WORDS_ONLY))
    assert taken == []
    assert [address for address in person.asked if HOST in address] == []
    assert not any("alert" in error for error in person.errors)
    return words


def every(canaries, person, *, capital=False):
    """Wait until all of them stand on the page sign by sign."""
    wanted = [shown(one[:1].upper() + one[1:] if capital else one) for one in canaries]
    missing = []

    def are_there():
        words = looked_at(person)
        missing[:] = [one for one in wanted if one not in words]
        return not missing

    try:
        person.until(are_there, "the words are there")
    except AssertionError:
        if not missing:
            raise
        raise AssertionError(f"not shown sign by sign: {missing}") from None


@pytest.fixture
def planted_person(explorer, shared_server):
    """A person who added a file from somebody else to their record."""

    def hear(dialog):
        explorer.errors.append(f"alert {dialog.message}")
        dialog.dismiss()

    explorer.page.on("dialog", hear)
    statements = [
        made
        for days, tried in ((0, CANARIES), (1, CANARIES[:4]), (2, CANARIES[:4]))
        for made in planted(days_ago(days), tried)
    ]
    with shared_server.opened_record() as store:
        store.merge(PERSON, parse(dump(Record(tuple(statements)))))
        store.set_preference(PERSON, "tried_added", "\n".join(CANARIES[4:8]))
    yield explorer.keeps_addresses()
    explorer.page.remove_listener("dialog", hear)


def test_my_marks_shows_own_words_as_words(planted_person):
    person = planted_person
    person.open_page("/my-marks").sees_title("My marks")
    ticks = person.page.locator(".y2tick text")
    expect(ticks).to_have_count(4)

    every(CANARIES, person)
    written = [text.replace("\n", " ") for text in ticks.all_text_contents()]
    for one in CANARIES[:4]:
        assert shown(one[:1].upper() + one[1:]) in written

    for toggle in person.page.get_by_role("switch").all():
        toggle.press("Space")
    person.page.get_by_text("Changed or entered late").or_(
        person.page.get_by_text("Delete something of this day")
    ).first.click()
    every(CANARIES, person)

    person.page.emulate_media(media="print")
    every(CANARIES, person)


def test_what_is_shown_under_the_pointer_is_words(planted_person):
    person = planted_person
    person.open_page("/my-marks").sees_title("My marks")
    bands = person.page.locator(".cartesianlayer .subplot.xy2 .trace, .subplot.x2y2 .trace")
    expect(bands).to_have_count(4)

    ticks = person.page.locator(".y2tick text")
    for one, band in zip(ticks.all_text_contents(), bands.all(), strict=True):
        band.scroll_into_view_if_needed()
        place = band.bounding_box()
        person.page.mouse.move(place["x"] + 2, place["y"] + place["height"] / 2)
        label = person.page.locator(".hoverlayer .hovertext .name")
        expect(label).to_have_text(one)
        looked_at(person)


def test_the_questions_of_the_day_show_own_words_as_words(planted_person):
    person = planted_person
    person.open_page("/check-in")
    expect(person.button("Change this list")).to_be_visible()
    every(CANARIES, person, capital=True)

    person.press_button("Change this list")
    every(CANARIES, person, capital=True)

    person.page.emulate_media(media="print")
    every(CANARIES, person, capital=True)


@pytest.mark.parametrize("at", range(0, len(CANARIES), 4))
def test_the_map_shows_own_words_as_words(planted_person, at):
    person = planted_person
    person.open(f"/?point={PLACES[at]}&side=left")
    expect(person.pad).to_be_visible()

    person.page.get_by_role("button", name=re.compile("^Says: ")).click()

    for media in ("screen", "print"):
        person.page.emulate_media(media=media)
        every([CANARIES[at].replace("\n", ""), CANARIES[-1 - at]], person)


def test_no_other_page_takes_own_words_for_more(planted_person):
    for address in OTHER_PAGES:
        for media in ("screen", "print"):
            planted_person.page.emulate_media(media=media)
            planted_person.open_page(address)
            looked_at(planted_person)


def test_plotly_itself_shows_every_canary_in_ticks_names_and_hover_labels(browser):
    """In the same charts, where the app would show only the four that come most often."""
    day = days_ago(0).date()
    period = (Period(day - timedelta(days=3), day),)
    line = [(day - timedelta(days=1), 3), (day, 4)]
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content("<div id=chart></div>")
    page.add_script_tag(path=PLOTLY)
    for some in zip(CANARIES, CANARIES[1:], CANARIES[2:], strict=False):
        figure = chart(dict.fromkeys(some, line), (), [(one, period) for one in some], "light")
        page.evaluate("(figure) => Plotly.newPlot('chart', figure)", json.loads(figure.to_json()))
        legend = page.locator(".legendtext").all_text_contents()
        ticks = page.locator(".y2tick text").all_text_contents()
        one_line = [shown(one).replace("\n", " ") for one in some]
        assert legend == one_line
        assert ticks == one_line
        for number, one in enumerate(one_line):
            for trace, subplot in ((number, "xy"), (len(some) + number, "x2y2")):
                hovered = [{"curveNumber": trace, "pointNumber": 0}]
                page.evaluate("([h, s]) => Plotly.Fx.hover('chart', h, s)", [hovered, subplot])
                expect(page.locator(".hoverlayer .name")).to_have_text(one)
    page.close()
    assert [address for address in asked if HOST in address] == []
