"""Compare what browsers made and saw acknowledged with what the record holds."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bodymap.records import open_store

PERSON = "local"


@dataclass
class Result:
    """All but the first three must be 0."""

    made: int
    acknowledged: int
    saved: int
    lost: int
    twice: int
    never_made: int
    wrong_level: int

    @property
    def is_sound(self) -> bool:
        return self.made == self.acknowledged == self.saved and not (
            self.lost + self.twice + self.never_made + self.wrong_level
        )

    def __str__(self) -> str:
        return ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in vars(self).items())


def saved_ids(url: str) -> list[str]:
    """Return the id of every operation in the record."""
    with open_store(url) as store:
        return [operation.id for operation in store.record(PERSON).operations]


def compare(url: str, logs: Sequence[dict]) -> Result:
    """Compare the logs of all tabs (browsing.LOG_OUTBOX) with the record at the end."""
    made = {operation["id"]: operation for log in logs for operation in log["made"]}
    acknowledged = {one["id"] for log in logs for one in log["acknowledged"]}
    with open_store(url) as store:
        saved = [operation.id for operation in store.record(PERSON).operations]
        shown = {
            (mark.target, mark.side): (mark.touched_nrs, mark.by_itself_nrs)
            for day in store.check_ins(PERSON)
            for mark in day.marks
        }
    last = {}
    for operation in sorted(made.values(), key=lambda one: one["at"]):
        last[operation["target"], operation["side"]] = (
            operation["touched"],
            operation["by_itself"],
        )
    return Result(
        made=len(made),
        acknowledged=len(acknowledged),
        saved=len(saved),
        lost=len(acknowledged - set(saved)),
        twice=sum(times - 1 for times in Counter(saved).values()),
        never_made=len(set(saved) - set(made)),
        wrong_level=sum(shown.get(place) != levels for place, levels in last.items()),
    )
