"""Kill a process that is saving marks and strokes, again and again, and look for what is lost.

    python benchmarks/kill_writer.py              # 60 kills, and the controls
    python benchmarks/kill_writer.py --kills 12 --most 20 --json

A writer opens the record (the first one makes it), saves single marks, strokes and whole check-ins
through ``Store``, corrects check-ins at once, adds a long record at once and deletes it again, and
notes each acknowledged id in a file *after* ``Store`` returned it. It is killed with SIGKILL at a
random moment. Then the record must be sound, hold every acknowledged statement once, no check-in
and no long record in part, and of each corrected one either all old values or all new. Exits 1 if
anything is lost, double, half or damaged.

A measure that can't fail says nothing. So writers that are weakened in one way (``weakened.py``)
are killed, too, and each must lose something, or this exits with 1. One that never syncs is not
among them: what a killed process has written, the system keeps (``power_cut.py`` is for that).
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from weakened import CONTROLS, weaken
from writing import PERSON, WHOLE, mark, stroke

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bodymap.records import (  # noqa: E402 -- the path comes first
    Record,
    StoreError,
    StrokeOperation,
    open_store,
    sqlite_file,
)
from bodymap.records.sqlite_file import journal_mode  # noqa: E402

# More than SQLite keeps in memory, so that it writes all the while, not at COMMIT only.
LONG = 3000  # strokes in a record that is added at once
LONG_AGO = datetime(2016, 1, 1, 12, tzinfo=UTC)
ID_BYTES = 37  # a UUID and its line end
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
PATIENCE = 60  # kills of a weakened writer that loses nothing, before the measure counts as blind
# Where these weakened writers are caught: while a long record comes (1), or is overwritten (2).
CAUGHT = {"no transaction": 1, "no journal": 2}
KILLABLE = tuple(control for control in CONTROLS if control != "no sync")


@dataclass
class Result:
    """What 60 kills did. All but the first four must be 0."""

    kills: int = 0
    acknowledged: int = 0
    in_record: int = 0
    seconds: float = 0.0
    lost: int = 0
    twice: int = 0
    half_check_ins: int = 0
    half_corrections: int = 0
    half_long: int = 0
    unsound: int = 0

    @property
    def is_sound(self) -> bool:
        halves = self.half_check_ins + self.half_corrections + self.half_long
        return not self.lost + self.twice + halves + self.unsound


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kills", type=int, default=60)
    arguments.add_argument("--most", type=int, default=450, help="marks saved before a kill")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--journal", choices=("TRUNCATE", "WAL"), default=journal_mode())
    arguments.add_argument("--control", choices=KILLABLE, default="", help="weaken the writer")
    arguments.add_argument("--no-controls", action="store_true")
    arguments.add_argument("--json", action="store_true", help="print the numbers as JSON")
    arguments.add_argument("--write", nargs=2, metavar=("RECORD", "NOTES"), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    # The app takes what is safe with its SQLite; the other is measured for those who have it.
    sqlite_file.journal_mode = lambda: options.journal
    if options.write:
        with weaken(options.control):
            write_for_ever(*map(Path, options.write), options.control)
    results = {options.control or "whole": kill_writers(options, options.control)}
    if not options.no_controls:
        results |= {control: kill_writers(options, control) for control in KILLABLE}
    wrong = [
        name
        for name, result in results.items()
        if result.is_sound == (name in KILLABLE)  # a control must lose, the others must not
    ]
    if options.json:
        print(json.dumps({name: asdict(result) for name, result in results.items()}))
    else:
        print(f"SQLite {sqlite3.sqlite_version}, journal {options.journal}, synchronous FULL")
        for name, result in results.items():
            facts = ", ".join(f"{key.replace('_', ' ')} {n}" for key, n in vars(result).items())
            print(f"{name:>15}: {facts}")
        print("BROKEN: " + ", ".join(wrong) if wrong else "holds: only the controls lose")
    return 1 if wrong else 0


def write_for_ever(record: Path, notes: Path, control: str) -> None:
    """Save marks and strokes on one day, whole check-ins on others; note what is acknowledged."""
    noted = os.open(notes, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    long = os.open(long_of(notes), os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def save(statements) -> None:
        if control == "early":
            note(noted, [statement.id for statement in statements])
        done = store.apply(PERSON, statements)
        if control != "early":
            note(noted, done)

    with open_store(f"sqlite:///{record}") as store:
        # What a kill left of the last one, so that the record stays short.
        store.delete_days(PERSON, LONG_AGO.date(), LONG_AGO.date())
        days = store.check_ins(PERSON, last=1, drawings=False)
        day = NOON + timedelta(days=(days[-1].local_date - NOON.date()).days + 1 if days else 1)
        day = max(day, NOON + timedelta(days=1))
        while True:
            for level in range(random.randrange(1, 20)):
                drawn = stroke(NOON, level)
                save([mark("single", NOON, level % 11)])
                save([drawn])
                save([taken_back(drawn)])
            for level in (3, 7, 5):  # the first values, and two corrections of all of them
                save([mark(f"whole-{place}", day, level) for place in range(WHOLE)])
            next_day = day + timedelta(days=1)
            source = day.date().isoformat()
            note(noted, store.copy_forward(PERSON, source, next_day, "UTC", 0))
            day = next_day + timedelta(days=1)
            # Its ids are not noted: it goes again. When it comes and goes is, for a kill.
            added = Record(tuple(stroke(LONG_AGO, place) for place in range(LONG)))
            os.write(long, b"m")
            store.merge(PERSON, added)
            os.write(long, b"d")
            store.delete_days(PERSON, LONG_AGO.date(), LONG_AGO.date())


def taken_back(drawn: StrokeOperation) -> StrokeOperation:
    return replace(drawn, id=str(uuid.uuid4()), is_there=False)


def note(noted: int, ids) -> None:
    # One write of the whole batch: a killed process's writes are kept by the system.
    os.write(noted, "".join(f"{id_}\n" for id_ in ids).encode())


def kill_writers(options: argparse.Namespace, control: str) -> Result:
    """Kill writers so many times; weakened ones until they have lost something."""
    with tempfile.TemporaryDirectory(prefix="bodymap-kills-") as name:
        return kill_writers_in(Path(name), options, control)


def kill_writers_in(folder: Path, options: argparse.Namespace, control: str) -> Result:
    result, dice = Result(), random.Random(options.seed)
    record, notes = folder / "records" / "record.sqlite", folder / "acknowledged"
    begin = time.perf_counter()
    while result.kills < (PATIENCE if control else options.kills):
        command = [sys.executable, __file__, "--journal", options.journal]
        command += ["--control", control] if control else []
        command += ["--write", str(record), str(notes)]
        writer = subprocess.Popen(command)
        moment = 1 / 3 if control in CAUGHT else dice.random()
        if moment < 1 / 6:
            # While it starts, opens the record or, the first time, makes it.
            passed(writer, dice.uniform(0, 1.2))
        elif moment < 1 / 2:
            # While it overwrites much of the file: that takes a moment, so all of it is tried.
            amid = CAUGHT.get(control) or dice.choice((1, 2))
            wait_for_growth(writer, long_of(notes), amid)
            passed(writer, 10 ** dice.uniform(-3, -0.5))
        else:
            wait_for_growth(writer, notes, ID_BYTES * dice.randint(1, options.most))
            passed(writer, dice.uniform(0, 0.05))
        if writer.poll() is not None:
            raise RuntimeError(f"the writer ended by itself with {writer.returncode}")
        writer.kill()
        writer.wait()
        result.kills += 1
        inspect(record, notes, result)
        if control and not result.is_sound:
            break  # it has lost something, and that is all that was asked
    result.seconds = round(time.perf_counter() - begin, 1)
    return result


def long_of(notes: Path) -> Path:
    return notes.with_name("long")


def wait_for_growth(writer: subprocess.Popen, notes: Path, more: int) -> None:
    """Let the writer work until its notes have grown by so many bytes."""
    enough = (notes.stat().st_size if notes.exists() else 0) + more
    deadline = time.monotonic() + 120
    while writer.poll() is None and (not notes.exists() or notes.stat().st_size < enough):
        if time.monotonic() > deadline:
            raise RuntimeError("the writer saves nothing")
        passed(writer, 0.002)


def passed(writer: subprocess.Popen, seconds: float) -> None:
    """Let the writer work for a while."""
    try:
        writer.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def inspect(record: Path, notes: Path, result: Result) -> None:
    """Compare what was acknowledged with what is there, after this kill."""
    acknowledged = notes.read_text("utf-8").split() if notes.exists() else []
    if not record.exists():
        # Killed before the first record had its name: then nothing may have been acknowledged.
        result.lost += len(acknowledged)
        return
    try:
        with open_store(f"sqlite:///{record}") as store:
            saved = [operation.id for operation in store.record(PERSON).operations]
            days = store.check_ins(PERSON)
    except StoreError:
        result.unsound += 1
        return
    with closing(sqlite3.connect(record)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        # What was deleted leaves gaps, but no number is given twice.
        last_seq = connection.execute("SELECT coalesce(sum(last_seq), 0) FROM person").fetchone()[0]
    long = [day for day in days if day.local_date == LONG_AGO.date()]
    days = [day for day in days if day not in long]
    result.half_long += sum(len(day.drawing.strokes) % LONG > 0 for day in long)
    result.acknowledged, result.in_record = len(acknowledged), len(saved)
    result.lost += len(set(acknowledged) - set(saved))
    result.twice += sum(times - 1 for times in Counter(saved).values())
    result.half_check_ins += sum(len(day.marks) not in (1, WHOLE) for day in days)
    result.half_corrections += sum(
        len({mark.touched_nrs for mark in day.marks}) > 1 for day in days
    )
    result.unsound += not sound or last_seq < len(saved)


if __name__ == "__main__":
    sys.exit(main())
