"""Presses in the very moment in which something else happens: none is lost."""

import re

import pytest
from explorer import middle_x, middle_y
from playwright.sync_api import expect

OUTBOX = 'globalThis[Symbol.for("bodymap.outbox.2")]'
# Follows a link of the navigation, and says something while the other page is on its way.
GO_AND_SAY = f"""async ([name, ms]) => {{
  const links = [...document.querySelectorAll('[data-testid="stTopNavLink"]')];
  links.find((link) => link.textContent.includes(name)).click();
  if (ms) await new Promise((done) => setTimeout(done, ms));
  {OUTBOX}.add({{ kind: "mark", target: "calf", side: "left", touched: 5, by_itself: null,
    details: null }});
}}"""
STORIES = ("^Between the shoulder", "^The lower back")


def test_a_story_can_be_opened_in_the_moment_another_was_ended(explorer):
    explorer.open_page("/demonstrate")
    view = explorer.page.get_by_role("dialog")

    for story in STORIES * 4:
        # dispatched as soon as it is there, before the page has settled
        explorer.page.get_by_role("link", name=re.compile(story)).dispatch_event("click")
        expect(view.get_by_text(re.compile("1 of [0-9]+$"))).to_be_visible()
        explorer.press_keys("Escape")
        expect(view).to_have_count(0)

    explorer.sees_title("Demonstrate")


@pytest.mark.parametrize("kind", [".labels button", ".names button:not(.on)"])
def test_a_press_on_the_picture_holds_while_it_is_drawn_again(explorer, kind):
    explorer.open("/?area=interscapular")
    button = explorer.page.locator(kind).first
    name = button.text_content()
    explorer.page.mouse.move(middle_x(button), middle_y(button))

    explorer.page.mouse.down()
    explorer.page.evaluate("document.fonts.dispatchEvent(new Event('loadingdone'))")
    explorer.page.mouse.up()

    expect(explorer.title).to_contain_text(name)


@pytest.mark.parametrize("ms", [0, 20, 100])
def test_what_is_sent_in_the_moment_of_going_leads_nobody_back(explorer, shared_server, ms):
    """A message names the page that it comes from, and the server shows that page."""
    explorer.open_page("/learn")
    explorer.until(lambda: explorer.page.evaluate(f"Boolean({OUTBOX}?.session)"), "it can be sent")

    explorer.page.evaluate(GO_AND_SAY, ["My marks", ms])

    explorer.sees_title("My marks")
    explorer.until(lambda: len(shared_server.operations()) == 1, "it is saved")
    expect(explorer.page.get_by_role("heading", name="Today")).to_be_visible()
    explorer.sees_title("My marks")


def test_what_was_tried_can_be_pressed_while_something_is_added_to_it(explorer):
    explorer.open_page("/check-in")
    tried = explorer.page.get_by_role("region", name="What you tried")
    walk = tried.get_by_role("button").first
    walk.scroll_into_view_if_needed()
    explorer.page.mouse.move(middle_x(walk), middle_y(walk))

    explorer.page.mouse.down()
    # not by hand, which would bring the field into sight and so move the button
    explorer.page.get_by_label("Something else").evaluate(
        "field => { field.value = 'a bath';"
        " field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })); }"
    )
    expect(tried.get_by_role("button", name="A bath")).to_be_visible()
    explorer.page.mouse.up()

    expect(walk).to_have_attribute("aria-pressed", "true")
