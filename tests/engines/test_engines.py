"""The same journey in the three engines: Chromium's, Firefox's and WebKit's (Safari, each iPhone).

Missing browsers skip, with the packages they need; under BODYMAP_REQUIRE_BROWSER=1 they fail.

Nothing here touches with fingers: WebKit on Linux has no touch screen (``maxTouchPoints`` is 0).
That is shown in Chromium, in tests/browser.
"""

import os
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from engines import Browser, missing, running
from marking import days_ago, operation
from PIL import Image
from server import Server
from visitor import Visitor

from bodymap.exchange.record_json import parse
from bodymap.ui.session import PERSON

LOADS_IN_A_ROW = 10
STORY = "/demonstrate?story=between-the-shoulder-blades&step=3"  # one that shows referred pain
ZONES = ".present .spread .zone-fill"
AREA, POINT = "^Between the shoulder blades", "^Rhomboid, upper, left"
TOUCHED = '[role="radiogroup"][aria-label^="When touched"] input'

PHONE = (390, 844)  # Chromium and Firefox make no window that is narrower than 500 px
SIDEWAYS = """
return [document.documentElement, ...find('[data-testid="stMain"]')]
  .filter((node) => node.scrollWidth > node.clientWidth)
  .map((node) => `${node.localName}: ${node.scrollWidth} > ${node.clientWidth}`);
"""
# Presses the first card's line and returns [is open, height in px] of each frame since.
PRESS_A_CARD_AND_LOOK = """
return new Promise((done) => {
  const [line] = find("summary"), card = line.closest("details"), seen = [];
  const look = () => {
    seen.push([card.open, Math.round(card.getBoundingClientRect().height)]);
    seen.length < 30 ? requestAnimationFrame(look) : done(seen);
  };
  line.click();
  requestAnimationFrame(look);
});
"""

Box = tuple[float, float, float, float]
Colour = np.ndarray  # red, green, blue; 0 to 255

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("engines") / "record.sqlite") as one:
        yield one


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def engine(request) -> Iterator[Browser]:
    packages = missing(request.param)
    if packages and os.environ.get("BODYMAP_REQUIRE_BROWSER") != "1":
        pytest.skip(f"not on this machine: {', '.join(packages)}")
    assert not packages, f"BODYMAP_REQUIRE_BROWSER=1, but there is no {', '.join(packages)}"
    with running(request.param) as one:
        yield one


@pytest.fixture
def visitor(engine, server) -> Iterator[Visitor]:
    """A person with an empty record, whose browser reports not one error of a script."""
    server.forget()
    one = Visitor(engine, server.url).resize(1280, 900)
    yield one
    one.resize(*PHONE).rests()
    assert one.script(SIDEWAYS) == [], "nothing scrolls sideways on a phone"
    assert not one.errors


def test_a_mark_is_made_saved_and_there_after_a_reload(visitor, server):
    visitor.go().press(".target", AREA).press(".target", POINT)
    visitor.press(TOUCHED, "^6")
    visitor.sees(".saved", "^Saved$")
    ((mark,),) = [check_in.marks for check_in in server.check_ins()]
    assert (mark.target, mark.side, mark.touched_nrs) == ("rhomboid-major-upper", "left", 6)

    visitor.reload()

    visitor.sees(".target", f"{POINT}, marked 6 of 10 when touched")
    visitor.sees(f"{TOUCHED}:checked", "^6")


def test_a_card_opens_and_closes_at_once(visitor):
    visitor.go("/?point=rhomboid-major-upper&side=left").sees("summary", "The muscle: ")
    carriers = 'return globalThis[Symbol.for("bodymap.outbox.2")]?.carriers.length'
    visitor.until(lambda: visitor.script(carriers) == 2, "the map and the tab have their scripts")

    opening, closing = (visitor.script(PRESS_A_CARD_AND_LOOK) for _ in range(2))

    assert all(is_open for is_open, _ in opening)
    assert len({height for _, height in opening}) <= 4, opening  # it would slide over ten and more
    assert not any(is_open for is_open, _ in closing)


def test_a_stroke_is_drawn_and_there_after_a_reload(visitor, server):
    visitor.go("/draw").place(".stage.drawing")
    visitor.sees(".target")
    visitor.press(".palette .level label", "^7$")
    board = visitor.place(".stage.drawing")
    x, y = board["x"] - 24, board["top"] + board["height"] / 4
    visitor.draw(*[(x + step % 3, y + 6 * step) for step in range(15)])
    visitor.sees(".saved", "^Saved$")
    ((stroke,),) = [check_in.drawing.strokes for check_in in server.check_ins()]
    assert (stroke.tool, stroke.view, stroke.nrs) == ("brush", "back", 7)
    assert len(stroke.points) > 2

    visitor.reload()

    visitor.sees(".palette li", "7 of 10")


def test_the_questions_of_the_day_are_answered_and_there_after_a_reload(visitor, server):
    mood = '[role="radiogroup"][aria-label^="Your mood"] input'
    visitor.go("/check-in").press(mood, "^6")
    visitor.press("button", "^Heat$").press("button", "^A little$")
    visitor.press("textarea").type("A long day.").press("h1")
    visitor.until(
        lambda: [check_in.answers.journal for check_in in server.check_ins()] == ["A long day."],
        "the note is on the disk",
    )
    ((said,),) = [[check_in.answers] for check_in in server.check_ins()]
    assert said.mood_nrs == 6
    assert [(one.what, one.helped) for one in said.tried] == [("heat", "a-little")]

    visitor.reload()

    visitor.sees(f"{mood}:checked", "^6")
    visitor.until(
        lambda: visitor.script("return find('textarea')[0]?.value") == "A long day.", "the note"
    )


def test_the_last_words_before_the_page_is_left_arrive(visitor, server):
    visitor.go("/check-in").press("textarea").type("A long drive.")
    visitor.leave()

    visitor.until(
        lambda: [check_in.answers.journal for check_in in server.check_ins()] == ["A long drive."],
        "the words are on the disk",
    )
    visitor.go("/help")
    waiting = "return globalThis[Symbol.for('bodymap.outbox.2')]?.pending.length"
    visitor.until(lambda: visitor.script(waiting) == 0, "the tab knows that they are")


def test_the_record_comes_as_a_file(visitor, server):
    with server.opened_record() as store:
        store.apply(PERSON, [operation("calf", "left", 5)])

    visitor.go("/settings").press("button", "^Save my record as a file$")

    visitor.sees("a[download]", r"^bodymap.*\.json$")
    text = visitor.script("return fetch(find('a[download]')[0].href).then((file) => file.text())")
    assert [day.marks[0].target for day in parse(text.encode()).check_ins] == ["calf"]


def test_my_marks_show_a_picture_of_each_day(visitor, server):
    with server.opened_record() as store:
        store.apply(
            PERSON,
            [
                operation("rhomboid-major-upper", "left", level, at=days_ago(days))
                for days, level in ((9, 8), (4, 5), (0, 3))
            ],
        )

    visitor.go("/my-marks")

    days = '[role="radiogroup"][aria-label="Each day you marked"] label'
    visitor.sees(days, count=3)
    shown = visitor.picture()
    for box in visitor.boxes(f"{days} .views"):
        assert share(shown, box, is_skin) > 0.05, "a body is drawn"
        assert share(shown, box, is_mark) > 0, "and on it a mark"


def test_a_story_shows_where_pain_is_said_to_go(visitor):
    visitor.go(STORY).sees(ZONES)
    shown = visitor.picture()
    spill_over, essential = visitor.boxes(ZONES)

    visitor.press(".layer", "Spread")

    visitor.sees(ZONES, count=0)
    hidden = visitor.picture()
    for box in (spill_over, essential):
        assert share(shown, box, is_zone) > 0.1
        assert share(hidden, box, is_zone) == 0
    left, top, right, _ = essential
    above = (left, top - 8, right, top - 2)
    assert blueness(shown, above) > blueness(hidden, above) + 2, "a light around it"


@pytest.mark.parametrize("engine", ["webkit"], indirect=True)
def test_the_start_page_loads_ten_times_in_a_row(visitor):
    for _ in range(LOADS_IN_A_ROW):
        visitor.go().sees(".target", AREA)


def test_an_error_would_be_heard(engine, server):
    """Nothing above could fail for an error that nobody hears."""
    visitor = Visitor(engine, server.url).go()

    visitor.script(
        "const script = document.createElement('script');"
        "script.textContent = `console.error('said'); Promise.reject(new Error('refused'));"
        " throw new Error('thrown');`;"
        "document.head.append(script);"
    )

    visitor.until(lambda: len(visitor.errors) == 3, "all three were heard")
    assert all(word in " ".join(visitor.errors) for word in ("said", "refused", "thrown"))


def colours(picture: Image.Image, box: Box) -> Colour:
    """Return what a box (left, top, right, bottom) of a picture shows."""
    pixels = np.asarray(picture.crop(tuple(round(edge) for edge in box)), dtype=int)
    return np.moveaxis(pixels, 2, 0)


def share(picture: Image.Image, box: Box, is_it: Callable[[Colour], np.ndarray]) -> float:
    """Return which part of a box has such a colour."""
    return is_it(colours(picture, box)).mean()


def blueness(picture: Image.Image, box: Box) -> float:
    red, _, blue = colours(picture, box)
    return (blue - red).mean()


def is_zone(colour: Colour) -> np.ndarray:
    """Nothing else on a body is bluish."""
    red, green, blue = colour
    return (blue > red + 8) & (blue > green + 8)


def is_skin(colour: Colour) -> np.ndarray:
    red, green, blue = colour
    return (red > green) & (green > blue) & (red - blue > 18)


def is_mark(colour: Colour) -> np.ndarray:
    """The levels are redder than any skin."""
    red, green, _ = colour
    return red - green > 70
