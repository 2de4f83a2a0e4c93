"""Presses in the very moment in which something else happens: none is lost."""

import re

import pytest
from explorer import OUTBOX, middle_x, middle_y
from lines import SlowLine
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from windows import exploring

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


@pytest.mark.parametrize("next_story", STORIES)
def test_a_story_can_be_opened_before_the_server_has_heard_that_one_was_ended(
    windows, shared_server, next_story
):
    """The list from before is still below the view, and both messages arrive as one."""
    with exploring(windows(), shared_server.url, is_changed=True) as person:
        line = SlowLine(person.page)
        person.open_page("/demonstrate")
        view = person.page.get_by_role("dialog")
        story = person.page.get_by_role("link", name=re.compile(STORIES[0]))
        expect(story).to_be_visible()
        person.until(lambda: person.page.get_by_test_id("stStatusWidget").count() == 0, "at rest")
        line.holds = is_the_end_of_a_run
        story.click()
        expect(view.get_by_text(re.compile("1 of [0-9]+$"))).to_be_visible()
        person.until(lambda: line.held, "the page has not heard that it is whole")

        shared_server.pause()
        try:
            person.press_keys("Escape")
            expect(view).to_have_count(0)
            person.page.get_by_role("link", name=re.compile(next_story)).dispatch_event("click")
        finally:
            shared_server.resume()
        line.let_go()

        expect(view).to_contain_text(re.compile(f"{next_story[1:]}.* 1 of [0-9]+"))
        person.press_keys("Escape")
        person.sees_title("Demonstrate")


def is_the_end_of_a_run(message):
    told = ForwardMsg()
    told.ParseFromString(message)
    return told.WhichOneof("type") == "script_finished"


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
