"""Many at once: nobody is turned away, nothing is lost, nothing is there twice."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from marking import NOON, answers, operation, stroke

from bodymap.records import open_store

ME = "local"
ROOT = Path(__file__).parents[2]
WRITERS, EACH = 20, 50

WRITER = """
import json, sys, uuid
from datetime import UTC, datetime
from bodymap.records import MarkOperation, open_store
url, count = sys.argv[1], int(sys.argv[2])
ids = []
with open_store(url) as store:
    for number in range(count):
        made = MarkOperation(
            id=str(uuid.uuid4()), target="neck", side="left", touched_nrs=number % 11,
            by_itself_nrs=None, at=datetime.now(UTC), zone="UTC", utc_offset_min=0,
        )
        ids += store.apply("local", [made])
print(json.dumps(ids))
"""


def all_at_once(*calls):
    """Run calls in a thread each and return what they returned; the first error is raised."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [running.result() for running in [pool.submit(call) for call in calls]]


def sequence(store):
    with store._transactions.for_all(reading=True) as connection:
        rows = connection.exec_driver_sql("SELECT seq FROM mark_operation ORDER BY seq").scalars()
        last = connection.exec_driver_sql("SELECT last_seq FROM person").scalar_one()
        return list(rows), last


def test_twenty_threads_save_fifty_marks_each_for_one_person(store):
    def write(writer):
        made = [operation(f"place-{writer}", touched=number % 11) for number in range(EACH)]
        return [store.apply(ME, [each]) for each in made]

    acknowledged = all_at_once(*(lambda writer=writer: write(writer) for writer in range(WRITERS)))

    saved = store.record(ME).operations
    assert len(saved) == WRITERS * EACH == 1000
    assert {made.id for made in saved} == {id_ for ids in acknowledged for (id_,) in ids}
    assert sequence(store) == (list(range(1, 1001)), 1000)


def test_twenty_threads_save_for_twenty_people(store):
    def write(person):
        for _ in range(10):
            store.apply(person, [operation()])
        return len(store.record(person).operations)

    people = [f"person-{number}" for number in range(WRITERS)]

    assert all_at_once(*(lambda person=person: write(person) for person in people)) == [10] * 20


def test_the_same_marks_sent_by_twenty_threads_are_saved_once(store):
    made = [operation(touched=level) for level in range(11)]

    acknowledged = all_at_once(*[lambda: store.apply(ME, made)] * WRITERS)

    assert acknowledged == [tuple(each.id for each in made)] * WRITERS
    assert store.record(ME).operations == tuple(made)


def test_twenty_copies_of_one_day_at_once_are_one_copy(store):
    yesterday = NOON - timedelta(days=1)
    store.apply(ME, [operation(f"place-{number}", at=yesterday) for number in range(8)])

    added = all_at_once(
        *(
            lambda second=second: store.copy_forward(
                ME, "2026-11-21", NOON + timedelta(seconds=second), "Europe/Berlin", 60
            )
            for second in range(WRITERS)
        )
    )

    assert sorted(len(ids) for ids in added) == [0] * (WRITERS - 1) + [8]
    assert len(store.check_in(ME, "2026-11-22").marks) == 8


def test_reading_goes_on_while_others_write(store):
    def write():
        for _ in range(EACH):
            store.apply(ME, [operation(), stroke(), answers(mood_nrs=1)])

    def read():
        return [len(store.record(ME).operations) for _ in range(EACH)]

    *_, counts, more_counts = all_at_once(write, write, read, read)

    for seen in (counts, more_counts):
        assert seen == sorted(seen)
        assert all(count % 3 == 0 for count in seen)


def test_processes_that_open_a_new_record_at_once_all_save(lasting_url):
    commands = [[sys.executable, "-c", WRITER, lasting_url, "25"] for _ in range(3)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)
        for command in commands
    ]
    outputs = [process.communicate()[0] for process in running]

    acknowledged = {id_ for output in outputs for id_ in json.loads(output)}
    with open_store(lasting_url) as store:
        assert {made.id for made in store.record(ME).operations} == acknowledged
    assert len(acknowledged) == 75


def test_guests_open_and_fill_their_stores_at_once():
    def visit():
        with open_store("sqlite://") as store:
            store.apply(ME, [operation()])
            return len(store.check_ins(ME))

    assert all_at_once(*[visit] * WRITERS) == [1] * WRITERS
