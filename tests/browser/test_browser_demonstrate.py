"""Demonstrating: one thing at a time, large, by mouse, key or remote; nobody's marks."""

import re

from marking import operation
from playwright.sync_api import expect
from test_browser_record import days_ago

from bodymap.ui.session import PERSON

STORY = "/demonstrate?story=between-the-shoulder-blades"
POINT = "/?point=rhomboid-major-upper&side=left"


def dialog(person):
    return person.page.get_by_role("dialog")


def step(person):
    return dialog(person).get_by_role("heading", level=1)


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

    explorer.press_keys("Escape")

    explorer.ready().sees_title("Rhomboid, upper", "left")


def test_a_story_that_was_ended_can_be_shown_again(explorer):
    explorer.open_page("/demonstrate")
    for _ in range(2):
        explorer.press(explorer.page.get_by_role("link", name=re.compile("^The lower back")))
        expect(step(explorer)).to_have_text("Signs that need help now")
        explorer.press_keys("Escape").sees_title("Demonstrate")
        expect(dialog(explorer)).to_have_count(0)


def test_nobodys_marks_are_shown_or_made(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [operation("rhomboid-major-upper", "left", 7, at=days_ago(0))])
    before = shared_server.operations()
    explorer.open(POINT)
    explorer.press_button("Show large, to demonstrate")
    expect(step(explorer)).to_be_visible()

    explorer.press_keys("7", "5", "0")

    expect(dialog(explorer).get_by_text("marked")).to_have_count(0)
    expect(dialog(explorer).locator(".mk")).to_have_count(0)
    assert shared_server.operations() == before


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
