"""When to get help: the notes that stand before an explanation, the help page, the numbers.

Notes are data/emergency/<key>.md, each in a long form (for an area) and a short one (for a point);
both say ``{number}`` where the emergency number of the person's country belongs. The help page is
data/help.md. The numbers are data/emergency_numbers.csv; none is guessed from a browser's language.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from bodymap.atlas.atlas import DATA
from bodymap.atlas.model import DataError
from bodymap.atlas.texts import Section, Statement, split_front_matter, statements_of


@dataclass(frozen=True, slots=True)
class EmergencyNote:
    """The warning signs of one region, to be read before anything else about it."""

    key: str
    title: str
    long: tuple[Statement, ...]
    short: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class CountryNumbers:
    """Whom to call in one country; an empty text where no number was found.

    ``unconfirmed`` names the fields that rest on general knowledge only. The fields are the columns
    of the file; ``country_code`` is empty in the last row, for everywhere else.
    """

    country_code: str
    country: str
    emergency: str
    emergency_also: str
    urgent_advice: str
    crisis_line: str
    crisis_also: str
    crisis_name: str
    crisis_how: str
    official_site: str
    checked: str
    unconfirmed: str
    source: str


def read_notes(folder: Path) -> dict[str, EmergencyNote]:
    """Read data/emergency/*.md.

    Raises:
        DataError: a note is malformed, or its id is not its file's name.
    """
    notes = {}
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        matter, body = split_front_matter(path.read_text(encoding="utf-8"), path.name)
        if set(matter) != {"id", "title"} or matter["id"] != path.stem:
            raise DataError(
                f"{path.name}: the front matter must be an id, equal to the file's name, "
                "and a title."
            )
        parts = _parts(body)
        if [heading for heading, _ in parts] != ["Long", "Short"]:
            raise DataError(f"{path.name}: needs the parts '# Long' and '# Short', in this order.")
        (_, long), (_, short) = parts
        notes[path.stem] = EmergencyNote(
            path.stem, matter["title"], statements_of(long), statements_of(short)
        )
    return notes


def read_help(path: Path) -> tuple[Section, ...]:
    """Read data/help.md: one section for each '## ' heading below its title."""
    _, body = split_front_matter(path.read_text(encoding="utf-8"), path.name)
    return tuple(
        Section(heading, statements_of(lines)) for heading, lines in _parts(body, mark="## ")
    )


def read_numbers(path: Path) -> dict[str, CountryNumbers]:
    """Read data/emergency_numbers.csv, by country code ("" for everywhere else).

    Raises:
        DataError: the header is another one, a line has the wrong width, or a code occurs twice.
    """
    columns = [field.name for field in fields(CountryNumbers)]
    numbers: dict[str, CountryNumbers] = {}
    reader = csv.reader(path.read_text(encoding="utf-8").splitlines(), strict=True)
    if next(reader, None) != columns:
        raise DataError(f"{path.name}, line 1: the columns must be {', '.join(columns)}.")
    for row in reader:
        if len(row) != len(columns):
            raise DataError(f"{path.name}, line {reader.line_num}: needs {len(columns)} fields.")
        if row[0] in numbers:
            raise DataError(f"{path.name}, line {reader.line_num}: {row[0]!r} occurs twice.")
        numbers[row[0]] = CountryNumbers(*row)
    return numbers


def _parts(body: str, mark: str = "# ") -> list[tuple[str, list[str]]]:
    parts: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith(mark):
            parts.append((line.removeprefix(mark).strip(), []))
        elif parts:
            parts[-1][1].append(line)
    return parts


@dataclass(frozen=True, slots=True)
class Emergencies:
    """The notes by key, the sections of the help page, and the countries by code."""

    notes: Mapping[str, EmergencyNote]
    help: tuple[Section, ...]
    countries: Mapping[str, CountryNumbers]


@lru_cache(maxsize=1)
def load(folder: Path = DATA) -> Emergencies:
    """Load data/emergency/, data/help.md and data/emergency_numbers.csv, once.

    Raises:
        DataError: a file is malformed.
    """
    return Emergencies(
        notes=MappingProxyType(read_notes(folder / "emergency")),
        help=read_help(folder / "help.md"),
        countries=MappingProxyType(read_numbers(folder / "emergency_numbers.csv")),
    )
