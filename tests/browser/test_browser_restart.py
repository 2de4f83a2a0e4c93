"""The first thing that is said on a page while its server dies and comes back: it is saved, too.

Nothing was saved from that page before, so nothing of it has ever asked for an answer.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect
from test_browser_drawing import board, draw_a_line, drawn
from windows import exploring

POINT = "/?point=rhomboid-major-upper&side=left"


@dataclass(frozen=True)
class Page:
    """A page, what a person says on it first, and how that looks on the disk."""

    address: str
    opens: Any
    says: Any
    is_shown: Any
    is_saved: Any
    says_at_once: Any = None  # what to press for it, where that is a single press


def mood(person):
    group = person.page.get_by_role("radiogroup", name="Your mood")
    return group.get_by_role("radio", name="3", exact=True)


PAGES = {
    "Explore": Page(
        POINT,
        lambda person: person.open(POINT),
        lambda person: person.mark(6),
        lambda person: person.sees_level(6),
        lambda day: [mark.touched_nrs for mark in day.marks] == [6],
        lambda person: person.level(6),
    ),
    "check-in": Page(
        "/check-in",
        lambda person: expect(mood(person.open_page("/check-in"))).to_be_attached(),
        lambda person: mood(person).check(force=True),
        lambda person: expect(mood(person)).to_be_checked(),
        lambda day: day.answers.mood_nrs == 3,
        mood,
    ),
    "Draw": Page(
        "/draw",
        lambda person: board(person.open_page("/draw")),
        draw_a_line,
        lambda person: expect(drawn(person).get_by_role("listitem")).to_have_count(1),
        lambda day: len(day.drawing.strokes) == 1,
    ),
}


# What is sent again because no answer came is sent after 12 s at the earliest. A server that is
# there again answers sooner.
NOTHING_IS_SENT_TWICE = """
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = (what, ms, ...rest) => wait(what, ms >= 12_000 ? 1e9 : ms, ...rest);
"""


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("when", ["while the server is away", "as soon as it is back"])
def test_the_first_thing_said_around_a_restart_is_saved(windows, server, name, when):
    page = PAGES[name]
    with exploring(windows(), server.url, is_calm=False, is_changed=True) as person:
        person.page.add_init_script(NOTHING_IS_SENT_TWICE)
        page.opens(person)

        server.kill()
        if when == "while the server is away":
            page.says(person)
            expect(person.page.get_by_text("Not saved yet").first).to_be_visible()
        server.start()
        if when == "as soon as it is back":
            page.says(person)

        person.until(lambda: len(server.operations()) == 1, "it is on the disk")
        page.is_shown(person)
        (day,) = server.check_ins()
        assert page.is_saved(day)


# A hand that presses in the same moment in which the page finds its server again, just before.
PRESSED_WHEN_BACK = """
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("open", () => {
        globalThis.pressWhenBack?.();
        globalThis.pressWhenBack = null;
      });
    }
  };
"""


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.says_at_once])
def test_what_is_said_in_the_moment_in_which_the_server_is_back_is_saved(windows, server, name):
    """The library makes one message of all that is said in one moment."""
    page = PAGES[name]
    with exploring(windows(), server.url, is_calm=False, is_changed=True) as person:
        person.page.add_init_script(NOTHING_IS_SENT_TWICE)
        person.page.add_init_script(PRESSED_WHEN_BACK)
        page.opens(person)
        what = page.says_at_once(person)
        what.evaluate("(node) => { globalThis.pressWhenBack = () => node.click(); }")

        server.kill()
        server.start()

        person.until(lambda: len(server.operations()) == 1, "it is on the disk")
        (day,) = server.check_ins()
        assert page.is_saved(day)
