"""The page on which today's places are marked again, run without a browser."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from marking import levels_of, operation
from streamlit.testing.v1 import AppTest

from bodymap.records import default_url, open_store
from bodymap.ui.access import Access
from bodymap.ui.session import PERSON

APP = Path(__file__).parents[2] / "app.py"
SECONDS = 60
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def on_this_computer(monkeypatch):
    # AppTest has no server and no browser from which the access could be decided.
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.LOCAL)


def page() -> AppTest:
    return (
        AppTest.from_file(APP, default_timeout=SECONDS)
        .run()
        .switch_page("bodymap/ui/pages/mark_again.py")
        .run()
    )


def marked(*levels, at=NOW):
    """Put marks of today into the record, at places of their own."""
    with open_store(default_url()) as store:
        store.apply(
            PERSON,
            [
                operation(target, "left", *pair, at=at, zone="UTC", utc_offset_min=0)
                for target, pair in zip(("rhomboid-major-upper", "calf"), levels, strict=False)
            ],
        )


def sent(target="rhomboid-major-upper", touched=5, by_itself=None, **more):
    return {
        "id": str(uuid4()),
        "kind": "mark",
        "again": True,
        "day": NOW.date().isoformat(),
        "target": target,
        "side": "left",
        "touched": touched,
        "by_itself": by_itself,
        "at": NOW.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "zone": "UTC",
        "offset_min": 0,
    } | more


def answer(at, *outbox, is_finished=False):
    sent = {"to": at.session_state["session_name"], "n": 1, "statements": list(outbox)}
    at.session_state["mark_again"] = {"outbox": sent, "is_finished": is_finished}
    return at.run()


def check_in():
    with open_store(default_url()) as store:
        return store.check_in(PERSON, NOW.date().isoformat())


def words(at):
    return " ".join(element.value for element in at.markdown)


def test_without_marks_of_today_it_says_so():
    marked((7, 3), at=NOW - timedelta(days=2))

    assert "There are no marks of today yet." in words(page())


def test_soon_after_marking_it_says_that_later_works_better():
    marked((7, 3))

    assert "less than an hour ago" in words(page())


def test_what_is_marked_again_is_kept_beside_the_days_mark():
    marked((7, 3))

    at = answer(page(), sent(touched=5, by_itself=3))

    assert not at.exception
    assert levels_of(check_in()) == {("rhomboid-major-upper", "left"): (7, 3)}
    assert [(mark.touched_nrs, mark.by_itself_nrs) for mark in check_in().again] == [(5, 3)]


def test_the_result_is_said_when_every_place_was_answered_and_not_before():
    marked((7, 3), (4, None))
    first, second = sent(touched=5, by_itself=3), sent("calf", touched=4)

    at = answer(page(), first)
    assert "apart" not in words(at)

    assert "Your two answers were up to 2 apart." in words(answer(at, first, second))


def test_who_finishes_earlier_sees_the_result_of_what_was_answered():
    marked((7, 3), (4, None))

    at = answer(page(), sent(touched=7, by_itself=3), is_finished=True)

    assert "Your two answers were the same each time." in words(at)
    assert re.search(r"Only a step of more than \d counts as change here", words(at))


@pytest.mark.parametrize(
    "wrong",
    [
        {"touched": 11},
        {"touched": "5"},
        {"touched": True},
        {"side": "both"},
        {"target": "A place!"},
        {"day": "today"},
        {"day": "tomorrow"},
        {"is_again": False},
        {"at": "now"},
        {"id": "1"},
    ],
    ids=str,
)
def test_whatever_else_a_browser_sends_is_passed_over(wrong):
    marked((7, 3))

    at = answer(page(), sent(**wrong), "nonsense", None)

    assert not at.exception
    assert check_in().again == ()
