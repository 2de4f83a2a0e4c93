"""While the app does not answer: one calm sentence on every page, and help with its numbers."""

import re

import pytest
from explorer import FIRST_LOAD_MS, PHONE
from lines import BadLine
from playwright.sync_api import expect
from windows import exploring

from bodymap.ui.session import PERSON

PAGES = [
    "/",
    "/my-marks",
    "/learn",
    "/learn?page=between-the-shoulder-blades",
    "/demonstrate",
    "/demonstrate?story=lower-back",
    "/draw",
    "/check-in",
    "/mark-again",
    "/settings",
    "/help",
]
GONE = "The app does not answer. We keep trying, and it comes back by itself."
FOR_DEVELOPERS = re.compile("streamlit|terminal|dynamically imported|pages/ directory", re.I)


def bar(person):
    return person.page.locator(".bm-away .bar")


def dialog(person):
    return person.page.get_by_role("dialog", name="When to get help")


def is_told_calmly(person):
    expect(bar(person)).to_contain_text(GONE)
    expect(person.page.get_by_test_id("stDialog")).to_have_count(0)
    assert not FOR_DEVELOPERS.search(person.page.locator("body").inner_text())


def reads_help(person, number):
    bar(person).get_by_role("button", name="When to get help").click()
    expect(dialog(person)).to_contain_text("Get an ambulance now")
    expect(dialog(person).get_by_role("link", name=number).first).to_have_attribute(
        "href", f"tel:{number.replace(' ', '')}"
    )
    person.press_keys("Escape")
    expect(dialog(person)).to_have_count(0)


@pytest.mark.parametrize(
    ("device", "pages"),
    [({}, PAGES[::2]), (PHONE | {"color_scheme": "dark"}, PAGES[1::2])],
    ids=["desk", "phone"],
)
def test_every_page_says_so_and_still_gives_help(windows, server, several, device, pages):
    with server.opened_record() as store:
        store.set_preference(PERSON, "country", "GB")
    people = [several(windows(**device), server.url) for _ in pages]
    for person, address in zip(people, pages, strict=True):
        person.page.goto(server.url + address, timeout=FIRST_LOAD_MS)
        expect(person.page.locator("h1").first).to_be_attached(timeout=FIRST_LOAD_MS)
        person.until(lambda p=person: country_of(p) == "GB", "the tab knows the country")

    server.kill()

    for person in people:
        person.page.bring_to_front()
        is_told_calmly(person)
        reads_help(person, "999")
        reads_help(person, "116 123")
    server.start()
    for person in people:
        person.page.bring_to_front()
        expect(bar(person)).to_be_hidden(timeout=FIRST_LOAD_MS)


def country_of(person):
    return person.page.evaluate("sessionStorage.getItem('bodymap.country')")


def test_a_server_that_dies_before_its_first_answer_is_told_of_too(windows, server):
    with exploring(windows(), server.url, is_calm=False) as person:
        person.page.goto(server.url + "/learn", wait_until="commit")
        person.page.get_by_test_id("stApp").wait_for(state="attached", timeout=FIRST_LOAD_MS)
        server.kill()

        is_told_calmly(person)
        reads_help(person, "112")  # no country is known, so all are named
        server.start()

        expect(person.title).to_have_text("Learn", timeout=FIRST_LOAD_MS)
        expect(bar(person)).to_be_hidden()


@pytest.mark.parametrize("messages", [0, 1, 2, 3])
@pytest.mark.parametrize("is_restarted", [False, True])
def test_a_line_cut_while_the_page_comes_leads_to_the_page_of_the_address(
    windows, server, messages, is_restarted
):
    with exploring(windows(), server.url, is_calm=False, is_changed=True) as person:
        line = BadLine(person.page, messages)
        person.page.goto(server.url + "/demonstrate?story=lower-back", wait_until="commit")
        person.until(lambda: line.is_cut, "the line is cut")
        if is_restarted:
            server.kill()
            server.start()

        view = person.page.locator(".present")
        expect(view.get_by_role("heading", level=1)).to_be_visible(timeout=FIRST_LOAD_MS)
        assert "/demonstrate?story=lower-back" in person.page.url


def test_the_way_to_help_in_the_navigation_leads_there_while_the_app_is_away(windows, server):
    with exploring(windows(), server.url, is_calm=False) as person:
        person.open_page("/learn")
        navigation = person.page.get_by_role("navigation")
        server.kill()
        is_told_calmly(person)

        bar(person).get_by_role("button", name="Hide").click()
        expect(bar(person)).to_be_hidden()
        navigation.get_by_role("link", name="My marks").click(force=True)
        expect(bar(person)).to_contain_text(GONE)
        navigation.get_by_role("link", name="When to get help").click(force=True)

        expect(dialog(person)).to_be_visible()


def test_a_story_goes_on_and_can_be_ended_while_the_app_is_away(windows, server):
    with exploring(windows(), server.url, is_calm=False) as person:
        person.page.goto(server.url + "/demonstrate?story=lower-back", timeout=FIRST_LOAD_MS)
        view = person.page.locator(".present")
        expect(view.get_by_role("heading", level=1)).to_be_visible(timeout=FIRST_LOAD_MS)
        server.kill()
        is_told_calmly(person)

        person.press_keys("ArrowRight")
        expect(view).to_contain_text("2 of")
        person.press_keys("Escape")
        expect(view).to_have_count(0)
        server.start()

        expect(person.title).to_have_text("Demonstrate", timeout=FIRST_LOAD_MS)


def test_an_address_without_a_page_is_told_of_calmly(windows, shared_server):
    with exploring(windows(), shared_server.url, is_calm=False) as person:
        person.page.goto(person.url + "/nowhere", timeout=FIRST_LOAD_MS)

        expect(bar(person)).to_contain_text("There is no page at this address.")
        expect(person.page.get_by_test_id("stDialog")).to_have_count(0)
        bar(person).get_by_role("button", name="Hide").click()
        expect(bar(person)).to_be_hidden()


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("BidiComponent", "A part of this page did not load."),
        ("index", "This page is not here yet."),
    ],
)
def test_a_script_of_the_library_that_does_not_come_is_told_of_calmly(
    windows, shared_server, missing, sentence
):
    with exploring(windows(), shared_server.url, is_calm=False) as person:
        person.page.route(re.compile(rf"/static/js/{missing}\."), lambda route: route.abort())
        person.page.goto(person.url, timeout=FIRST_LOAD_MS)

        expect(bar(person)).to_contain_text(sentence, timeout=FIRST_LOAD_MS)
        assert not FOR_DEVELOPERS.search(person.page.locator("body").inner_text())
        person.page.unroute_all()
        person.press_button("Load the page again")

        expect(person.title).to_be_visible(timeout=FIRST_LOAD_MS)
        expect(bar(person)).to_be_hidden()
