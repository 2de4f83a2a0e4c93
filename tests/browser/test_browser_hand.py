"""A hand on the board: one pointer draws; a pinch, a scroll and a palm leave nothing behind."""

import re

import pytest
from explorer import box
from playwright.sync_api import expect
from test_browser_drawing import areas, board, drawn, pick, sees_saved, strokes


class Fingers:
    """Real touches, pens and mice, as the browser's own debugger can make them; places in px."""

    def __init__(self, page, frame):
        self.protocol = page.context.new_cdp_session(page)
        self.x0, self.y0 = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] * 0.3
        self.down = {}

    def touch(self, finger, x, y):
        """Put a finger down at a place beside the middle of the back."""
        self.down[finger] = self._point(finger, x, y)
        self._send("touchStart")

    def move(self, finger, x, y):
        self.down[finger] = self._point(finger, x, y)
        self._send("touchMove")

    def draw(self, finger, x, y, steps=10):
        """Move a finger by so much, as a hand does: in steps."""
        for _ in range(steps):
            at = self.down[finger]
            self.move(finger, at["x"] - self.x0 + x / steps, at["y"] - self.y0 + y / steps)

    def lift(self, finger):
        self._send("touchEnd", self.down.pop(finger))

    def tap(self, finger, x, y):
        self.touch(finger, x, y)
        self.lift(finger)

    def pointer(self, what, x, y, kind="mouse", button="left", buttons=1):
        self.protocol.send(
            "Input.dispatchMouseEvent",
            {
                "type": what,
                "x": self.x0 + x,
                "y": self.y0 + y,
                "button": button,
                "buttons": buttons,
                "clickCount": 1,
                "pointerType": kind,
            },
        )

    def line(self, kind="mouse", button="left", buttons=1):
        self.pointer("mousePressed", 0, 0, kind, button, buttons)
        for step in range(1, 11):
            self.pointer("mouseMoved", 0, step * 6, kind, button, buttons)
        self.pointer("mouseReleased", 0, 60, kind, button, 0)

    def _point(self, finger, x, y):
        return {"id": finger, "x": self.x0 + x, "y": self.y0 + y}

    def _send(self, what, *lifted):
        points = list(lifted or self.down.values())
        self.protocol.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": points})


@pytest.fixture
def at_the_board(phone):
    phone.open_page("/draw")
    stage = board(phone)
    stage.evaluate("stage => stage.scrollIntoView({block: 'center'})")
    phone.fingers = Fingers(phone.page, box(stage))
    return phone


def sees_nothing_drawn(person):
    """No layer is listed, nothing can be undone, and no sheet of ink is left on the body."""
    expect(drawn(person).get_by_role("listitem")).to_have_count(0)
    expect(person.button("Undo")).to_have_attribute("aria-disabled", "true")
    expect(person.page.locator("canvas.ink-layer")).to_have_count(0)


def only_stroke(person, server):
    sees_saved(person)
    person.until(lambda: strokes(server), "the stroke is on the disk")
    ((stroke,),) = strokes(server)
    return stroke


def breadth(stroke):
    xs = [x for x, _ in stroke.points]
    return max(xs) - min(xs)


def height(stroke):
    ys = [y for _, y in stroke.points]
    return max(ys) - min(ys)


def test_one_finger_draws_one_line(at_the_board, shared_server):
    hand = at_the_board.fingers

    hand.touch(1, 0, 0)
    hand.draw(1, 0, 90)
    hand.lift(1)

    stroke = only_stroke(at_the_board, shared_server)
    assert breadth(stroke) < 20 < height(stroke)


@pytest.mark.parametrize("tool", ["Shade", "Rub out", "Whole area"])
def test_a_pinch_leaves_nothing_behind(at_the_board, shared_server, tool):
    hand = at_the_board.fingers
    pick(at_the_board, tool)

    hand.touch(1, -20, 0)
    hand.touch(2, 20, 0)
    for _ in range(6):
        hand.draw(1, -8, 0, steps=1)
        hand.draw(2, 8, 0, steps=1)
    hand.lift(2)
    hand.draw(1, 0, 60)
    hand.lift(1)
    sees_nothing_drawn(at_the_board)

    pick(at_the_board, "Shade")
    hand.touch(1, 0, 0)
    hand.draw(1, 0, 60)
    hand.lift(1)
    assert only_stroke(at_the_board, shared_server).tool == "brush"


def test_two_fingers_move_the_picture_and_one_draws_where_it_then_is(at_the_board, shared_server):
    hand = at_the_board.fingers
    body = at_the_board.page.locator(".stage.drawing .fig")
    before = box(body.locator(".figure"))

    hand.touch(1, -20, 0)
    hand.touch(2, 20, 0)
    for _ in range(10):
        hand.draw(1, -4, 3, steps=1)
        hand.draw(2, 4, 3, steps=1)
    hand.lift(2)
    hand.lift(1)

    at_the_board.until(
        lambda: box(body.locator(".figure"))["width"] > 2.5 * before["width"], "it is larger"
    )
    assert at_the_board.page.evaluate("visualViewport.scale") == 1
    sees_nothing_drawn(at_the_board)
    hand.touch(1, 0, 30)
    hand.draw(1, 0, 90)
    hand.lift(1)
    # from where the two fingers began, in a picture three times as large
    line = only_stroke(at_the_board, shared_server).points
    whole = box(body.locator(".figure"))
    assert abs(line[0][0]) < 60
    assert whole["height"] / before["height"] == pytest.approx(3, rel=0.1)


def test_a_palm_beside_a_line_neither_joins_nor_ends_it(at_the_board, shared_server):
    hand = at_the_board.fingers

    hand.touch(1, 0, 0)
    hand.draw(1, 0, 60, steps=20)
    at_the_board.page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    hand.touch(2, 90, 70)
    for _ in range(10):
        hand.draw(1, 0, 6, steps=1)
        hand.draw(2, 3, 3, steps=1)
    hand.lift(2)
    hand.draw(1, 0, 30)
    hand.lift(1)

    stroke = only_stroke(at_the_board, shared_server)
    assert breadth(stroke) < 20
    assert at_the_board.page.evaluate("visualViewport.scale") == 1
    assert height(stroke) > 100


def test_a_palm_that_stays_does_not_stop_the_next_line(at_the_board, shared_server):
    hand = at_the_board.fingers
    hand.touch(1, 0, 0)
    hand.draw(1, 0, 60, steps=20)
    at_the_board.page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    hand.touch(2, 90, 70)
    hand.lift(1)

    hand.touch(1, -30, 0)
    hand.draw(1, 0, 60)
    hand.lift(1)
    hand.lift(2)

    sees_saved(at_the_board)
    at_the_board.until(
        lambda: strokes(shared_server) and len(strokes(shared_server)[0]) == 2, "two lines"
    )


def test_a_pen_takes_over_from_the_palm_that_lay_down_before_it(at_the_board, shared_server):
    hand = at_the_board.fingers

    hand.touch(1, 80, 60)
    hand.draw(1, 0, 40)
    hand.line(kind="pen")
    hand.draw(1, 20, 20)
    hand.lift(1)
    hand.tap(2, 60, 80)

    stroke = only_stroke(at_the_board, shared_server)
    assert breadth(stroke) < 20
    expect(drawn(at_the_board).get_by_role("listitem")).to_have_count(1)


def test_a_scroll_that_begins_on_an_area_shades_nothing_and_a_tap_does(at_the_board, shared_server):
    hand = at_the_board.fingers
    pick(at_the_board, "Whole area")
    before = scrolled(at_the_board)

    hand.touch(1, -20, 40)
    hand.draw(1, 0, -120, steps=20)
    hand.lift(1)
    at_the_board.until(lambda: scrolled(at_the_board) > before + 40, "the page scrolled")
    sees_nothing_drawn(at_the_board)

    hand = Fingers(at_the_board.page, box(board(at_the_board)))
    hand.tap(1, -20, 40)
    assert only_stroke(at_the_board, shared_server).tool == "area"


def scrolled(person):
    return person.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


@pytest.mark.parametrize("button", ["right", "middle"])
def test_only_the_first_button_of_a_mouse_draws(explorer, shared_server, button):
    explorer.open_page("/draw")
    hand = Fingers(explorer.page, box(board(explorer)))

    hand.line(button=button, buttons=2 if button == "right" else 4)
    sees_nothing_drawn(explorer)

    hand.line()
    assert only_stroke(explorer, shared_server).tool == "brush"


def test_a_button_let_go_where_nobody_saw_it_ends_the_line(explorer, shared_server):
    explorer.open_page("/draw")
    hand = Fingers(explorer.page, box(board(explorer)))
    hand.pointer("mousePressed", 0, 0)
    for step in range(1, 11):
        hand.pointer("mouseMoved", 0, step * 6)

    explorer.page.evaluate("() => dispatchEvent(new Event('blur'))")
    for step in range(1, 11):
        hand.pointer("mouseMoved", step * 9, 60, button="none", buttons=0)

    stroke = only_stroke(explorer, shared_server)
    assert breadth(stroke) < 20 < height(stroke)


def test_what_comes_back_while_a_line_is_drawn_does_not_wipe_it(explorer, shared_server):
    explorer.open_page("/draw")
    hand = Fingers(explorer.page, box(board(explorer)))
    hand.pointer("mousePressed", 0, 0)
    for step in range(1, 11):
        hand.pointer("mouseMoved", 0, step * 6)
    before = inked(explorer)
    assert before > 0

    areas(explorer).get_by_role("checkbox", name="Lower back").focus()
    explorer.press_keys("Space")
    sees_saved(explorer)
    hand.pointer("mouseReleased", 0, 60, buttons=0)

    explorer.until(
        lambda: {one.tool for one in strokes(shared_server)[0]} == {"area", "brush"}, "both"
    )
    assert inked(explorer) > before


def inked(person):
    """How many pixels of the body are shaded."""
    return person.page.locator("canvas.ink-layer").first.evaluate(
        """canvas => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.filter((each, i) => i % 4 === 3 && each > 0).length;
        }"""
    )


def test_a_pinch_and_a_scroll_on_the_map_choose_and_light_nothing(phone):
    phone.open()
    stage = phone.page.locator(".stage")
    hand = Fingers(phone.page, box(stage))
    title = phone.title.inner_text()

    hand.touch(1, -20, 40)
    hand.draw(1, 0, -120, steps=20)
    hand.lift(1)
    phone.until(lambda: scrolled(phone) > 40, "the page scrolled")
    hand = Fingers(phone.page, box(stage))
    hand.touch(1, -20, 120)
    hand.touch(2, 20, 120)
    for _ in range(6):
        hand.draw(1, -8, 0, steps=1)
        hand.draw(2, 8, 0, steps=1)
    hand.lift(2)
    hand.lift(1)

    phone.until(lambda: phone.page.evaluate("visualViewport.scale") > 1.1, "the page is larger")
    expect(phone.page.locator(".ar.hov, .tgt.hov")).to_have_count(0)
    expect(phone.whole_body.get_by_role("radio", checked=True)).to_have_count(0)
    assert phone.title.inner_text() == title
    assert not re.search("area|point", phone.page.url)
