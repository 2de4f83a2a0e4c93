"""What guidelines say about each therapy, side by side: data/therapies.csv and verdicts.csv.

A guideline that was not read is never quoted as if it had been: its verdict rests on general
teaching only, and `Verdict.was_read` is false. Where nothing was found there is no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from bodymap.atlas.files import Slug, SpacedList, Strict, Words, rows_of
from bodymap.atlas.model import DataError
from bodymap.atlas.texts import Statement

Guideline = Literal["eular", "ng193", "ng59", "awmf"]
Group = Literal["movement", "mind", "hands-on", "devices", "medicine"]
Grade = Literal[
    "strong-for",
    "for",
    "weak-for",
    "consider",
    "open",
    "too-little-evidence",
    "not-listed",
    "weak-against",
    "against",
    "strong-against",
]

# Order, short name, and what each is about; the years are those of the text that was used.
GUIDELINES: Mapping[Guideline, tuple[str, str]] = {
    "eular": ("EULAR 2016", "European, fibromyalgia"),
    "ng193": ("NICE NG193, 2021", "UK, long-lasting pain with no clear cause"),
    "ng59": ("NICE NG59, 2016", "UK, low back pain"),
    "awmf": ("AWMF 2017", "German, fibromyalgia"),
}

_CITED = Annotated[
    list[Annotated[str, Field(pattern=r"^(S\d+[a-z]?|[DG])$")]],
    Field(min_length=1),
    SpacedList,
]
_MAYBE_CITED = Annotated[
    list[Annotated[str, Field(pattern=r"^(S\d+[a-z]?|[DG])$")]],
    SpacedList,
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one guideline says about one therapy."""

    grade: Grade
    statement: Statement

    @property
    def was_read(self) -> bool:
        """Whether any of it rests on a text that was read."""
        return any(source.startswith("S") for source in self.statement.sources)


@dataclass(frozen=True, slots=True)
class Therapy:
    """A therapy: what trials found, who should not have it, where the guidelines contradict."""

    id: str
    name: str
    group: Group
    evidence: Statement
    caution: Statement
    contradiction: Statement | None
    verdicts: Mapping[Guideline, Verdict]

    def statements(self) -> tuple[Statement, ...]:
        """Return everything that is stated about it."""
        first = (self.evidence, self.caution)
        conflict = (self.contradiction,) if self.contradiction else ()
        return first + conflict + tuple(v.statement for v in self.verdicts.values())


class _TherapyRow(Strict):
    id: Slug
    name: Words
    group: Group
    evidence: Words
    evidence_sources: _CITED
    caution: Words
    caution_sources: _CITED
    contradiction: str
    contradiction_sources: _MAYBE_CITED


class _VerdictRow(Strict):
    therapy: Slug
    guideline: Guideline
    grade: Grade
    words: Words
    sources: _CITED


def read_therapies(therapies: Path, verdicts: Path) -> dict[str, Therapy]:
    """Read both files; the therapies keep the order of the first.

    Raises:
        DataError: a row is malformed, occurs twice, or gives a verdict on an unknown therapy.
    """
    given: dict[str, dict[Guideline, Verdict]] = {}
    rows: list[_TherapyRow] = []
    for where, row in rows_of(therapies, _TherapyRow):
        if row.id in given:
            raise DataError(f"{where}, id: {row.id} occurs twice.")
        if bool(row.contradiction) != bool(row.contradiction_sources):
            raise DataError(f"{where}, contradiction: stands or falls with its sources.")
        given[row.id] = {}
        rows.append(row)
    for where, verdict in rows_of(verdicts, _VerdictRow):
        if verdict.therapy not in given:
            raise DataError(f"{where}, therapy: {verdict.therapy} isn't in {therapies.name}.")
        if verdict.guideline in given[verdict.therapy]:
            raise DataError(f"{where}, guideline: {verdict.guideline} occurs twice.")
        given[verdict.therapy][verdict.guideline] = Verdict(
            verdict.grade, _stated(verdict.words, verdict.sources)
        )
    return {
        row.id: Therapy(
            id=row.id,
            name=row.name,
            group=row.group,
            evidence=_stated(row.evidence, row.evidence_sources),
            caution=_stated(row.caution, row.caution_sources),
            contradiction=(
                _stated(row.contradiction, row.contradiction_sources) if row.contradiction else None
            ),
            verdicts=MappingProxyType(given[row.id]),
        )
        for row in rows
    }


def _stated(words: str, sources: list[str]) -> Statement:
    return Statement(words, tuple(sources), is_item=False)
