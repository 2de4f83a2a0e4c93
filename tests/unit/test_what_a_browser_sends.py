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

from bodymap.records import StrokeOperation
from bodymap.ui import again, board, day_answers
from bodymap.ui.bodies import Picture, chosen_in
from bodymap.ui.body_map import map_state
from bodymap.ui.browser import MOST_OPERATIONS
from bodymap.ui.presenting import is_ended, wants_marks

KEY = "component"
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
PLACE = {"target": "rhomboid-major-upper", "side": "left", "touched": 6, "by_itself": None}
LINE = {
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

# What each script does send. Everything else is made by putting something else into a part of it.
STATES = {
    "map": {
        "choice": {
            "view": "back",
            "body": "neutral",
            "hurts": [["calf", "left"], ["back", "neutral", 1.5, 400]],
            "after": 3,
        },
        "page": "demonstrate",
        "outbox": [MADE | PLACE | {"details": DETAILS}],
    },
    "board": {
        "outbox": [
            MADE | LINE | {"day": DAY},
            MADE | {"day": DAY, "stroke_id": DRAWN.stroke_id, "is_there": False},
        ]
    },
    "day": {
        "outbox": [
            MADE
            | {"day": DAY}
            | {"answers": LEVELS | {"tried": [{"what": "walk", "helped": "yes"}], "journal": "z"}}
        ],
        "list": {"offered": ["walk", "a bath"], "taken_out": ["yoga"]},
    },
    "again": {"outbox": [MADE | PLACE | {"day": DAY}], "is_finished": True},
    "strip": {"chosen": DAY},
    "presenting": {"ended": True, "marks": True},
}
PICTURES = [Picture(DAY, "", "", "", ())]


def read(state):
    """Read a state by every reader, as Streamlit hands it over; return what was understood."""
    sent = BidiComponentSerde().deserialize(json.dumps(state))
    streamlit.session_state[KEY] = sent
    on_the_map = map_state(KEY)
    return {
        "map": (on_the_map.choice, on_the_map.page, on_the_map.outbox),
        "board": board.outbox_of(KEY, lambda _: {DRAWN.stroke_id: DRAWN}),
        "day": (day_answers.outbox_of(KEY), day_answers.changed_list(KEY)),
        "again": (again.outbox_of(KEY), again.is_finished(KEY)),
        "strip": chosen_in(sent, PICTURES),
        "presenting": (is_ended(sent), wants_marks(sent)),
    }


NOTHING = {
    "map": (None, None, ()),
    "board": (),
    "day": ((), None),
    "again": ((), False),
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
    "many operations": [{}] * (MOST_OPERATIONS + 1),
    "operations that are lists": [[0] * 50] * MOST_OPERATIONS,
    "operations of many names": [{str(number): 0 for number in range(65)}] * MOST_OPERATIONS,
    "long lists in operations": [STATES["map"]["outbox"][0] | {"details": [0] * 200_000}],
    "many places": [["calf", "left"]] * 100_000,
    "strokes of no end": [MADE | LINE | {"day": DAY, "points": [1] * 200_000}],
}


@pytest.mark.parametrize("value", HUGE.values(), ids=HUGE)
def test_what_is_far_too_large_is_passed_over_before_any_work(value):
    for field in ("outbox", "choice", "list", "chosen", "page"):
        state = BidiComponentSerde().deserialize(json.dumps({field: value}))
        streamlit.session_state[KEY] = state
        begin = process_time()
        assert map_state(KEY).outbox == ()
        assert board.outbox_of(KEY, lambda _: {}) == ()
        assert (day_answers.outbox_of(KEY), day_answers.changed_list(KEY)) == ((), None)
        assert again.outbox_of(KEY) == ()
        assert chosen_in(state, PICTURES) is None
        assert process_time() - begin < 2


def test_an_outbox_about_many_days_is_read_some_days_at_a_time():
    """Each day is a look into the record; what waits is read once the rest is acknowledged."""
    days = [datetime.fromordinal(738000 + number).date() for number in range(400)]
    outbox = [
        MADE
        | {"id": str(uuid4()), "day": f"{day}", "stroke_id": DRAWN.stroke_id, "is_there": False}
        for day in days
    ]
    asked = []

    def strokes_of(day):
        asked.append(day)
        return {DRAWN.stroke_id: DRAWN}

    read_so_far: list[StrokeOperation] = []
    for _ in range(400):
        done = {made.id for made in read_so_far}
        streamlit.session_state[KEY] = {
            "outbox": [each for each in outbox if each["id"] not in done]
        }
        asked.clear()
        read_so_far += board.outbox_of(KEY, strokes_of)
        assert len(asked) <= board.MOST_DAYS
        if len(read_so_far) == len(outbox):
            break

    assert [made.local_date for made in read_so_far] == days


def test_a_name_of_several_lines_does_not_stand_in_the_way_of_a_changed_list():
    """The list is kept one thing a line; a record file from elsewhere can hold such a name."""
    sent = {"offered": ["walk", "a\nb", "", "a bath"], "taken_out": ["a\x85b", "yoga"]}
    streamlit.session_state[KEY] = {"list": sent}

    changed = day_answers.changed_list(KEY)

    assert (changed.offered, changed.taken_out) == (("walk", "a bath"), ("yoga",))


def test_a_line_far_off_the_body_is_passed_over_and_the_next_one_is_read():
    for points in ([10**400, 1], [10**9, 10**9], [-(10**6)] * 800, [1] * 801, [2**63, 0]):
        wrong = MADE | LINE | {"day": DAY, "points": points}
        streamlit.session_state[KEY] = {"outbox": [wrong, *STATES["board"]["outbox"][:1]]}

        assert [made.id for made in board.outbox_of(KEY, lambda _: {})] == [MADE["id"]]
