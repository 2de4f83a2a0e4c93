"""The drawing board: what is shaded is saved as drawn, by finger, mouse or key, and never twice."""

import re
import sqlite3
from contextlib import closing

import pytest
from explorer import box
from marking import area_shaded, days_ago, weekday
from playwright.sync_api import expect
from windows import exploring

from bodymap.records.drawing import PER_UNIT
from bodymap.ui.session import PERSON

MOST_BYTES = 4096  # what one stroke may take on the wire


def board(person):
    expect(person.page.locator(".stage.drawing")).to_be_visible()
    expect(areas(person).get_by_role("checkbox").first).to_be_attached()
    return person.page.locator(".stage.drawing")


def areas(person):
    return person.page.get_by_role("group", name=re.compile("shade whole areas$"))


def drawn(person):
    return person.page.get_by_role("region", name="What to draw with").get_by_role("list")


def pick(person, *names):
    for name in names:
        person.page.get_by_role("radio", name=name, exact=True).check(force=True)


def sees_saved(person):
    expect(person.page.get_by_text("Saved", exact=True)).to_be_visible()


def draw_a_line(person, points=30):
    """From the middle of the blades down to the waist, a little to the person's left."""
    frame = box(board(person))
    x, y = frame["x"] + frame["width"] / 2 - 24, frame["y"] + frame["height"] * 0.25
    person.page.mouse.move(x, y)
    person.page.mouse.down()
    for step in range(points):
        person.page.mouse.move(x + (step % 3), y + step * 3)
    person.page.mouse.up()


def strokes(server):
    return [check_in.drawing.strokes for check_in in server.check_ins()]


def test_a_line_is_saved_as_drawn_and_there_again(explorer, shared_server):
    explorer.open_page("/draw")
    board(explorer)
    pick(explorer, "burning", "7")

    draw_a_line(explorer)

    sees_saved(explorer)
    expect(drawn(explorer)).to_contain_text("Burning, 7 of 10")
    explorer.until(lambda: strokes(shared_server), "the stroke is on the disk")
    ((stroke,),) = strokes(shared_server)
    assert (stroke.tool, stroke.quality, stroke.nrs, stroke.view) == ("brush", "burning", 7, "back")
    assert all(0 < x < 0.4 * PER_UNIT for x, _ in stroke.points), "on the person's left"
    explorer.page.reload()
    board(explorer)
    expect(drawn(explorer)).to_contain_text("Burning, 7 of 10")


def test_a_stroke_takes_at_most_four_kilobytes_on_the_wire(explorer):
    explorer.open_page("/draw")
    board(explorer)
    before = len(explorer.sent)

    draw_a_line(explorer, points=200)
    sees_saved(explorer)

    assert max(len(message) for message in explorer.sent[before:]) <= MOST_BYTES


def test_the_keyboard_shades_an_area_as_a_touch_does(explorer, shared_server):
    explorer.open_page("/draw")
    board(explorer)
    pick(explorer, "dull ache", "4")

    areas(explorer).get_by_role("checkbox", name="Shoulder blade, left").focus()
    explorer.press_keys("Space")

    expect(areas(explorer).get_by_role("checkbox", name="Shoulder blade, left")).to_be_checked()
    sees_saved(explorer)
    explorer.until(lambda: strokes(shared_server), "the area is on the disk")
    ((stroke,),) = strokes(shared_server)
    assert (stroke.tool, stroke.area, stroke.side) == ("area", "shoulder-blade", "left")
    explorer.press_keys("Space")
    expect(drawn(explorer).get_by_role("listitem")).to_have_count(0)


def test_a_touch_on_a_phone_shades_an_area(phone, shared_server):
    phone.open_page("/draw")
    stage = board(phone)
    pick(phone, "Whole area")
    blade = box(areas(phone).get_by_role("checkbox", name="Shoulder blade, right"))
    frame = box(stage)

    stage.tap(
        position={
            "x": blade["x"] - frame["x"] + blade["width"] / 2,
            "y": blade["y"] - frame["y"] + blade["height"] / 2,
        }
    )

    sees_saved(phone)
    phone.until(lambda: strokes(shared_server), "the area is on the disk")
    ((stroke,),) = strokes(shared_server)
    assert (stroke.area, stroke.side) == ("shoulder-blade", "right")


def test_undo_and_redo_take_a_stroke_back_and_put_it_back(explorer, shared_server):
    explorer.open_page("/draw")
    board(explorer)
    draw_a_line(explorer)
    expect(drawn(explorer).get_by_role("listitem")).to_have_count(1)

    explorer.press_button("Undo")
    expect(drawn(explorer).get_by_role("listitem")).to_have_count(0)
    explorer.press_button("Redo")
    expect(drawn(explorer).get_by_role("listitem")).to_have_count(1)

    sees_saved(explorer)
    explorer.until(lambda: len(shared_server.operations()) == 3, "three statements")
    assert len(strokes(shared_server)[0]) == 1


def test_a_layer_is_taken_away_whole_however_many_lines_it_has(explorer, shared_server):
    explorer.open_page("/draw")
    board(explorer)
    for _ in range(2):
        draw_a_line(explorer)
    take_away = drawn(explorer).get_by_role("button", name="Take Pain away")
    explorer.until(lambda: len(shared_server.operations()) == 2, "both lines are saved")

    explorer.press(take_away)

    expect(drawn(explorer).get_by_role("listitem")).to_have_count(0)
    explorer.until(lambda: not any(strokes(shared_server)), "nothing is drawn any more")


def test_the_layer_that_was_chosen_keeps_the_focus(explorer):
    explorer.open_page("/draw")
    board(explorer)
    pick(explorer, "burning")
    draw_a_line(explorer)
    pick(explorer, "tingling")
    burning = drawn(explorer).get_by_role("button", name="Burning", exact=True)
    burning.focus()

    explorer.press_keys("Enter")

    expect(burning).to_have_attribute("aria-pressed", "true")
    expect(burning).to_be_focused()


def test_rubbing_out_leaves_less_shaded(explorer):
    explorer.open_page("/draw")
    board(explorer)
    said = explorer.page.get_by_text(re.compile("^You shaded"))
    pick(explorer, "Broad")
    draw_a_line(explorer, points=60)  # one stroke: the words are of all that is shaded
    expect(said).to_be_visible()

    pick(explorer, "Rub out", "Fine")
    before = shaded(said)
    draw_a_line(explorer, points=60)

    explorer.until(lambda: shaded(said) < before, "less is shaded")


def shaded(said):
    return float(re.search(r"[\d.]+", said.inner_text())[0])


def test_a_drawing_made_on_one_body_shows_on_another(explorer):
    explorer.open_page("/draw")
    board(explorer)
    draw_a_line(explorer)
    sees_saved(explorer)

    explorer.open("/?body=female").go_to("Explore")
    explorer.press(explorer.page.get_by_role("link", name="Draw where it hurts"))

    board(explorer)
    expect(drawn(explorer).get_by_role("listitem")).to_have_count(1)


def test_today_can_start_from_the_last_drawing(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(PERSON, [area_shaded("lower-back", "midline", nrs=6, at=days_ago(2))])
    explorer.open_page("/draw")
    board(explorer)

    explorer.press_button(f"Start from the drawing of {weekday(days_ago(2))}")

    expect(drawn(explorer)).to_contain_text("Pain, 6 of 10")
    expect(explorer.page.get_by_role("button", name=re.compile("^Start from"))).to_have_count(0)
    explorer.press_button("Undo")
    expect(drawn(explorer).get_by_role("listitem")).to_have_count(0)
    explorer.until(lambda: [len(one) for one in strokes(shared_server)] == [1, 0], "only today")


def choose_day(person, day):
    person.page.get_by_text("An earlier day", exact=True).click()
    person.page.get_by_test_id("stDateInput").get_by_role("spinbutton").first.click()
    person.page.keyboard.type(f"{day:%d%m%Y}")
    person.title.click()  # leaves the field


def test_undo_in_the_drawing_of_an_earlier_day_changes_that_day_only(explorer, shared_server):
    with shared_server.opened_record() as store:
        store.apply(
            PERSON,
            [area_shaded("lower-back", "midline", nrs=n + 1, at=days_ago(n)) for n in (2, 1, 0)],
        )
    explorer.open_page("/draw")
    board(explorer)
    expect(drawn(explorer)).to_contain_text("Pain, 1 of 10")
    choose_day(explorer, days_ago(2))
    expect(drawn(explorer)).to_contain_text("Pain, 3 of 10")
    areas(explorer).get_by_role("checkbox", name="Shoulder blade, left").focus()
    explorer.press_keys("Space")
    sees_saved(explorer)
    explorer.until(lambda: [len(one) for one in strokes(shared_server)] == [2, 1, 1], "drawn late")

    explorer.press_button("Undo").press_button("Undo")

    explorer.until(lambda: [len(one) for one in strokes(shared_server)] == [0, 1, 1], "undone")
    late = [one for one in shared_server.operations() if one.is_late]
    assert len(late) == 3
    assert {one.local_date for one in late} == {days_ago(2).date()}


def test_what_is_on_its_way_keeps_its_day_when_another_one_is_chosen(windows, server):
    with server.opened_record() as store:
        store.apply(PERSON, [area_shaded("lower-back", "midline", at=days_ago(1))])
        store.apply(PERSON, [area_shaded("neck-back", "midline", at=days_ago(0))])
    with exploring(windows(), server.url, is_calm=False) as person:
        person.open_page("/draw")
        board(person)
        expect(drawn(person).get_by_role("listitem")).to_have_count(1)
        with closing(sqlite3.connect(server.record, isolation_level=None)) as someone_else:
            someone_else.execute("BEGIN IMMEDIATE")
            person.press_button("Undo")
            expect(drawn(person).get_by_role("listitem")).to_have_count(0)
            choose_day(person, days_ago(1))
            expect(drawn(person).get_by_role("listitem")).to_have_count(1)
            someone_else.execute("ROLLBACK")

        sees_saved(person)

        assert [len(one) for one in strokes(server)] == [1, 0]
        expect(drawn(person).get_by_role("listitem")).to_have_count(1)


@pytest.fixture
def on_a_shaky_server(windows, server):
    with exploring(windows(), server.url, is_calm=False) as one:
        yield one


def test_a_killed_server_loses_no_stroke_and_does_not_stop_the_drawing(on_a_shaky_server, server):
    person = on_a_shaky_server.open_page("/draw")
    board(person)
    draw_a_line(person)
    sees_saved(person)

    server.kill()
    person.sees_no_message_for_developers()
    pick(person, "3")
    draw_a_line(person)
    expect(person.page.get_by_text(re.compile("^Not saved yet"))).to_be_visible()
    server.start()

    sees_saved(person)
    person.until(lambda: len(strokes(server)[0]) == 2, "both strokes are on the disk")
