"""The explanation texts and the learn pages: TOML front matter between +++ lines, then Markdown.

The body has a part "# Patient" and a part "# Clinical", each an optional lead and then sections
under "## " headings. A statement is one paragraph or one list item, and ends with where it comes
from in square brackets: [S22,S126] are sources, [D] is derived here, [G] is general teaching that
was not checked against a source; the heading or the words carry that caution.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bodymap.atlas.model import DataError, Level

LEVELS: tuple[Level, ...] = ("patient", "clinical")
DERIVED, GENERAL = "D", "G"

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "area": (
        "What lies here",
        "What pain here is like",
        "How it spreads",
        "When to get help",
        "How sure is this?",
    ),
    "point": (
        "Where it is",
        "Where its pain is said to go",
        "What it feels like",
        "What may bring it on",
        "What people try",
        "Can feel the same",
        "Do not press",
        "How sure is this?",
    ),
    "muscle": (
        "Where it runs",
        "What it does",
        "Its points",
        "Where its pain is said to go",
        "How sure is this?",
    ),
}
# A learn page has headings of its own, the same at both levels, and ends with this one.
HONESTY = "How sure is this?"

TextKind = Literal["area", "point", "muscle", "learn"]
TextKey = tuple[TextKind, str]
FOLDERS: Mapping[TextKind, str] = {
    "area": "texts/areas",
    "point": "texts/points",
    "muscle": "texts/muscles",
    "learn": "learn",
}

Press = Literal["ok", "gentle", "no"]

_CITATION = re.compile(r"\s*\[((?:S\d+[a-z]?|[DG])(?:, ?(?:S\d+[a-z]?|[DG]))*)\]$")
_ITEM = re.compile(r"(?:[-*]|\d+\.) +")


@dataclass(frozen=True, slots=True)
class Statement:
    """One paragraph or list item, its citation taken off; `sources` is empty when it had none."""

    text: str
    sources: tuple[str, ...]
    is_item: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the statements under it."""

    heading: str
    paragraphs: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The place of a learn page among the others, and what it leads to.

    `areas`, `pages` and `therapies` are ids; the pages are read in their `order`, from 1.
    """

    title: str
    order: int
    areas: tuple[str, ...]
    pages: tuple[str, ...]
    therapies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """What is known about an area, a point, a muscle or a topic, for patients and for clinicians.

    `summary` is a few words for lists. `emergency` is the key of the warning signs that must come
    first, or None. `press` (points only) says whether touching the place is harmless. `page` is
    what only a learn page has.
    """

    id: str
    kind: TextKind
    summary: str
    emergency: str | None
    press: Press | None
    words: tuple[str, ...]
    page: Page | None
    _leads: Mapping[Level, tuple[Statement, ...]]
    _sections: Mapping[Level, tuple[Section, ...]]

    def lead(self, level: Level) -> tuple[Statement, ...]:
        """Return the opening statements, before the first heading."""
        return self._leads[level]

    def sections(self, level: Level) -> tuple[Section, ...]:
        """Return the sections in the order of the file."""
        return self._sections[level]

    def statements(self, level: Level) -> Iterator[Statement]:
        """Yield every statement of a level: the lead, then section by section."""
        yield from self._leads[level]
        for section in self._sections[level]:
            yield from section.paragraphs

    @property
    def file(self) -> str:
        """The file below data/ that it was read from."""
        return f"{FOLDERS[self.kind]}/{self.id}.md"

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of all sources cited, in the order of their first use, without D and G."""
        cited = (
            source
            for level in LEVELS
            for statement in self.statements(level)
            for source in statement.sources
        )
        return tuple(dict.fromkeys(s for s in cited if s not in (DERIVED, GENERAL)))


_Words = Annotated[str, Field(min_length=1)]


class _FrontMatter(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    id: str
    kind: TextKind
    summary: _Words
    emergency: str
    press: Press | None = None
    words: list[_Words]
    title: _Words | None = None
    order: Annotated[int, Field(ge=1)] | None = None
    areas: list[_Words] | None = None
    pages: list[_Words] | None = None
    therapies: list[_Words] | None = None

    @model_validator(mode="after")
    def _press_belongs_to_points(self) -> Self:
        if (self.kind == "point") != (self.press is not None):
            raise ValueError("press must be given for a point and only for a point")
        return self

    @model_validator(mode="after")
    def _place_belongs_to_learn_pages(self) -> Self:
        for name in ("title", "order", "areas", "pages", "therapies"):
            if (self.kind == "learn") != (getattr(self, name) is not None):
                raise ValueError(f"{name} must be given for a learn page and only for one")
        return self

    def page(self) -> Page | None:
        if self.title is None or self.order is None:
            return None
        return Page(
            title=self.title,
            order=self.order,
            areas=tuple(self.areas or ()),
            pages=tuple(self.pages or ()),
            therapies=tuple(self.therapies or ()),
        )


Matter = TypeVar("Matter", bound=BaseModel)


def parse_text(raw: str, where: str) -> Text:
    """Read one text; `where` names the file in errors.

    Raises:
        DataError: the front matter or the outline is malformed.
    """
    matter, body = split_front_matter(raw, where)
    front = _validated(_FrontMatter, matter, where)
    parts = _parts(body, where)
    if [name for name, _ in parts] != ["Patient", "Clinical"]:
        raise DataError(f"{where}: needs the parts '# Patient' and '# Clinical', in this order.")
    leads: dict[Level, tuple[Statement, ...]] = {}
    sections: dict[Level, tuple[Section, ...]] = {}
    for level, (_, lines) in zip(LEVELS, parts, strict=True):
        chunks = _chunks(lines)
        leads[level] = statements_of(chunks[0][1])
        sections[level] = tuple(Section(head, statements_of(below)) for head, below in chunks[1:])
    return Text(
        id=front.id,
        kind=front.kind,
        summary=front.summary,
        emergency=front.emergency or None,
        press=front.press,
        words=tuple(front.words),
        page=front.page(),
        _leads=leads,
        _sections=sections,
    )


def split_front_matter(raw: str, where: str) -> tuple[dict, str]:
    """Split a file into its TOML table and the Markdown below.

    Raises:
        DataError: there is no front matter, or it is no TOML.
    """
    head, opened, rest = raw.lstrip("\ufeff").partition("+++\n")
    matter, closed, body = rest.partition("\n+++\n")
    if head.strip() or not opened or not closed:
        raise DataError(f"{where}: must begin with front matter between two lines of +++.")
    try:
        return tomllib.loads(matter), body
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{where}: the front matter is not valid TOML ({error}).") from None


def statements_of(lines: list[str]) -> tuple[Statement, ...]:
    """Join wrapped lines into paragraphs and list items, and take off their citations."""
    found: list[list[str]] = []
    is_item: list[bool] = []
    open_block = False
    for line in lines:
        text = line.strip()
        starts_item = _ITEM.match(text)
        if not text:
            open_block = False
        elif starts_item or not open_block:
            found.append([text[starts_item.end() :] if starts_item else text])
            is_item.append(starts_item is not None)
            open_block = True
        else:
            found[-1].append(text)
    return tuple(
        _statement(" ".join(block), item) for block, item in zip(found, is_item, strict=True)
    )


def _validated(model: type[Matter], matter: dict, where: str) -> Matter:
    try:
        return model.model_validate(matter)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "front matter"
        reason = first["msg"].removeprefix("Value error, ")
        raise DataError(f"{where}, {field}: {reason[0].lower()}{reason[1:]}.") from None


def _statement(text: str, is_item: bool) -> Statement:
    citation = _CITATION.search(text)
    if citation is None:
        return Statement(text, (), is_item)
    sources = tuple(part.strip() for part in citation[1].split(","))
    return Statement(text[: citation.start()], sources, is_item)


def _parts(body: str, where: str) -> list[tuple[str, list[str]]]:
    parts: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("# "):
            parts.append((line[2:].strip(), []))
        elif line.startswith("###"):
            raise DataError(f"{where}: the heading '{line.strip()}' is deeper than '## '.")
        elif parts:
            parts[-1][1].append(line)
        elif line.strip():
            raise DataError(f"{where}: there is text before the first '# ' heading.")
    return parts


def _chunks(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Split at "## " headings; the first chunk, with an empty heading, is the lead."""
    chunks: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        if line.startswith("## "):
            chunks.append((line[3:].strip(), []))
        else:
            chunks[-1][1].append(line)
    return chunks
