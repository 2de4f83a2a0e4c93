"""Cut the power at every call that the store makes to its disk, and look for what is lost.

    python benchmarks/power_cut.py                    # every cut, both journals, and the controls
    python benchmarks/power_cut.py --cuts 300 --json  # so many, spread over the run

A writer makes a record, saves marks, drawings and whole check-ins, corrects them, makes a backup,
puts it back, and deletes a day, all through ``Store``, on the SQLite that Python uses. A shim
writes down each call to the disk (``disk.py``). Then, for the moment after each call, the files are
made as a power cut could leave them: all that was asked for, only what was synced, and twice
something in between, torn at sectors. Each time the app must open the record, with every statement
that was acknowledged by then, no check-in in part, nothing that was deleted. Exits 1 otherwise.

A measure that can't fail says nothing. So the same is done with weakened writers: one that
acknowledges too early, one without transactions, one without a journal, one that never syncs. Each
must lose something, or this exits with 1, too.
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
from dataclasses import asdict, dataclass
from pathlib import Path

from disk import Disk, calls, compiled, watched
from weakened import CONTROLS, weaken
from writing import PERSON, WHOLE, mark, stroke

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from datetime import UTC, datetime, timedelta  # noqa: E402 -- the path comes first

from bodymap.records import StoreError, open_store, sqlite_file  # noqa: E402

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
POLICIES = ("all", "none", "some", "some")
JOURNALS = ("TRUNCATE", "WAL")


@dataclass
class Result:
    """What the cuts of one writer showed. All but the first three must be 0."""

    cuts: int = 0
    acknowledged: int = 0
    seconds: float = 0.0
    not_opened: int = 0
    lost: int = 0
    half: int = 0
    came_back: int = 0

    @property
    def is_sound(self) -> bool:
        return not (self.not_opened + self.lost + self.half + self.came_back)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--cuts", type=int, default=10**6, help="about so many for each journal")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--journal", choices=JOURNALS, action="append")
    arguments.add_argument("--no-controls", action="store_true")
    arguments.add_argument("--json", action="store_true", help="print the numbers as JSON")
    arguments.add_argument("--write", nargs=3, metavar=("FOLDER", "JOURNAL", "CONTROL"))
    options = arguments.parse_args()
    if options.write:
        folder, sqlite_file.journal_mode = Path(options.write[0]), lambda: options.write[1]
        write(folder, options.write[2])
        return 0
    results = {}
    with tempfile.TemporaryDirectory(prefix="bodymap-power-") as name:
        folder = Path(name)
        shim = compiled(folder)
        for journal in options.journal or JOURNALS:
            results[journal] = cut_everywhere(folder, shim, journal, "", options)
        if not options.no_controls:
            for control in CONTROLS:
                results[control] = cut_everywhere(folder, shim, "TRUNCATE", control, options)
    wrong = [
        name
        for name, result in results.items()
        if result.is_sound == (name in CONTROLS)  # a control must lose, the others must not
    ]
    if options.json:
        print(json.dumps({name: asdict(result) for name, result in results.items()}))
    else:
        print(f"SQLite {sqlite3.sqlite_version}")
        for name, result in results.items():
            facts = ", ".join(f"{key.replace('_', ' ')} {n}" for key, n in vars(result).items())
            print(f"{name:>18}: {facts}")
        print("BROKEN: " + ", ".join(wrong) if wrong else "holds: only the controls lose")
    return 1 if wrong else 0


def write(folder: Path, control: str) -> None:
    """Do what people do with a record, and note what was promised to them."""
    dice = random.Random(1)
    said = os.open(folder / "said", os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def note(sign: str, ids) -> None:
        os.write(said, "".join(f"{sign}{id_}\n" for id_ in ids).encode())

    def save(statements) -> None:
        if control == "early":
            note("+", [one.id for one in statements])
        done = store.apply(PERSON, statements)
        if control != "early":
            note("+", done)

    with weaken(control), open_store(f"sqlite:///{folder / 'records' / 'record.sqlite'}") as store:
        for number in range(6):
            save([mark("single", NOON, dice.randrange(11))])
            save([stroke(NOON, number)])
        for level in (3, 7):
            save(
                [mark(f"whole-{place}", NOON + timedelta(days=1), level) for place in range(WHOLE)]
            )
        copied = store.copy_forward(PERSON, "2026-01-02", NOON + timedelta(days=2), "UTC", 0)
        note("+", copied)
        backup = sqlite_file.backup(store.path, "0002")
        later = [mark(f"whole-{place}", NOON + timedelta(days=9), 4) for place in range(WHOLE)]
        save(later)
        # From here on these may be there or not, all or none; then they must be gone.
        note("?", [one.id for one in later])
        store.restore(backup)
        note("-", [one.id for one in later])
        note("?", copied)
        store.delete_days(PERSON, NOON.date() + timedelta(2), NOON.date() + timedelta(2))
        note("-", copied)
        for number in range(4):
            save([mark("single", NOON, number)])


def cut_everywhere(
    folder: Path, shim: Path, journal: str, control: str, options: argparse.Namespace
) -> Result:
    name = f"{journal}-{control}"
    work, log = folder / name, folder / f"{name}.log"
    work.mkdir()
    command = [sys.executable, __file__, "--write", str(work), journal, control]
    subprocess.run(command, env=watched(shim, work, log), check=True)
    sqlite_file.journal_mode = lambda: journal
    done, dice, result = calls(log), random.Random(options.seed), Result()
    begin = time.perf_counter()
    # Of the controls, every seventh cut is enough, until one of them shows a loss.
    step = 7 if control else max(1, len(done) * len(POLICIES) // options.cuts)
    disk, turn = Disk(str(work)), 0
    for call in done:
        disk.do(call)
        for policy in POLICIES:
            turn += 1
            if turn % step == 0:
                after_a_cut(disk, policy, dice, folder / f"{name}-cut", result)
        if control and not result.is_sound:
            break  # it has lost something, and that is all that was asked
    result.seconds = round(time.perf_counter() - begin, 1)
    return result


def after_a_cut(disk: Disk, policy: str, dice: random.Random, folder: Path, result: Result) -> None:
    """Make the files as the cut leaves them, and look at them as the next start of the app does."""
    said = bytes(disk.names[f"{disk.folder}/said"].live).decode().split()
    must = {line[1:] for line in said if line[0] == "+"}
    open_question = {line[1:] for line in said if line[0] == "?"}
    gone = {line[1:] for line in said if line[0] == "-"}
    must -= open_question
    open_question -= gone
    left = disk.left(policy, dice)
    records = folder / "records"
    records.mkdir(parents=True, exist_ok=True)
    for file in records.iterdir():
        file.unlink()
    for name, content in left.items():
        if name.startswith("records/") and not name.endswith("-shm"):  # an index, made anew
            (folder / name).write_bytes(content)
    result.cuts += 1
    result.acknowledged = len(must)
    try:
        with open_store(f"sqlite:///{records / 'record.sqlite'}") as store:
            saved = {one.id for one in store.record(PERSON).operations}
            days = store.check_ins(PERSON, drawings=False)
    except StoreError:
        result.not_opened += 1
        return
    result.lost += len(must - saved)
    halves = [day for day in days if len(day.marks) not in (1, WHOLE)]
    halves += [day for day in days if len({one.touched_nrs for one in day.marks}) > 1]
    result.half += len(halves) + (0 < len(open_question & saved) < len(open_question))
    result.came_back += len(gone & saved)


if __name__ == "__main__":
    sys.exit(main())
