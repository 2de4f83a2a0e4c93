"""A card of the page opens and closes at once: a press on what slides goes down on one thing and up
on another, and is lost."""

import re

import pytest
from explorer import Explorer
from marking import days_ago, operation
from playwright.sync_api import expect

from bodymap.ui.session import PERSON

POINT = "/?point=rhomboid-major-upper&side=left"
CARDS = {
    "/my-marks": ["Delete something of this day", "Compare other days"],
    POINT: ["Trigger point or tender point?", "The muscle: ", "15 sources"],
    "/learn?page=mood-and-worry": ["Crisis lines by country"],
}

# Presses a card's line and returns [is open, height in px] of each frame since.
PRESS_AND_LOOK = """(line, frames) => new Promise((done) => {
  const card = line.closest("details"), seen = [];
  const look = () => {
    seen.push([card.open, Math.round(card.getBoundingClientRect().height)]);
    seen.length < 30 ? requestAnimationFrame(look) : done(seen);
  };
  line.click();
  requestAnimationFrame(look);
})"""


@pytest.mark.parametrize("address", CARDS)
def test_a_card_opens_and_closes_at_once(explorer: Explorer, shared_server, address):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("neck", touched=3, at=days_ago(n)) for n in (3, 0)])
    explorer.open_page(address)
    for words in CARDS[address]:
        line = explorer.page.locator("summary").filter(has_text=re.compile(f"^\\W*.*{words}"))
        expect(line).to_be_visible()
        explorer.until(
            lambda: explorer.page.get_by_test_id("stStatusWidget").count() == 0, "all is there"
        )
        if line.evaluate("(line) => line.closest('details').open"):
            line.evaluate(PRESS_AND_LOOK)

        opening = line.evaluate(PRESS_AND_LOOK)
        # what is fetched when asked for comes a little later: words, a link's place, the link
        assert len({height for _, height in opening}) <= 4, (words, opening)
        assert all(is_open for is_open, _ in opening), (words, opening)

        closing = line.evaluate(PRESS_AND_LOOK)
        assert not any(is_open for is_open, _ in closing), (words, closing)
