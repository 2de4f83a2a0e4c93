"""No mark is lost and none is saved twice: fast clicks, a dead server, a sleeping one, a reload."""

import re
import sqlite3
from contextlib import closing

import pytest
from explorer import BY_ITSELF
from marking import levels_of
from playwright.sync_api import expect
from windows import exploring

NOT_SAVED = re.compile("^Not saved yet")
POINT = "/?point=rhomboid-major-upper&side=left"


@pytest.fixture
def on_a_shaky_server(windows, server):
    """A person at a desk whose server may die: the page may then report lost connections."""
    with exploring(windows(), server.url, is_calm=False) as one:
        yield one


def test_sixty_fast_clicks_are_all_saved_and_none_twice(explorer, shared_server):
    explorer.open("/?area=interscapular")
    names = [
        radio.get_attribute("aria-label")
        for radio in explorer.open_area_points.get_by_role("radio").all()[:6]
    ]

    for turn in range(6):
        explorer.page.evaluate(CHOOSE, names[turn])
        explorer.page.evaluate(CLICK_LEVELS, [(turn + step) % 11 for step in range(10)])

    explorer.until(lambda: len(shared_server.operations()) >= 60, "60 marks on the disk")
    explorer.sees_saved()
    operations = shared_server.operations()
    assert len(operations) == 60
    assert len({operation.id for operation in operations}) == 60
    expected = [(turn + step) % 11 for turn in range(6) for step in range(10)]
    in_order = sorted(operations, key=lambda operation: operation.at)
    assert [operation.touched_nrs for operation in in_order] == expected
    for turn in range(6):
        explorer.sees_mark(names[turn], f"marked {(turn + 9) % 11} of 10 when touched")


def test_a_killed_server_loses_nothing_and_doubles_nothing(on_a_shaky_server, server):
    person = on_a_shaky_server.open(POINT)
    person.mark(2).sees_saved()

    server.kill()
    person.mark(5)
    expect(person.pad.get_by_text(NOT_SAVED)).to_be_visible()
    person.sees_level(5)
    person.mark(6).mark(4, BY_ITSELF).sees_level(6)
    expect(person.pad.get_by_text(NOT_SAVED)).to_be_visible()
    server.start()

    person.sees_saved().sees_level(6).sees_level(4, BY_ITSELF)
    operations = server.operations()
    assert [(one.touched_nrs, one.by_itself_nrs) for one in operations] == [
        (2, None),
        (5, None),
        (6, None),
        (6, 4),
    ]
    assert levels_of(server.check_ins()[0]) == {("rhomboid-major-upper", "left"): (6, 4)}


def test_the_map_can_be_used_while_the_server_is_gone(on_a_shaky_server, server):
    person = on_a_shaky_server.open(POINT).mark(2).sees_saved()
    gone = person.page.get_by_text("The app does not answer. You can go on marking.")

    server.kill()
    person.mark(5)
    expect(person.pad.get_by_text(NOT_SAVED)).to_be_visible()

    person.sees_no_message_for_developers()
    expect(gone).to_be_visible()
    person.mark(7).sees_level(7)
    server.start()
    person.sees_saved()
    expect(gone).to_be_hidden()


@pytest.mark.parametrize("address", ["/", "/?area=interscapular&side=left"])
def test_a_person_who_went_on_stays_where_they_are_when_the_server_is_back(
    on_a_shaky_server, server, address
):
    person = on_a_shaky_server.open(address)
    if address == "/":
        person.open_area("Between the shoulder blades")
    person.choose_point("Rhomboid, upper, left").mark(2).sees_saved()

    server.kill()
    person.sees_no_message_for_developers()
    person.press(person.button("Between the shoulder blades"))
    person.press(person.point("Rhomboid, lower, left"))
    person.mark(8)
    server.start()

    person.sees_saved().sees_level(8).sees_title("Rhomboid, lower", "left")
    assert levels_of(server.check_ins()[0]) == {
        ("rhomboid-major-upper", "left"): (2, None),
        ("rhomboid-major-lower", "left"): (8, None),
    }


def test_marks_on_their_way_survive_a_reload_after_the_server_died(on_a_shaky_server, server):
    person = on_a_shaky_server.open(POINT)
    server.kill()
    person.mark(5).mark(6)
    expect(person.pad.get_by_text(NOT_SAVED)).to_be_visible()

    server.start()
    person.open(POINT)

    person.sees_saved().sees_level(6)
    assert [one.touched_nrs for one in server.operations()] == [5, 6]


def test_marks_made_while_the_computer_sleeps_survive_a_reload_and_come_once(
    on_a_shaky_server, server
):
    """The old connection's message and the reloaded page's may both arrive."""
    person = on_a_shaky_server.open(POINT)
    server.pause()
    person.mark(5).mark(6)
    expect(person.pad.get_by_text(NOT_SAVED)).to_be_visible()
    person.page.evaluate("() => { location.reload(); }")

    server.resume()

    person.ready().sees_saved().sees_level(6)
    assert [one.touched_nrs for one in server.operations()] == [5, 6]


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_mark_that_cannot_be_written_now_says_why_and_is_saved_later(
    on_a_shaky_server, server, lock
):
    """IMMEDIATE: someone else writes. EXCLUSIVE: someone else allows not even reading."""
    person = on_a_shaky_server.open(POINT).mark(2).sees_saved()

    with closing(sqlite3.connect(server.record, isolation_level=None)) as someone_else:
        someone_else.execute(f"BEGIN {lock}")
        person.mark(5)
        expect(person.pad.get_by_text("Something else is using the record")).to_be_visible()
        expect(person.pad.get_by_text(NOT_SAVED)).to_be_visible()
        someone_else.execute("ROLLBACK")

    person.sees_saved()
    assert [one.touched_nrs for one in server.operations()] == [2, 5]


# As fast as a script can: no waiting between two clicks, not even for the page to be drawn.
DEEP = """
const all = (root, found = []) => {
  for (const node of root.querySelectorAll("*")) {
    if (node.localName === "input" && node.type === "radio") found.push(node);
    if (node.shadowRoot) all(node.shadowRoot, found);
  }
  return found;
};
"""
CHOOSE = f"""(name) => {{ {DEEP}
  all(document).find((radio) => radio.getAttribute("aria-label")?.startsWith(name)).click();
}}"""
CLICK_LEVELS = f"""(levels) => {{ {DEEP}
  const scale = all(document).filter((radio) => radio.closest('[aria-label="When touched"]'));
  for (const level of levels) scale[level].click();
}}"""
