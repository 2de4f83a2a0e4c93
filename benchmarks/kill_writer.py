"""Kill a process that is saving marks and strokes, again and again, and look for what is lost.

    python benchmarks/kill_writer.py              # 60 kills
    python benchmarks/kill_writer.py --kills 12 --most 20 --json

A writer opens the record (the first one makes it), saves single marks, strokes and whole check-ins
through ``Store``, corrects check-ins at once, and notes each acknowledged id in a file *after*
``Store`` returned it. It is killed with SIGKILL at a random moment. Then the record must be sound,
hold every acknowledged statement once, no check-in in part, and of each corrected one either all
old values or all new. Exits 1 if anything is lost, double, half or damaged.
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

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bodymap.records import (  # noqa: E402 -- the path comes first
    MarkOperation,
    StrokeOperation,
    open_store,
    sqlite_file,
)
from bodymap.records.sqlite_file import journal_mode  # noqa: E402

PERSON = "local"
WHOLE = 12  # places in a check-in that is saved or copied at once
ID_BYTES = 37  # a UUID and its line end
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


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
    unsound: int = 0

    @property
    def is_sound(self) -> bool:
        halves = self.half_check_ins + self.half_corrections
        return not self.lost + self.twice + halves + self.unsound


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kills", type=int, default=60)
    arguments.add_argument("--most", type=int, default=450, help="marks saved before a kill")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--journal", choices=("TRUNCATE", "WAL"), default=journal_mode())
    arguments.add_argument("--json", action="store_true", help="print the numbers as JSON")
    arguments.add_argument("--write", nargs=2, metavar=("RECORD", "NOTES"), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    # The app takes what is safe with its SQLite; the other is measured for those who have it.
    sqlite_file.journal_mode = lambda: options.journal
    if options.write:
        write_for_ever(*map(Path, options.write))
    with tempfile.TemporaryDirectory(prefix="bodymap-kills-") as folder:
        result = kill_writers(Path(folder), options)
    if options.json:
        print(json.dumps(asdict(result)))
    else:
        print(f"SQLite {sqlite3.sqlite_version}, journal {options.journal}, synchronous FULL")
        for name, value in asdict(result).items():
            print(f"{name.replace('_', ' '):>15}: {value}")
    return 0 if result.is_sound else 1


def write_for_ever(record: Path, notes: Path) -> None:
    """Save marks and strokes on one day, whole check-ins on others; note what is acknowledged."""
    noted = os.open(notes, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    with open_store(f"sqlite:///{record}") as store:
        days = store.check_ins(PERSON, last=1, drawings=False)
        day = NOON + timedelta(days=(days[-1].local_date - NOON.date()).days + 1 if days else 1)
        while True:
            for level in range(random.randrange(1, 20)):
                drawn = stroke(NOON, level)
                note(noted, store.apply(PERSON, [mark("single", NOON, level % 11)]))
                note(noted, store.apply(PERSON, [drawn]))
                note(noted, store.apply(PERSON, [taken_back(drawn)]))
            for level in (3, 7, 5):  # the first values, and two corrections of all of them
                whole = [mark(f"whole-{place}", day, level) for place in range(WHOLE)]
                note(noted, store.apply(PERSON, whole))
            next_day = day + timedelta(days=1)
            source = day.date().isoformat()
            note(noted, store.copy_forward(PERSON, source, next_day, "UTC", 0))
            day = next_day + timedelta(days=1)


def mark(target: str, at: datetime, level: int) -> MarkOperation:
    return MarkOperation(
        id=str(uuid.uuid4()),
        target=target,
        side="midline",
        touched_nrs=level,
        by_itself_nrs=None,
        at=at,
        zone="UTC",
        utc_offset_min=0,
    )


def stroke(at: datetime, number: int) -> StrokeOperation:
    return StrokeOperation(
        id=str(uuid.uuid4()),
        stroke_id=str(uuid.uuid4()),
        view="back",
        tool="brush",
        points=tuple((place, number) for place in range(200)),
        width_mm=28,
        at=at,
        zone="UTC",
        utc_offset_min=0,
    )


def taken_back(drawn: StrokeOperation) -> StrokeOperation:
    return replace(drawn, id=str(uuid.uuid4()), is_there=False)


def note(noted: int, ids: tuple[str, ...]) -> None:
    # One write of the whole batch: a killed process's writes are kept by the system.
    os.write(noted, "".join(f"{id_}\n" for id_ in ids).encode())


def kill_writers(folder: Path, options: argparse.Namespace) -> Result:
    result, dice = Result(), random.Random(options.seed)
    record, notes = folder / "records" / "record.sqlite", folder / "acknowledged"
    begin = time.perf_counter()
    for _ in range(options.kills):
        command = [sys.executable, __file__, "--journal", options.journal]
        command += ["--write", str(record), str(notes)]
        writer = subprocess.Popen(command)
        if dice.random() < 1 / 6:
            # While it starts, opens the record or, the first time, makes it.
            passed(writer, dice.uniform(0, 1.2))
        else:
            wait_for_notes(writer, notes, ID_BYTES * dice.randint(1, options.most))
            passed(writer, dice.uniform(0, 0.05))
        if writer.poll() is not None:
            raise RuntimeError(f"the writer ended by itself with {writer.returncode}")
        writer.kill()
        writer.wait()
        result.kills += 1
        inspect(record, notes, result)
    result.seconds = round(time.perf_counter() - begin, 1)
    return result


def wait_for_notes(writer: subprocess.Popen, notes: Path, more: int) -> None:
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
    with open_store(f"sqlite:///{record}") as store:
        saved = [operation.id for operation in store.record(PERSON).operations]
        days = store.check_ins(PERSON, drawings=False)
    with closing(sqlite3.connect(record)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        last_seq = connection.execute("SELECT coalesce(sum(last_seq), 0) FROM person").fetchone()[0]
    result.acknowledged, result.in_record = len(acknowledged), len(saved)
    result.lost += len(set(acknowledged) - set(saved))
    result.twice += sum(times - 1 for times in Counter(saved).values())
    result.half_check_ins += sum(len(day.marks) not in (1, WHOLE) for day in days)
    result.half_corrections += sum(
        len({mark.touched_nrs for mark in day.marks}) > 1 for day in days
    )
    result.unsound += not sound or last_seq != len(saved)


if __name__ == "__main__":
    sys.exit(main())
