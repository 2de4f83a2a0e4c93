"""What a guest can make the server keep in memory is bounded before any work is done on it."""

import uuid
from pathlib import Path

import pytest
from conftest import open_to_others
from marking import NOON
from streamlit.proto.BackMsg_pb2 import BackMsg
from visiting import GUEST, Door, browser_headers, visit

from bodymap.records import DayOperation, open_store
from bodymap.records.errors import RecordFullError
from bodymap.ui.session import GUESTS, PERSON

MB = 10**6
JOURNAL = "a long day " * 80 + "ends"
MOST = 24 * MB  # server.maxMessageSize


@pytest.fixture(scope="module")
def open_server(tmp_path_factory):
    """A server of their own: what these guests fill is missing to others."""
    with open_to_others(tmp_path_factory.mktemp("guests")) as one:
        yield one


@pytest.mark.parametrize("frame_bytes", [2**30, 10**6], ids=["one frame", "many frames"])
def test_a_message_that_no_tab_sends_is_not_read(open_server, frame_bytes):
    at, name = ("127.0.0.1", open_server.port), f"127.0.0.1:{open_server.port}"
    assert visit(at, browser_headers(name)) == GUEST
    before = memory_of(open_server)

    for _ in range(5):
        with Door(at, browser_headers(name)) as door, pytest.raises(ConnectionError):
            while True:  # what is written to a closed door is lost at first, and then refused
                door.send(message_of(MOST + 1000), frame_bytes)

    # of a message in frames as much is kept as is allowed, until it is too long
    assert memory_of(open_server) - before < (0.5 * MOST if frame_bytes > MOST else 3 * MOST)
    assert visit(at, browser_headers(name)) == GUEST


def test_a_message_as_long_as_a_tab_may_send_is_read(open_server):
    at, name = ("127.0.0.1", open_server.port), f"127.0.0.1:{open_server.port}"
    with Door(at, browser_headers(name)) as door:
        door.send(message_of(MOST - 1000))
        assert door.hear() != b""


def test_the_record_of_a_guest_holds_ten_years_and_has_an_end():
    with open_store("sqlite://", GUESTS) as store:
        taken = 0
        with pytest.raises(RecordFullError):
            for start in range(0, 100_000, 1000):
                taken += len(store.apply(PERSON, written_days(start, 1000)))

        assert GUESTS.each * 0.7 < taken * len(JOURNAL) < GUESTS.each
        assert len(store.record(PERSON).operations) == taken


def message_of(size):
    message = BackMsg()
    state = message.rerun_script.widget_states.widgets.add()
    state.id, state.json_value = "body_map", f'{{"outbox": ["{"x" * (size - 200)}"]}}'
    return message


def written_days(start, count):
    """Return days with a long journal."""
    return [
        DayOperation(
            id=str(uuid.UUID(int=number)),
            at=NOON,
            zone="Etc/UTC",
            utc_offset_min=0,
            journal=JOURNAL,
        )
        for number in range(start, start + count)
    ]


def memory_of(server):
    """Return the bytes that the server's process holds now."""
    return int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]) * 4096
