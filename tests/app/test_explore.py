"""The Explore page, run without a browser: what the map sends, what is saved, what is shown."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from bodymap.records import default_url, open_store
from bodymap.ui.access import Access
from bodymap.ui.session import PERSON, Deletion
from bodymap.ui.wayfinding import UNKNOWN_ADDRESS

APP = Path(__file__).parents[2] / "app.py"
SECONDS = 60


@pytest.fixture(autouse=True)
def on_this_computer(monkeypatch):
    # AppTest has no server and no browser from which the access could be decided.
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.LOCAL)


def page(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=SECONDS)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def operation(target="rhomboid-major-upper", side="left", touched=6, by_itself=None, at=None):
    return {
        "id": str(uuid4()),
        "kind": "mark",
        "target": target,
        "side": side,
        "touched": touched,
        "by_itself": by_itself,
        "at": (at or datetime.now(UTC)).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "zone": "UTC",
        "offset_min": 0,
    }


def send(at: AppTest, *operations: dict, **more: object) -> AppTest:
    outbox = {"to": at.session_state["session_name"], "n": 1, "statements": list(operations)}
    outbox |= more
    at.session_state["body_map"] = {"outbox": outbox}
    return at.run()


def saved() -> tuple:
    with open_store(default_url()) as store:
        return store.check_ins(PERSON)


def titles(at: AppTest) -> list[str]:
    """Return the page's titles as they are read, the side beside the name."""
    written = "".join(element.proto.body for element in at.get("html"))
    in_html = [re.sub("<[^>]+>", "", title) for title in re.findall("<h1>(.*?)</h1>", written)]
    return [title.value for title in at.title] + in_html


def test_the_start_asks_where_it_hurts():
    assert titles(page()) == ["Where does it hurt?"]


def test_a_deep_link_opens_a_point_with_its_side():
    at = page(point="rhomboid-major-upper", side="left")

    assert titles(at) == ["Rhomboid, upper left"]


def test_a_look_up_names_what_is_serious_first_and_says_what_it_is():
    at = page(hurts="interscapular_left~calf_left")

    assert titles(at) == ["Where it hurts"]
    written = next(element.proto.body for element in at.get("html") if "<h1>" in element.proto.body)
    assert written.index("alarm-note") < written.index("teaching maps")
    assert "It says nothing about you" in written
    assert 'href="?area=calf&amp;side=left"' in written
    assert saved() == ()


def test_an_unknown_address_falls_back_to_the_start_with_one_calm_sentence():
    at = page(point="nothing-like-this", side="left")

    assert titles(at) == ["Where does it hurt?"]
    assert [info.value for info in at.info] == [UNKNOWN_ADDRESS]


def test_an_address_from_before_does_not_undo_what_was_touched_since():
    """On a slow line whatever runs the whole page still carries the address of the last answer."""
    at = page(area="interscapular", side="left")
    touched = {"view": "back", "body": "neutral", "area": "interscapular", "side": "left"}
    touched |= {"point": "rhomboid-major-upper", "after": at.session_state["choice_command"]}
    at.session_state["body_map"] = {"choice": touched}
    assert titles(at.run()) == ["Rhomboid, upper left"]

    at.query_params.clear()
    at.query_params["area"], at.query_params["side"] = "interscapular", "left"

    assert titles(at.run()) == ["Rhomboid, upper left"]


def test_a_mark_sent_by_the_map_is_in_the_record_after_the_run():
    send(page(), operation(touched=6, by_itself=3))

    (check_in,) = saved()
    (mark,) = check_in.marks
    assert (mark.target, mark.side, mark.touched_nrs, mark.by_itself_nrs) == (
        "rhomboid-major-upper", "left", 6, 3
    )  # fmt: skip


def test_the_same_outbox_sent_twice_is_one_mark():
    one = operation()
    at = send(page(), one)
    send(at, one)

    assert len(saved()[0].marks) == 1


def test_what_was_said_before_it_was_deleted_does_not_come_after(monkeypatch):
    at = page()
    today = datetime.now(UTC).date()
    earlier = operation(at=datetime.now(UTC) - timedelta(days=3))
    deleted = (
        Deletion("day", today, today),
        Deletion("mark", earlier_day := today - timedelta(days=3), earlier_day, ("neck", "left")),
    )
    at.session_state["deletions"] = deleted

    send(at, operation(), earlier, operation(target="neck"), heard=[])
    assert [len(one.marks) for one in saved()] == [1]

    send(at, operation(target="calf"), heard=["day", "mark"])
    assert [len(one.marks) for one in saved()] == [1, 1]


def test_a_new_visit_shows_what_was_marked_before():
    send(page(), operation(touched=8))

    at = page()

    assert "8-" in at.get_by_key("body_map").proto.json


@pytest.mark.parametrize(
    "wrong",
    [
        {"touched": 11},
        {"touched": True},
        {"touched": "6"},
        {"side": "up"},
        {"target": "../../etc/passwd"},
        {"id": "not-a-uuid"},
        {"at": "yesterday"},
    ],
)
def test_an_operation_that_the_map_would_never_send_changes_nothing(wrong):
    at = send(page(), operation() | wrong)

    assert not at.exception
    assert saved() == ()


def test_a_new_day_offers_to_start_from_the_last_marks():
    yesterday = datetime.now(UTC) - timedelta(days=1)
    send(page(), operation(touched=7, at=yesterday))

    at = page()
    start_from = next(button for button in at.button if button.label.startswith("Start from"))
    start_from.click().run()

    assert [mark.touched_nrs for check_in in saved() for mark in check_in.marks] == [7, 7]


def test_starting_fresh_leaves_the_earlier_day_as_it_was():
    yesterday = datetime.now(UTC) - timedelta(days=1)
    send(page(), operation(touched=7, at=yesterday))

    at = page()
    next(button for button in at.button if button.label == "Start fresh").click().run()

    assert len(saved()) == 1
    assert "7-" not in at.get_by_key("body_map").proto.json


def test_a_guest_leaves_nothing_on_the_server(monkeypatch):
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.GUEST)

    at = send(page(), operation(touched=9))

    assert "9-" in at.get_by_key("body_map").proto.json
    assert saved() == ()
    assert any("we keep nothing here" in text.value for text in at.markdown)
