"""Whatever a browser sends as the state of a component: read, or passed over; never an error."""

import json
from datetime import UTC, datetime
from time import process_time
from uuid import uuid4

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import stroke
from streamlit.components.v2.bidi_component.serialization import BidiComponentSerde

from bodymap.ui import again, day_answers
from bodymap.ui.bodies import Picture, chosen_in
from bodymap.ui.body_map import map_state
from bodymap.ui.browser import MOST_STATEMENTS, is_asked, outbox
from bodymap.ui.statements import MOST_DAYS
from bodymap.ui.statements import read as read_statements

KEY = "component"
SESSION = "f00d"
DAY = "2026-11-22"
DRAWN = stroke()
MADE = {
    "id": str(uuid4()),
    "at": datetime(2026, 11, 22, 9, tzinfo=UTC).isoformat(),
    "zone": "Europe/Berlin",
    "offset_min": 60,
}
DETAILS = {
    "qualities": ["burning"],
    "own_word": "x",
    "course": None,
    "depth": "deep",
    "certainty": None,
    "note": "y",
}
PLACE = {
    "kind": "mark",
    "target": "rhomboid-major-upper",
    "side": "left",
    "touched": 6,
    "by_itself": None,
}
LINE = {
    "kind": "stroke",
    "stroke_id": str(uuid4()),
    "is_there": True,
    "body": "neutral",
    "view": "back",
    "tool": "brush",
    "points": [3000, 4000, 10, 10, -20, 30],
    "width_mm": 28,
    "area": "",
    "side": "",
    "quality": "",
    "nrs": None,
}
LEVELS = {"worst_nrs": 1, "least_nrs": 0, "sleep_nrs": None, "fatigue_nrs": 3, "mood_nrs": 4}

ANOTHER = MADE | {"id": str(uuid4()), "kind": "stroke", "day": DAY}


def sent(*statements):
    """Return an outbox as the browser sends it."""
    return {"to": SESSION, "n": 1, "statements": list(statements)}


# What each script does send. Everything else is made by putting something else into a part of it.
STATES = {
    "map": {
        "choice": {
            "view": "back",
            "body": "neutral",
            "hurts": [["calf", "left"], ["back", "neutral", 1.5, 400]],
            "after": 3,
        },
        "page": {"id": "demonstrate", "turn": 0},
        "outbox": sent(
            MADE | PLACE | {"details": DETAILS, "was": {"touched": 3, "qualities": ["numb"]}}
        ),
    },
    "board": {
        "outbox": sent(
            MADE | LINE | {"day": DAY},
            ANOTHER | {"stroke_id": DRAWN.stroke_id, "is_there": False},
        )
    },
    "day": {
        "outbox": sent(
            MADE
            | {"kind": "answers", "day": DAY, "was": {"journal": "y", "tried": [], "mood_nrs": 3}}
            | {"answers": LEVELS | {"tried": [{"what": "walk", "helped": "yes"}], "journal": "z"}}
        ),
        "list": {"offered": ["walk", "a bath"], "taken_out": ["yoga"]},
    },
    "again": {"outbox": sent(MADE | PLACE | {"day": DAY, "again": True}), "is_finished": True},
    "file": {"outbox": sent(MADE | {"kind": "file", "text": "no record"})},
    "strip": {"chosen": DAY},
    "presenting": {"ended": 0, "marks": 0},
}
PICTURES = [Picture(DAY, "", "", "", ())]


def answered(sent, strokes_of=lambda _: {DRAWN.stroke_id: DRAWN}):
    """Return what a session makes of an outbox: what was read, and what was refused."""
    told = read_statements(outbox(sent, SESSION), strokes_of)
    return told.said, told.refused


def read(state):
    """Read a state by every reader, as Streamlit hands it over; return what was understood."""
    sent = BidiComponentSerde().deserialize(json.dumps(state))
    streamlit.session_state[KEY] = sent
    on_the_map = map_state(KEY)
    statements = answered(sent)
    return {
        "map": (on_the_map.choice, on_the_map.page, statements),
        "board": statements,
        "day": (statements, day_answers.changed_list(KEY)),
        "again": (statements, again.is_finished(KEY)),
        "file": statements,
        "strip": chosen_in(sent, PICTURES),
        "presenting": (is_asked(sent, "ended", KEY), is_asked(sent, "marks", KEY)),
    }


NONE_SENT = ([], {})
NOTHING = {
    "map": (None, None, NONE_SENT),
    "board": NONE_SENT,
    "day": (NONE_SENT, None),
    "again": (NONE_SENT, False),
    "file": NONE_SENT,
    "strip": None,
    "presenting": (False, False),
}

_leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**18), 2**63])
    | st.floats()
    | st.text()
    | st.just(100_000).map("x".__mul__)
    | st.sampled_from(["\ud800", "a\0b", DAY, "9999-12-31", "0001-01-01", "left"])
    | st.sampled_from(["9999-12-31T23:59:59-18:00", "0001-01-01T00:00:00+18:00", "2026-11-22"])
)
_values = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


def _paths(value, at=()):
    yield at
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(each, (*at, key))


@st.composite
def states(draw):
    """A state of one of the scripts, in which something else stands in one to three parts."""
    state = json.loads(json.dumps(STATES[draw(st.sampled_from(sorted(STATES)))]))
    for _ in range(draw(st.integers(1, 3))):
        *outer, last = draw(st.sampled_from([path for path in _paths(state) if path]))
        part = state
        for key in outer:
            part = part[key]
        part[last] = draw(_values)
    return state


@pytest.mark.parametrize("name", STATES)
def test_what_the_script_sends_is_understood(name):
    understood = read(STATES[name])

    assert understood[name] != NOTHING[name]
    assert read({})[name] == NOTHING[name]


@given(states() | st.dictionaries(st.sampled_from(["outbox", "choice", "list", "chosen"]), _values))
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_its_place_is_no_error(state):
    read(state)


@pytest.mark.parametrize("value", [[], [1], {}, {"a": 1}, 5, 1.5, True, "", "x", None, [[[]]]])
@pytest.mark.parametrize("field", ["chosen", "ended", "marks", "is_finished", "list", "page"])
def test_a_value_of_another_type_is_no_choice(field, value):
    understood = read({field: value})

    if value is not True:
        assert understood == NOTHING


def nested(levels):
    value = {}
    for _ in range(levels):
        value = {"deeper": value}
    return value


HUGE = {
    "the deepest that arrives at all": nested(450),
    "a long text": "x" * 5_000_000,
    "a long list": [0] * 300_000,
    "statements that are lists": [[0] * 50] * MOST_STATEMENTS,
    "statements of many names": [{str(number): 0 for number in range(65)}] * MOST_STATEMENTS,
    "many places": [["calf", "left"]] * 100_000,
}


@pytest.mark.parametrize("value", HUGE.values(), ids=HUGE)
def test_what_is_far_too_large_is_passed_over_before_any_work(value):
    for field in ("outbox", "choice", "list", "chosen", "page"):
        for state in ({field: value}, {field: sent(*value) if field == "outbox" else value}):
            state = BidiComponentSerde().deserialize(json.dumps(state))
            streamlit.session_state[KEY] = state
            begin = process_time()
            assert map_state(KEY).choice is None
            assert answered(state) == NONE_SENT
            assert day_answers.changed_list(KEY) is None
            assert chosen_in(state, PICTURES) is None
            assert process_time() - begin < 2


TOO_MUCH = {
    "long lists": MADE | PLACE | {"details": [0] * 200_000},
    "a stroke of no end": MADE | LINE | {"day": DAY, "points": [1] * 200_000},
    "endless words": MADE | PLACE | {"details": DETAILS | {"note": "x" * 5_000_000}},
    "a number without end": MADE | LINE | {"day": DAY, "points": [10**400, 1]},
    "a line far off the body": MADE | LINE | {"day": DAY, "points": [10**9, 10**9]},
    "numbers of 64 bits": MADE | LINE | {"day": DAY, "points": [2**63, 0]},
    "an odd number of numbers": MADE | LINE | {"day": DAY, "points": [1, 2, 3]},
}


@pytest.mark.parametrize("statement", TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_statement_that_is_too_much_is_refused_and_the_next_one_is_read(statement):
    good = ANOTHER | PLACE
    state = BidiComponentSerde().deserialize(json.dumps({"outbox": sent(statement, good)}))
    begin = process_time()

    said, refused = answered(state)

    assert [change.stated.id for change in said] == [good["id"]]
    assert list(refused) == [MADE["id"]]
    assert process_time() - begin < 2


@given(states())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_has_an_id_is_answered(state):
    deserialized = BidiComponentSerde().deserialize(json.dumps(state))
    items = outbox(deserialized, SESSION)
    ids = {
        item["id"]
        for item in items
        if isinstance(item, dict) and isinstance(item.get("id"), str) and 1 <= len(item["id"]) <= 36
    }

    said, refused = answered(deserialized)

    read_ones = {one[0] if isinstance(one, tuple) else one.stated.id for one in said}
    assert read_ones | set(refused) == ids


def test_statements_about_many_days_are_read_some_days_at_a_time():
    """Each day is a look into the record; what waits is read once the rest is acknowledged."""
    days = [datetime.fromordinal(738000 + number).date() for number in range(100)]
    waiting = [
        MADE
        | {"id": str(uuid4()), "kind": "stroke", "day": f"{day}"}
        | {"stroke_id": DRAWN.stroke_id, "is_there": False}
        for day in days
    ]
    asked = []

    def strokes_of(day):
        asked.append(day)
        return {DRAWN.stroke_id: DRAWN}

    read_so_far = []
    for _ in days:
        done = {change.stated.id for change in read_so_far}
        asked.clear()
        left = sent(*(each for each in waiting if each["id"] not in done))
        said, refused = answered({"outbox": left}, strokes_of)
        assert len(asked) <= MOST_DAYS
        assert not refused
        read_so_far += said
        if len(read_so_far) == len(days):
            break

    assert [change.stated.local_date for change in read_so_far] == days


def test_a_name_of_several_lines_does_not_stand_in_the_way_of_a_changed_list():
    """The list is kept one thing a line; a record file from elsewhere can hold such a name."""
    sent = {"offered": ["walk", "a\nb", "", "a bath"], "taken_out": ["a\x85b", "yoga"]}
    streamlit.session_state[KEY] = {"list": sent}

    changed = day_answers.changed_list(KEY)

    assert (changed.offered, changed.taken_out) == (("walk", "a bath"), ("yoga",))
