"""Every page with what no browser of ours sends: addresses, states of components, time zones."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from time import process_time

import pytest
from marking import answers, operation, stroke
from sampling import sample
from streamlit.testing.v1 import AppTest

from bodymap.records import Tried, default_url, open_store
from bodymap.ui.access import Access
from bodymap.ui.session import PERSON
from bodymap.ui.wayfinding import UNKNOWN_ADDRESS

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in (ROOT / "bodymap/ui/pages").glob("*.py"))
COMPONENTS = ("body_map", "drawing_board", "day_answers", "mark_again", "strip", "presenting")
SECONDS = 60
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(autouse=True)
def on_this_computer(monkeypatch):
    # AppTest has no server and no browser from which the access could be decided.
    monkeypatch.setattr("bodymap.ui.session.current", lambda: Access.LOCAL)


@pytest.fixture(autouse=True)
def a_record():
    there = {"zone": "UTC", "utc_offset_min": 0}
    with open_store(default_url()) as store:
        for days in (2, 1, 0):
            at = NOW - timedelta(days=days)
            store.apply(
                PERSON,
                [
                    operation("calf", touched=5, at=at, **there),
                    answers(tried=(Tried("a bath", "yes"),), at=at, **there),
                    stroke(at=at, **there),
                ],
            )


def page(name, query=(), states=(), **context):
    at = AppTest.from_file(ROOT / "app.py", default_timeout=SECONDS)
    at.context.update(context)
    at.run()
    for parameter, value in query:
        at.query_params[parameter] = value
    for key, state in states:
        at.session_state[key] = state
    at.switch_page(f"bodymap/ui/pages/{name}").run()
    assert not at.exception, at.exception
    return at


WRONG = [[], ["2026-11-22"], {}, {"a": []}, 5, 1e400, True, "x" * 10_000, [[[["x"]]]], None]
PARTS = ("chosen", "choice", "outbox", "page", "list", "is_finished", "ended", "marks")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_whatever_its_components_send(name):
    at = page(name)
    for value in WRONG:
        for key in COMPONENTS:
            at.session_state[key] = dict.fromkeys(PARTS, value)
        at.run()
        assert not at.exception, (value, at.exception)


READING_ADDRESSES = [
    name
    for name in PAGES
    if re.search("query_params|look_at_address", (ROOT / "bodymap/ui/pages" / name).read_text())
]
ADDRESSES = [
    *((name, "x" * 100_000) for name in ("hurts", "page", "story", "again", "area", "step")),
    ("hurts", "~".join(f"back_0.0{number}_0.5" for number in range(10_000))),
    *((name, "") for name in ("hurts", "page", "story", "again", "view", "body", "side")),
    ("point", "rhomboid-major-upper\x00"),
    ("page", "../../../etc/passwd"),
    ("page", "[x](javascript:alert(1)) <script> :red[x]"),
    ("story", ["a", "b"]),
    ("page", ["a", "b"]),
    ("something", "else"),
]
VISITS = list(product(ADDRESSES, READING_ADDRESSES))
NEXT_PAGE = len(READING_ADDRESSES) - 1  # so many further it is the next address at another page


@pytest.mark.parametrize(
    ("part", "name"),
    sample(VISITS[::NEXT_PAGE], of=VISITS),
    ids=lambda one: one if isinstance(one, str) else f"{one[0]}={str(one[1])[:12]}",
)
def test_every_page_that_reads_its_address_stands_at_every_one(name, part):
    begin = process_time()
    page(name, query=[part])

    assert process_time() - begin < 5


@pytest.mark.parametrize("value", ["~".join(["calf_left"] * 10_000), "nowhere_left", "back_9_9"])
def test_an_address_that_nobody_knows_is_said_to_be_one(value):
    at = AppTest.from_file(ROOT / "app.py", default_timeout=SECONDS)
    at.query_params["hurts"] = value
    at.run()

    assert not at.exception
    assert [info.value for info in at.info] == [UNKNOWN_ADDRESS]


@pytest.mark.parametrize("zone", ["Europe", "x" * 10_000])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_stands_in_what_is_no_time_zone(name, zone):
    page(name, timezone=zone)
