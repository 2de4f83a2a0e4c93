"""How a check is written: a function with one sentence of intent that yields what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bodymap.atlas.atlas import Atlas
from bodymap.atlas.emergency import Emergencies
from bodymap.atlas.figure import Figure
from bodymap.atlas.model import VIEWS, DataError

STATIC = Path(__file__).resolve().parents[3] / "static"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked: the atlas, what to do in an emergency, and the browser's files."""

    atlas: Atlas
    emergencies: Emergencies
    static: Path = STATIC

    def figures(self) -> Iterator[Figure]:
        """Yield every figure that can be built; a check of its own reports the others."""
        for body in self.atlas.bodies:
            for view in VIEWS:
                try:
                    yield self.atlas.figure(body, view)
                except DataError:
                    continue


CheckFunction = Callable[[Subject], Iterator[str]]

CHECKS: list[CheckFunction] = []


def check(function: CheckFunction) -> CheckFunction:
    """Add a function to the checks that `python -m bodymap check` runs."""
    CHECKS.append(function)
    return function


def intent(function: CheckFunction) -> str:
    """Return the check's one sentence."""
    return (function.__doc__ or "").partition("\n")[0].rstrip(".")
