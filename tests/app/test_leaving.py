"""What a component asks for once, to leave its page: a word from before never leads away again.

Streamlit keeps the state of a component until another page has been shown whole. Who comes back
sooner brings that state along, as these tests do by sending it again.
"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from bodymap.ui.access import Access

APP = Path(__file__).parents[2] / "app.py"
PAGES = "bodymap/ui/pages"
SECONDS = 60


@pytest.fixture(autouse=True)
def on_this_computer(monkeypatch):
    # AppTest has no server and no browser from which the access could be decided.
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.LOCAL)


def heading(at):
    assert not at.exception
    return [each.value for each in at.title]


def sends(at, key, **state):
    at.session_state[key] = state
    return at.run()


def test_a_story_opened_right_after_another_was_ended_stays_open():
    at = AppTest.from_file(APP, default_timeout=SECONDS)
    at.run().switch_page(f"{PAGES}/demonstrate.py")
    at.query_params["story"] = "lower-back"
    assert heading(at.run()) == []

    assert heading(sends(at, "presenting", ended=0, marks=0)) == ["Demonstrate"]

    at.query_params["story"] = "between-the-shoulder-blades"
    assert heading(sends(at, "presenting", ended=0, marks=0)) == []
    assert heading(sends(at, "presenting", ended=1)) == ["Demonstrate"]


@pytest.mark.parametrize("wanted", ["demonstrate", "cbt-and-pacing"])
def test_who_is_back_on_the_map_at_once_stays_there(wanted):
    at = AppTest.from_file(APP, default_timeout=SECONDS).run()
    asked = {"page": {"id": wanted, "turn": 0}}
    assert heading(at) == ["Where does it hurt?"]
    assert heading(sends(at, "body_map", **asked)) != ["Where does it hurt?"]

    at.query_params.clear()
    at.switch_page(f"{PAGES}/explore.py")

    assert heading(sends(at, "body_map", **asked)) == ["Where does it hurt?"]
