"""What a person does on the page, in their words, so that tests read as sentences.

Everything is found by role and accessible name, as a screen reader would; how the page is built is
its own business.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 30_000
FIRST_LOAD_MS = 90_000
POLL_MS = 50
NOWHERE = "/assets/none"  # where nothing runs and no cookie is set
# At the desk nothing moves while somebody looks; on the phone everything does.
DESK = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "no-preference",
}

OUTBOX = 'globalThis[Symbol.for("bodymap.outbox.2")]'  # what the tab has to say and to hear

TOUCHED = "When touched"
BY_ITSELF = "By itself"


@dataclass
class Explorer:
    """One person in one tab.

    actions: how many clicks, taps and keys it took.
    is_leaving: another page was asked for and is not there yet.
    errors: what the page's scripts threw or reported.
    asked: every socket that the tab opened, and what it fetched since ``keeps_addresses``.
    sent: every message to the server, in order.
    """

    page: Page
    url: str
    actions: int = 0
    is_leaving: bool = False
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sent: list[bytes | str] = field(default_factory=list)

    def __post_init__(self):
        self._listeners = {
            "pageerror": lambda error: self.errors.append(str(error)),
            "console": self._hear,
            "websocket": self._listen,
        }
        for event, listener in self._listeners.items():
            self.page.on(event, listener)

    def keeps_addresses(self) -> "Explorer":
        """Keep what is fetched from now on; a load fetches so many files that it takes its time."""
        self._listeners["request"] = lambda request: self.asked.append(request.url)
        self.page.on("request", self._listeners["request"])
        return self

    def stop_listening(self) -> None:
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)

    def _hear(self, line):
        # On a page other than the first, Streamlit looks for its server below that page, too.
        is_looking = re.search(r"/[^/_]+/_stcore/(health|host-config)$", line.location["url"])
        is_left = self.is_leaving and "Failed to fetch" in line.text  # what the old page asked for
        if line.type == "error" and not is_looking and not is_left:
            self.errors.append(f"{line.text} {line.location['url']}")

    def _listen(self, socket):
        self.asked.append(socket.url)
        self.socket = socket
        socket.on("framesent", lambda message: self.sent.append(message))

    # --- going somewhere

    def open(self, address: str = "/") -> "Explorer":
        """Go to an address of Explore and wait until the map and its text are there."""
        self._go(self.url + address)
        return self.ready()

    def at_the_start(self) -> "Explorer":
        """Be where the page opens, in a tab that earlier tests have looked around with."""
        if self.page.url in ("about:blank", self.url + NOWHERE):
            return self.open()
        if not self.whole_body.count():
            self.back_to_the_whole()
        self.search_box.fill("")
        self.search_box.blur()
        self.page.mouse.move(0, 0)
        return self

    def open_page(self, address: str) -> "Explorer":
        """Go to a page without a map."""
        self._go(self.url + address)
        self.title.wait_for(timeout=FIRST_LOAD_MS)
        return self

    def _go(self, address: str) -> None:
        self.is_leaving = True
        self.page.goto(address, timeout=FIRST_LOAD_MS)
        self.is_leaving = False

    def reload(self) -> "Explorer":
        self.page.reload(timeout=FIRST_LOAD_MS)
        return self.ready()

    def ready(self) -> "Explorer":
        # an `expect` that has to wait describes the whole page each time that it looks
        self.picture.wait_for(state="attached", timeout=FIRST_LOAD_MS)
        self.title.wait_for()
        return self

    def go_to(self, page_name: str) -> "Explorer":
        """Follow the navigation at the top to another page."""
        self.page.get_by_role("navigation").get_by_role("link", name=page_name).click()
        return self

    # --- what is on the screen

    @property
    def title(self) -> Locator:
        """The heading of the text beside the map."""
        return self.page.get_by_role("heading", level=1)

    @property
    def picture(self) -> Locator:
        """The places on the drawing: areas of the whole body, or points of an open area."""
        return self.page.get_by_role("group", name=re.compile(r"choose an area$|^Points: "))

    @property
    def whole_body(self) -> Locator:
        return self.page.get_by_role("group", name=re.compile(r"choose an area$"))

    @property
    def open_area_points(self) -> Locator:
        return self.page.get_by_role("group", name=re.compile(r"^Points: "))

    @property
    def list_of_places(self) -> Locator:
        return self.page.get_by_role("region", name="List of places")

    @property
    def pad(self) -> Locator:
        return self.page.get_by_role("region", name=re.compile("^Mark: "))

    @property
    def search_box(self) -> Locator:
        return self.page.get_by_role("searchbox", name="Find")

    def area(self, name: str) -> Locator:
        """An area on the drawing of the whole body; its name may go on with what is marked."""
        return self.whole_body.get_by_role("radio", name=_beginning(name))

    def point(self, name: str) -> Locator:
        """A point on the drawing of an open area: "Rhomboid, upper, left"."""
        return self.open_area_points.get_by_role("radio", name=_beginning(name))

    def level(self, level: int, kind: str = TOUCHED) -> Locator:
        scale = self.page.get_by_role("radiogroup", name=kind)
        return scale.get_by_role("radio", name=re.compile(rf"^{level}(,|$)"))

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    # --- doing something

    def press(self, what: Locator) -> None:
        """Click; on a phone, tap."""
        self.actions += 1
        if self.page.evaluate("navigator.maxTouchPoints > 0"):
            what.tap()
        else:
            what.click()

    def open_area(self, name: str) -> "Explorer":
        """Choose an area that holds points, and wait for its text."""
        self.press(self.area(name))
        self.open_area_points.wait_for(state="attached")
        expect(self.title).to_contain_text(name.split(",")[0])
        return self

    def choose_point(self, name: str) -> "Explorer":
        """Choose "Rhomboid, upper, left" in an open area, and wait for its text."""
        self.press(self.point(name))
        self.pad.wait_for()
        return self.sees_title(*name.rsplit(", ", 1))

    def mark(self, level: int, kind: str = TOUCHED) -> "Explorer":
        self.press(self.level(level, kind))
        return self

    def press_button(self, name: str) -> "Explorer":
        self.press(self.button(name))
        return self

    def back_to_the_whole(self, view: str = "back") -> "Explorer":
        """Leave point and area, step by step, with the first button of the toolbar."""
        if self.title.inner_text().strip() != "Where does it hurt?":
            # the text comes before the picture moves
            self.until(lambda: not self.whole_body.count(), "the picture moved in")
        for _ in range(2):
            if self.whole_body.count():
                break
            toolbar = self.page.get_by_role("group", name="About the picture")
            back = toolbar.get_by_role("button").first
            words = back.inner_text()
            self.press(back)
            self.until(
                lambda words=words: (
                    self.whole_body.count()
                    or self.page.get_by_role("button", name=words, exact=True).count() == 0
                ),
                "the picture moved out",
            )
        expect(self.whole_body).to_be_attached()
        return self.sees_title("Where does it hurt?")

    def switch_view(self, view: str) -> "Explorer":
        self.press(self.page.get_by_role("radio", name=view, exact=True))
        expect(self.page.get_by_role("group", name=f"{view} of the body")).to_be_attached()
        return self

    def switch_body(self, name: str) -> "Explorer":
        """Choose one of the four bodies, from wherever the map is."""
        menu = self.page.get_by_role("button", name=re.compile("^Body: "))
        if not menu.is_visible():
            menu = self.button("Layers")
        self.press(menu)
        self.press(self.page.get_by_role("radio", name=name, exact=True).locator("visible=true"))
        self.press_button("Done")
        return self

    def search(self, words: str) -> "Explorer":
        self.search_box.fill(words)
        return self

    def found(self, name: str) -> Locator:
        """A button in the list: a place with its side, a group, or a problem that was found."""
        return self.list_of_places.get_by_role("button", name=_beginning(name))

    def delete_everything(self) -> "Explorer":
        """Delete the whole record on Settings, with the word that it asks for."""
        self.press_button("Delete all my marks")
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill("delete")
        self.press(dialog.get_by_role("button", name="Delete all"))
        expect(self.page.get_by_text("All marks are deleted.")).to_be_visible()
        return self

    def press_keys(self, *keys: str) -> "Explorer":
        """Use nothing but the keyboard; each key counts as an action."""
        for key in keys:
            self.actions += 1
            self.page.keyboard.press(key)
        return self

    def press_tab_until(self, what: Locator, most: int = 20) -> "Explorer":
        for _ in range(most):
            self.press_keys("Tab")
            if what.evaluate("e => e === e.getRootNode().activeElement"):
                return self
        raise AssertionError(f"{most} times Tab never led to {what}")

    def until(self, is_so: Callable[[], bool], what: str) -> "Explorer":
        """Wait for something outside the page."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not is_so():
            assert time.monotonic() < deadline, f"It never came to this: {what}"
            # asking all the time takes the processor from what is waited for
            self.page.wait_for_timeout(POLL_MS)
        return self

    def has_all_saved(self) -> "Explorer":
        """Wait until the tab has nothing left to say."""
        return self.until(
            lambda: not self.page.evaluate(f"{OUTBOX}?.pending.length"), "all is saved"
        )

    # --- what must be true

    def sees_saved(self) -> "Explorer":
        self.pad.get_by_text("Saved", exact=True).wait_for()
        return self

    def sees_title(self, name: str, side: str | None = None) -> "Explorer":
        expect(self.title).to_have_text(re.compile(rf"^\s*{re.escape(name)}\s*{side or ''}\s*$"))
        return self

    def sees_level(self, level: int, kind: str = TOUCHED) -> "Explorer":
        expect(self.level(level, kind)).to_be_checked()
        return self

    def sees_no_level(self, kind: str = TOUCHED) -> "Explorer":
        scale = self.page.get_by_role("radiogroup", name=kind)
        expect(scale.get_by_role("radio", checked=True)).to_have_count(0)
        return self

    def sees_no_message_for_developers(self) -> "Explorer":
        """Streamlit has given up its server; what it says then must not cover the page."""
        self.until(lambda: "Is Streamlit still running" in "".join(self.errors), "it gave up")
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        return self

    def sees_mark(self, place: str, words: str) -> "Explorer":
        """A point of the open area, or an area, says its mark in its name."""
        expect(self.picture.get_by_role("radio", name=f"{place}, {words}")).to_be_attached()
        return self


def _beginning(name: str) -> re.Pattern:
    """Match a name alone or followed by what is marked there, but no other place's longer name."""
    return re.compile(rf"^{re.escape(name)}(, (left |middle |right )?marked .*|, .*historical.*)?$")


def box(locator: Locator) -> dict[str, float]:
    """Return where something is on the screen: x, y, width, height in px."""
    found = locator.bounding_box()
    assert found is not None, "it is not on the screen"
    return found


def middle_x(locator: Locator) -> float:
    """Return how far from the window's left edge the middle of something is, in px."""
    place = box(locator)
    return place["x"] + place["width"] / 2


def middle_y(locator: Locator) -> float:
    """Return how far from the window's upper edge the middle of something is, in px."""
    place = box(locator)
    return place["y"] + place["height"] / 2
