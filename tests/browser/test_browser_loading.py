"""Files that don't come: a sentence says so, *Try again* brings them, and there is a way out.

One tab does for many files: all of a page's files wait at a gate, and one after the other fails
before it is let through, each in another way than the one before.
"""

import re
from collections import defaultdict
from itertools import cycle, islice, zip_longest

import pytest
from explorer import FIRST_LOAD_MS, NOWHERE
from marking import days_ago, operation
from playwright.sync_api import expect
from windows import exploring

from bodymap.shell.assets import STATIC, imports_of
from bodymap.ui.session import PERSON

STORY = "/demonstrate?story=lower-back"
# address, entry script, and what is there once the page is whole
PAGES = {
    "map": ("/", "map", ".bm .stage:has(.layer-body path)"),
    "presenting view": (STORY, "present", ".present-stage:has(.layer-body path)"),
    "drawing board": ("/draw", "board", ".stage.drawing:has(.layer-body path)"),
    "pictures": ("/my-marks", "bodies", ".bodies .view:has(use)"),
    "questions": ("/check-in", "day", ".day .lv"),
    "questions again": ("/mark-again", "again", ".again .lv"),
}
HELP = "map/help.json"  # fetched ahead; whoever opens it without having it is told so there
FAILED = re.compile(r"did not load\. What you entered is safe\. Try again, or .+\.$")
KINDS = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}
LONG = re.compile(r"^Still loading the .+ You can wait, try again, or .+\.$")


class Gate:
    """Where a tab's requests for our files wait until a test says what becomes of each."""

    def __init__(self, page, *, scripts=False):
        self.waiting = defaultdict(list)
        self.passed = {HELP}
        self.scripts = scripts
        page.route(re.compile("/assets/"), self._arrives)

    def _arrives(self, route):
        name = name_of(route)
        if name in self.passed or name.endswith(".js") != self.scripts:
            route.continue_()
        else:
            self.waiting[name].append(route)

    def take(self, name):
        """Return the newest request for a file; older ones were given up by the page."""
        return self.waiting.pop(name)[-1]

    def let_through(self, name):
        self.passed.add(name)
        for route in self.waiting.pop(name, []):
            route.continue_()

    def open(self, *, for_scripts_only=False):
        """Let the newest request for each file through, and all that come later."""
        self.scripts = False if for_scripts_only else None
        for name in list(self.waiting):
            self.take(name).continue_()


def name_of(route):
    return re.search(r"/assets/[^/]+/([^?]+)", route.request.url)[1]


def breaks_off(route):
    route.abort()


def is_missing(route):
    route.fulfill(status=404, body="There is no such file.")


def is_cut_short(route):
    """As an answer that was lost half-way, or another page's in its place."""
    file = STATIC / name_of(route)
    if file.suffix == ".css":
        route.fulfill(content_type="text/html", body="<title>Sign in</title>")
    else:
        body = file.read_text(encoding="utf-8")
        route.fulfill(content_type=KINDS[file.suffix], body=body[: len(body) // 2])


WAYS = (breaks_off, is_missing, is_cut_short)


@pytest.fixture(scope="module")
def recorded(the_server):
    """Marks of today and of an earlier day: several pictures on My marks, places to mark again."""
    the_server.forget()
    with the_server.opened_record() as store:
        store.apply(PERSON, [operation("neck", at=days_ago(n), touched=n + 3) for n in (3, 0)])
    return the_server


@pytest.fixture
def person(windows, recorded):
    with exploring(windows(), recorded.url, is_calm=False) as one:
        yield one


def goes_to(person, address):
    """Go there without waiting for scripts, which are at the gate."""
    person.page.goto(person.url + address, timeout=FIRST_LOAD_MS, wait_until="domcontentloaded")


def notices(person):
    return person.page.locator(".bm-notice")


def sees_a_way_out(person, name):
    if name == "presenting view" and person.page.locator(".present").count():
        expect(person.page.get_by_role("button", name="End", exact=True)).to_be_visible()
    else:
        links = person.page.get_by_role("navigation").get_by_role("link")
        expect(links.filter(has_text="Learn")).to_be_visible()


def try_again(person):
    notices(person).get_by_role("button", name="Try again").last.click()


def each_fails(person, gate, name, whole, ways):
    """Let each file that comes to the gate fail, be asked for again, and pass; return their names.

    whole: what is seen once nothing is missing. ways: how they fail, one after the other.
    """
    failed = []
    whole = person.page.locator(whole).first
    while True:
        person.until(
            lambda: gate.waiting or whole.is_visible(), "a file is asked for, or all is there"
        )
        if not gate.waiting:
            return failed
        # what the picture begins with, before what is fetched ahead and not missed yet
        file = min(gate.waiting, key=lambda one: (not one.endswith(".css"), "catalog" not in one))
        fails = next(ways)
        fails(gate.take(file))
        # what was fetched ahead is asked for again when it is needed
        person.until(lambda file=file: notices(person).count() or gate.waiting.get(file), file)
        if not notices(person).count():
            fails(gate.take(file))
        expect(notices(person).locator("p").last).to_have_text(FAILED)
        sees_a_way_out(person, name)
        try_again(person)
        person.until(lambda file=file: gate.waiting.get(file), f"{file} is asked for again")
        gate.let_through(file)
        failed.append(file)
        expect(notices(person)).to_have_count(0)


def ways_from(first):
    """All ways to fail, over and over; what every page needs fails in another way on each."""
    return islice(cycle(WAYS), first, None)


@pytest.mark.parametrize("name", PAGES)
def test_each_style_sheet_catalogue_and_drawing_may_fail(person, name):
    address, _, whole = PAGES[name]
    gate = Gate(person.page)
    person.page.goto(person.url + address, timeout=FIRST_LOAD_MS)

    failed = each_fails(person, gate, name, whole, ways_from(list(PAGES).index(name)))

    assert {f"body_map/{sheet}.css" for sheet in ("tokens", "map")} <= set(failed)
    if name not in ("questions", "questions again"):
        assert "map/catalog.json" in failed
        assert any(file.endswith("-body.svg") for file in failed)
    expect(person.page.locator(whole).first).to_be_visible()
    expect(notices(person)).to_have_count(0)


def test_what_is_fetched_later_may_fail(person):
    person.page.goto(person.url, timeout=FIRST_LOAD_MS)
    person.ready()
    layers = {
        "Bones": ".stage:has(.slot-bones path)",
        "Deep muscles": ".stage:has(.slot-deep path)",
    }
    gate, ways = Gate(person.page), ways_from(0)

    person.press(person.page.get_by_role("radio", name="Front", exact=True))
    failed = each_fails(person, gate, "map", ".stage:has(#neutral-front-rim)", ways)
    for layer, drawn in layers.items():
        person.page.get_by_role("button", name="Layers").click()
        person.page.get_by_role("checkbox", name=layer).check(force=True)
        failed += each_fails(person, gate, "map", drawn, ways)

    assert {"map/neutral-front.json", "figures/neutral-front-body.svg"} <= set(failed)
    assert {"figures/neutral-front-bones.svg", "figures/neutral-front-deep.svg"} <= set(failed)
    expect(person.page.get_by_role("group", name="Front of the body")).to_be_attached()


def test_each_script_may_fail(person):
    """All scripts are asked for anew each time, so each time another one fails."""
    tried = set()
    ways = cycle(WAYS)

    def lets_fail(name):
        address = re.compile(f"/assets/[^/]+/{re.escape(name)}$")
        person.page.route(address, next(ways))
        return address

    person.page.route("/no-such-file", lambda route: route.abort())  # no script is kept meanwhile
    for address, entry, whole in PAGES.values():
        script = f"body_map/{entry}.js"
        to_fail = [one for one in (script, *imports_of(script)) if one not in tried]
        tried |= set(to_fail)
        person.page.goto(person.url + NOWHERE)
        failing = lets_fail(to_fail[0])
        person.page.goto(person.url + address, timeout=FIRST_LOAD_MS)
        for name, following in zip_longest(to_fail, to_fail[1:]):
            expect(notices(person).locator("p").last, name).to_have_text(FAILED)
            sees_a_way_out(person, name)
            person.page.unroute(failing)
            if following:
                failing = lets_fail(following)
            try_again(person)
        expect(person.page.locator(whole).first).to_be_visible(timeout=FIRST_LOAD_MS)
        expect(notices(person)).to_have_count(0)


def test_a_page_that_lost_the_script_in_it_says_what_to_do(windows, recorded, several):
    """Some filters on the way take scripts out of a page; so does a host that serves another."""
    never_set = "Object.defineProperty(globalThis, 'bodymapRender', { set() {} })"
    person = several(windows(), recorded.url, is_changed=True)
    person.page.add_init_script(never_set)
    goes_to(person, "/")
    said = "The map did not load. What you entered is safe. Load this page again."
    expect(person.page.get_by_text(said)).to_be_visible()
    sees_a_way_out(person, "map")


def test_a_file_that_never_comes_is_told_of_and_asked_for_again(windows, recorded, several):
    """All pages wait side by side, because each waits until a person would wonder."""
    people = {name: several(windows(), recorded.url, is_changed=True) for name in PAGES}
    gates = {}
    for name, person in people.items():
        gates[name] = Gate(person.page, scripts=True)
        goes_to(person, PAGES[name][0])
    for name, person in people.items():
        person.page.bring_to_front()
        expect(notices(person).locator("p").last).to_have_text(LONG)
        sees_a_way_out(person, name)
        try_again(person)
        gates[name].open(for_scripts_only=True)

    for name, person in people.items():
        person.page.bring_to_front()
        expect(notices(person).locator("p").last).to_have_text(LONG)
        sees_a_way_out(person, name)
        try_again(person)
        gates[name].open()

    for name, person in people.items():
        person.page.bring_to_front()
        expect(person.page.locator(PAGES[name][2]).first).to_be_visible()
        expect(notices(person)).to_have_count(0)


@pytest.mark.parametrize("way", ["End", "Escape"])
@pytest.mark.parametrize("missing", ["catalog.json", "present.css", "back-body.svg"])
def test_the_presenting_view_can_be_left_when_nothing_of_it_came(person, missing, way):
    person.page.route(re.compile(f"/assets/.*{missing}"), lambda route: route.abort())
    person.page.goto(person.url + STORY, timeout=FIRST_LOAD_MS)
    expect(notices(person).locator("p").last).to_have_text(FAILED)

    if way == "End":
        person.page.get_by_role("button", name="End", exact=True).click()
    else:
        person.press_keys("Escape")

    expect(person.title).to_have_text("Demonstrate")
    expect(person.page.locator(".present")).to_have_count(0)
    person.go_to("Learn")
    expect(person.title).to_have_text("Learn")
