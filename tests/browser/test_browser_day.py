"""The answers of a day, and what a mark can say besides its levels."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from explorer import BY_ITSELF
from marking import answers as answers_of
from marking import days_ago
from playwright.sync_api import expect

from bodymap.records import Tried
from bodymap.ui.session import PERSON


def mood(person, level):
    group = person.page.get_by_role("radiogroup", name="Your mood")
    return group.get_by_role("radio", name=str(level), exact=True)


def sees_saved(person):
    expect(person.page.get_by_text("Saved", exact=True)).to_be_visible()


def answers(server):
    return {check_in.local_date: check_in.answers for check_in in server.check_ins()}


def preferences(server):
    with server.opened_record() as store:
        return store.preferences(PERSON)


def test_answers_save_by_themselves_and_are_there_again(explorer, shared_server):
    explorer.open_page("/check-in")
    mood(explorer, 6).check(force=True)
    explorer.press_button("Heat").press_button("A little")
    explorer.page.get_by_label("Notes for yourself").fill("A long day.")
    explorer.title.click()  # leaves the field
    sees_saved(explorer)

    explorer.until(
        lambda: any(said.journal for said in answers(shared_server).values()), "the note is there"
    )
    (said,) = answers(shared_server).values()
    assert said.mood_nrs == 6
    assert [(one.what, one.helped) for one in said.tried] == [("heat", "a-little")]
    explorer.open_page("/check-in")
    expect(mood(explorer, 6)).to_be_checked()
    expect(explorer.page.get_by_label("Notes for yourself")).to_have_value("A long day.")


def test_the_questions_do_not_fade_while_an_answer_waits_to_be_saved(explorer, shared_server):
    """Streamlit fades what it takes for out of date, until it is too pale to read."""
    explorer.open_page("/check-in")
    expect(explorer.button("Heat")).to_be_visible()
    with closing(sqlite3.connect(shared_server.record, isolation_level=None)) as someone_else:
        someone_else.execute("BEGIN EXCLUSIVE")
        explorer.press_button("Heat")
        waiting = explorer.page.locator('[data-stale="true"]:has([aria-label="Your mood"])')
        expect(waiting).to_be_attached()
        opacity = waiting.evaluate(SETTLED_OPACITY)
        someone_else.execute("ROLLBACK")

    assert opacity == "1"
    sees_saved(explorer)


SETTLED_OPACITY = """async (node) => {
  await Promise.all(node.getAnimations().map((one) => one.finished));
  return getComputedStyle(node).opacity;
}"""


def test_an_earlier_day_can_be_filled_in_and_stays_told_apart(explorer, shared_server):
    earlier = datetime.now(UTC).date() - timedelta(days=2)
    explorer.open_page("/check-in")
    expect(mood(explorer, 6)).to_be_attached()
    explorer.page.get_by_text("An earlier day", exact=True).click()
    explorer.page.get_by_test_id("stDateInput").get_by_role("spinbutton").first.click()
    explorer.page.keyboard.type(earlier.strftime("%d%m%Y"))
    explorer.title.click()  # leaves the field
    expect(explorer.page.get_by_role("heading", name=f"{earlier:%A} {earlier.day}")).to_be_visible()

    mood(explorer, 2).check(force=True)

    explorer.until(lambda: earlier in answers(shared_server), "the earlier day is there")
    assert answers(shared_server)[earlier].is_late


def test_the_check_in_begins_with_the_one_number_that_is_enough(explorer, shared_server):
    explorer.open_page("/check-in")

    explorer.press(explorer.page.get_by_role("link", name="How bad is it today, all in all?"))
    explorer.mark(8, BY_ITSELF).sees_saved()

    assert explorer.actions == 2
    (mark,) = shared_server.check_ins()[0].marks
    assert (mark.place, mark.by_itself_nrs) == (("whole-body", "midline"), 8)


def test_an_answer_can_be_taken_back(explorer, shared_server):
    explorer.open_page("/check-in")
    mood(explorer, 6).check(force=True)
    sees_saved(explorer)

    explorer.press_button("Clear: Your mood")

    expect(mood(explorer, 6)).not_to_be_checked()
    explorer.until(lambda: list(answers(shared_server).values()) in ([], [None]), "nothing is left")


def test_the_list_of_things_tried_can_be_changed_and_stays_changed(explorer, shared_server):
    with shared_server.opened_record() as store:
        tried = (Tried("acupuncture"), Tried("Heat pad at work"))
        store.apply(PERSON, [answers_of(tried=tried, at=days_ago(2))])
    explorer.open_page("/check-in")
    expect(explorer.button("Heat pad at work")).to_be_visible()
    explorer.press_button("Acupuncture").press_button("Change this list")
    explorer.page.get_by_role("checkbox", name="Acupuncture").uncheck()
    explorer.page.get_by_role("checkbox", name="Massage").uncheck()
    explorer.page.get_by_role("checkbox", name="Heat pad at work").uncheck()
    explorer.page.get_by_label("Something of your own to offer").fill("TENS")
    explorer.press_button("Add").press_button("Done with the list")

    expect(explorer.button("TENS")).to_have_attribute("aria-pressed", "false")
    expect(explorer.button("Massage")).to_have_count(0)
    expect(explorer.button("Acupuncture")).to_have_attribute("aria-pressed", "true")
    explorer.until(
        lambda: (
            set(preferences(shared_server).values())
            == {"TENS", "massage\nacupuncture\nHeat pad at work"}
        ),
        "the list is kept",
    )
    explorer.open_page("/check-in")
    expect(explorer.button("TENS")).to_be_visible()
    expect(explorer.button("Acupuncture")).to_be_visible()  # it was tried that day
    expect(explorer.button("Heat pad at work")).to_have_count(0)
    explorer.press_button("Acupuncture")
    expect(explorer.button("Acupuncture")).to_have_count(0)


def test_a_mark_can_say_what_it_feels_like(explorer, shared_server):
    explorer.open("/?point=rhomboid-major-upper&side=left").mark(6).sees_saved()

    explorer.press_button("Say more about it").press_button("burning").press_button("Deep inside")
    explorer.page.get_by_label("A note to yourself").fill("After the garden.")
    explorer.press_button("Says: burning, note")

    def details():
        return shared_server.check_ins()[0].marks[0].details

    explorer.until(lambda: details().note == "After the garden.", "the note is on the disk")
    assert (details().qualities, details().depth) == (("burning",), "deep")
    assert shared_server.check_ins()[0].marks[0].touched_nrs == 6
    explorer.mark(4).sees_saved()
    explorer.reload()
    expect(explorer.button("Says: burning, note")).to_be_visible()
    explorer.until(lambda: shared_server.check_ins()[0].marks[0].touched_nrs == 4, "the level")
    assert details().note == "After the garden.", "another level takes nothing away"
