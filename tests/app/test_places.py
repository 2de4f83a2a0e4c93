"""Where the components stand: at the same place of their page, whatever stands above them.

An element that takes the place of a component unmounts it for a moment, under the hand that uses
it: the focus goes, and with it the words that are just being typed.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from marking import answers, operation, stroke
from streamlit.testing.v1 import AppTest

from bodymap.records import default_url, open_store
from bodymap.ui.access import Access
from bodymap.ui.session import PERSON

APP = Path(__file__).parents[2] / "app.py"
NOW = datetime.now(UTC).replace(microsecond=0)
SECONDS = 60

DAYS = {  # ago, on which something is recorded
    "nothing yet": (),
    "today": (0,),
    "an earlier day": (2,),
    "tomorrow": (-1,),
    "an earlier day and tomorrow": (2, -1),
}
PAGES = {
    "explore": "body_map",
    "draw": "drawing_board",
    "check_in": "day_answers",
    "mark_again": "mark_again",
}


@pytest.fixture(autouse=True)
def on_this_computer(monkeypatch):
    # AppTest has no server and no browser from which the access could be decided.
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.LOCAL)


def recorded(days):
    there = {"zone": "UTC", "utc_offset_min": 0}
    with open_store(default_url()) as store:
        store.erase(PERSON)
        for ago in days:
            at = NOW - timedelta(days=ago, hours=2 if not ago else 0)
            made = (operation("calf", at=at, **there), stroke(at=at, **there))
            store.apply(PERSON, [*made, answers(at=at, **there)])


def place_of(at, key):
    """Return the way through the page to the component: an index for each block within another."""
    ids = ((way, getattr(getattr(one, "proto", None), "id", "")) for way, one in walk(at.main, ()))
    ways = [way for way, id_ in ids if str(id_).endswith(f"-{key}")]
    assert len(ways) == 1, (key, ways)
    return ways[0]


def walk(block, way):
    for index, one in block.children.items():
        yield (*way, index), one
        if hasattr(one, "children"):
            yield from walk(one, (*way, index))


@pytest.mark.parametrize("name", PAGES)
def test_a_component_keeps_its_place_whatever_stands_above_it(name):
    places = {}
    for recording, days in DAYS.items():
        for query in ({}, {"area": "nowhere"}) if name == "explore" else ({},):
            recorded(days)
            at = AppTest.from_file(APP, default_timeout=SECONDS).run()
            at.switch_page(f"bodymap/ui/pages/{name}.py")
            for parameter, value in query.items():
                at.query_params[parameter] = value
            at.run()
            assert not at.exception
            places[recording, *query] = place_of(at, PAGES[name])

    assert len(set(places.values())) == 1, places
