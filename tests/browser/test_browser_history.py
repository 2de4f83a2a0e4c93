"""My marks: each day, what changed and how sure, over time; by mouse, key and touch."""

import re
from datetime import timedelta

import pytest
from marking import answers, area_shaded, days_ago, operation, stroke
from playwright.sync_api import expect

from bodymap.records.day import Tried
from bodymap.ui.session import PERSON

LEFT = ("rhomboid-major-upper", "left")


def recorded(server, *statements):
    with server.opened_record() as store:
        store.apply(PERSON, statements)


def a_month(server):
    """Put marks on seven days within three weeks into the record: one place less, one the same."""
    statements = []
    for days, level in ((20, 8), (19, 8), (18, 7), (8, 5), (2, 4), (1, 3), (0, 3)):
        at = days_ago(days)
        statements.append(operation(*LEFT, level, 2, at=at))
        statements.append(operation("lower-back", "right", 5, at=at))
        statements.append(operation("whole-body", "midline", None, level, at=at))
    statements.append(operation("shoulder-blade", "right", 6, at=days_ago(0)))
    recorded(server, *statements)


def day_buttons(person):
    return person.page.get_by_role("radiogroup", name="Each day you marked").get_by_role("radio")


def day_named(day):
    return re.compile(f"{day:%A}, {day.day} {day:%B %Y}")


def picture(person, name):
    return person.page.get_by_role("img", name=name)


def chart(person):
    return person.page.get_by_role("figure", name=re.compile("Rhomboid, upper, left"))


def my_marks(person):
    person.open_page("/my-marks").sees_title("My marks")
    expect(day_buttons(person).first).to_be_attached()
    return person


def test_one_day_is_shown_as_it_was_and_nothing_is_compared(explorer, shared_server):
    recorded(shared_server, operation(*LEFT, 7, 3, at=days_ago(0)))

    my_marks(explorer)

    expect(day_buttons(explorer)).to_have_count(1)
    expect(picture(explorer, re.compile(r"Rhomboid, upper, left 7\.$"))).to_be_visible()
    row = explorer.page.get_by_role("row", name=re.compile("Rhomboid, upper, left"))
    expect(row.get_by_role("cell")).to_have_text([re.compile("7$"), re.compile("3$")])
    expect(explorer.page.get_by_text("Mark on another day, too.")).to_be_visible()
    expect(explorer.page.get_by_text(re.compile("hurts (less|more)"))).to_have_count(0)


def test_the_strip_has_each_day_and_says_where_days_are_missing(explorer, shared_server):
    a_month(shared_server)

    my_marks(explorer)

    expect(day_buttons(explorer)).to_have_count(7)
    expect(day_buttons(explorer).last).to_be_checked()
    expect(explorer.page.get_by_text("9 days, no marks", exact=True)).to_be_visible()


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_choosing_a_day_shows_that_day(explorer, shared_server, way):
    a_month(shared_server)
    day = days_ago(1)
    recorded(shared_server, operation("calf", "left", 9, at=day))
    my_marks(explorer)

    if way == "mouse":
        day_buttons(explorer).nth(5).click()
    else:
        day_buttons(explorer).last.focus()
        explorer.press_keys("ArrowLeft")

    expect(day_buttons(explorer).nth(5)).to_be_checked()
    expect(explorer.page.get_by_role("heading", name=day_named(day))).to_be_visible()
    expect(picture(explorer, re.compile("^Marks of .*Calf, left 9"))).to_be_visible()


def test_choosing_a_day_by_touch_shows_that_day(phone, shared_server):
    a_month(shared_server)
    my_marks(phone)
    day = days_ago(1)

    day_buttons(phone).nth(5).tap()

    expect(phone.page.get_by_role("heading", name=day_named(day))).to_be_visible()


def test_what_changed_is_said_with_how_sure_it_is(explorer, shared_server):
    a_month(shared_server)

    my_marks(explorer)

    said = "Rhomboid, upper, left, when touched: hurts less, from 8 (middle of 2 of 2 days"
    expect(explorer.page.get_by_text(said)).to_be_visible()
    change = picture(explorer, re.compile("^Change, when touched"))
    expect(change).to_be_visible()
    name = change.get_attribute("aria-label")
    assert "Rhomboid, upper, left hurts less" in name
    assert "Lower back, right about the same" in name
    assert "Shoulder blade, right can't compare: not marked both times" in name
    expect(explorer.page.get_by_text("Only a step of more than 2 counts").first).to_be_visible()
    expect(explorer.page.get_by_text("That step comes from studies").first).to_be_visible()


def test_signs_of_change_differ_without_colour(explorer, shared_server):
    a_month(shared_server)
    my_marks(explorer)
    change = picture(explorer, re.compile("^Change, when touched"))
    expect(change).to_be_visible()

    shapes = change.locator(".sign").evaluate_all(
        "signs => signs.map(one => one.querySelector('path')?.getAttribute('d') ?? '?')"
    )

    assert len(shapes) == 3
    assert len(set(shapes)) == 3


def test_by_itself_shows_the_other_numbers_everywhere(explorer, shared_server):
    a_month(shared_server)
    my_marks(explorer)
    expect(picture(explorer, re.compile("^Change, when touched"))).to_be_visible()

    explorer.page.get_by_role("radiogroup", name="Numbers shown").get_by_text("By itself").click()

    change = picture(explorer, re.compile("^Change, by itself"))
    expect(change).to_be_visible()
    assert "Lower back" not in change.get_attribute("aria-label")


def test_a_chart_has_gaps_words_and_a_table(explorer, shared_server):
    a_month(shared_server)
    recorded(shared_server, answers(tried=(Tried("walk", "yes"),), at=days_ago(1)))

    my_marks(explorer)

    said = "when touched: on 7 days, between 3 and 8 of 10; last 3 on"
    expect(explorer.page.get_by_role("listitem").filter(has_text=said)).to_be_visible()
    lines = chart(explorer).locator(".scatterlayer .trace")
    expect(lines).to_have_count(3)
    expect(chart(explorer).get_by_text("A walk")).to_have_count(1)
    # nothing is drawn through the nine days without marks
    expect(lines.first.locator("path.js-line")).to_have_count(2)

    explorer.page.get_by_role("main").get_by_text("Show as a table").first.click()

    table = explorer.page.get_by_role("table", name="Rhomboid, upper, left", exact=True)
    expect(table.get_by_role("row")).to_have_count(8)


def test_how_often_each_place_was_marked_is_said_and_has_a_table(explorer, shared_server):
    a_month(shared_server)

    my_marks(explorer)

    said = "Rhomboid, upper, left, when touched: marked on 7 of 7 days with a check-in"
    expect(explorer.page.get_by_role("listitem").filter(has_text=said)).to_be_visible()
    explorer.page.get_by_role("main").get_by_text("Show as a table").last.click()
    table = explorer.page.get_by_role("table", name=re.compile("How often and how strongly"))
    expect(
        table.get_by_role(
            "row", name=re.compile("Shoulder blade, right 1 of 7 days|Shoulder blade, right")
        )
    ).to_be_visible()


def test_a_drawing_is_shown_with_its_day_and_compared_with_the_one_before(explorer, shared_server):
    recorded(
        shared_server,
        area_shaded("lower-back", "left", quality="burning", nrs=6, at=days_ago(3)),
        area_shaded("lower-back", "left", quality="burning", nrs=5, at=days_ago(0)),
        stroke((-300, 200), (-200, 260), at=days_ago(0)),
    )

    my_marks(explorer)

    expect(
        explorer.page.get_by_text(re.compile(r"You shaded [\d.]+ % of the back"))
    ).to_be_visible()
    expect(
        explorer.page.get_by_text(re.compile(r"It overlaps with the drawing of"))
    ).to_be_visible()
    expect(explorer.page.locator(".ink-layer")).to_have_count(2)


def test_answers_and_what_was_tried_stand_with_their_day_without_a_verdict(explorer, shared_server):
    given = answers(
        worst_nrs=8,
        sleep_nrs=6,
        tried=(Tried("my own balm", "a-little"),),
        journal="Rain.",
        at=days_ago(0),
    )
    recorded(shared_server, given)

    my_marks(explorer)

    row = explorer.page.get_by_role("row", name=re.compile("Worst pain"))
    expect(row).to_contain_text("8 of 10")
    expect(explorer.page.get_by_text("Tried: my own balm (it helped a little).")).to_be_visible()
    expect(explorer.page.get_by_text("Rain.", exact=True)).to_be_visible()
    expect(explorer.page.get_by_text("There are too few days before and after")).to_be_visible()


def test_other_days_can_be_looked_at(explorer, shared_server):
    recorded(
        shared_server,
        *(operation("calf", "left", 5, at=days_ago(days)) for days in range(40)),
    )
    my_marks(explorer)
    expect(day_buttons(explorer)).to_have_count(30)

    explorer.page.get_by_role("radiogroup", name="Days to look at").get_by_text("All").click()

    expect(day_buttons(explorer)).to_have_count(40)
    expect(day_buttons(explorer).first).to_have_attribute(
        "aria-label", re.compile(f"{days_ago(0) - timedelta(days=39):%A}")
    )


def test_one_mark_of_a_day_can_be_deleted(explorer, shared_server):
    a_month(shared_server)
    my_marks(explorer)

    delete_of_the_day(explorer, "Lower back, right")

    expect(explorer.page.get_by_text("That mark is deleted.")).to_be_visible()
    *_, today = shared_server.check_ins()
    assert "lower-back" not in {mark.target for mark in today.marks}
    assert len(today.marks) == 3
    assert len(shared_server.check_ins()) == 7


def test_a_whole_day_can_be_deleted(explorer, shared_server):
    a_month(shared_server)
    my_marks(explorer)

    delete_of_the_day(explorer, None)

    expect(explorer.page.get_by_text("That day is deleted.")).to_be_visible()
    expect(day_buttons(explorer)).to_have_count(6)
    assert len(shared_server.check_ins()) == 6


def delete_of_the_day(person, mark):
    """Delete one mark of the day that is shown, or with None all of the day."""
    expect(chart(person).locator(".trace").first).to_be_visible()  # all of the page is there
    person.press(person.page.get_by_text("Delete something of this day"))
    if mark:
        choices = person.page.get_by_role("radiogroup", name="What to delete")
        choices.get_by_text(mark).click()
    person.press_button("Delete this")
    person.press(person.page.get_by_role("dialog").get_by_role("button", name="Delete it"))


def test_the_person_s_own_answers_marked_twice_say_what_counts_as_change(explorer, shared_server):
    places = ("calf", "knee-front", "lower-back", "shoulder-blade", "buttock", "hand-back", "chest")
    a_month(shared_server)
    recorded(
        shared_server,
        *(
            operation(place, side, 4, is_again=is_again, at=days_ago(days))
            for days in (2, 1, 0)
            for place in places
            for side in ("left",)
            for is_again in (False, True)
        ),
    )

    my_marks(explorer)

    said = "On 3 days you marked twice, and your two answers were the same each time."
    expect(explorer.page.get_by_text(said).first).to_be_visible()
    expect(explorer.page.get_by_text("Every step counts as change here.").first).to_be_visible()


def test_a_corrected_day_keeps_and_shows_its_earlier_value(explorer, shared_server):
    earlier = days_ago(1)
    recorded(
        shared_server,
        operation(*LEFT, 7, at=earlier - timedelta(minutes=1)),
        operation(*LEFT, 5, at=earlier),
    )
    my_marks(explorer)

    explorer.press(explorer.page.get_by_text("Changed or entered late"))

    said = f"Rhomboid, upper, left: 7 when touched, changed to 5 at {earlier:%H:%M}."
    expect(explorer.page.get_by_text(said)).to_be_visible()


def test_how_sure_it_is_can_be_read_with_its_sources(explorer, shared_server):
    a_month(shared_server)
    recorded(
        shared_server,
        operation("calf", "left", 4, 2, at=days_ago(0)),
        operation("calf", "left", 5, 2, is_again=True, at=days_ago(0)),
        area_shaded("calf", "left", at=days_ago(0)),
        area_shaded("calf", "left", is_again=True, at=days_ago(0)),
    )
    my_marks(explorer)

    explorer.press(explorer.page.get_by_text("How sure is this?"))

    expect(explorer.page.get_by_text("(limits of agreement, from 2 pairs;")).to_be_visible()
    expect(explorer.page.get_by_text("The overlap was 1.00 in the middle")).to_be_visible()
    expect(explorer.page.get_by_text("S165").first).to_be_visible()
    expect(explorer.page.get_by_role("link", name="Mark again").last).to_be_visible()
