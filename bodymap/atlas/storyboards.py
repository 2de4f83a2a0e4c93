"""Storyboards: what a clinician presents step by step, one idea each; data/storyboards/*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bodymap.atlas.files import Slug, Strict, Words, validated
from bodymap.atlas.model import DataError, Side, View
from bodymap.atlas.texts import Statement

Layer = Literal["points", "muscles", "bones", "spread", "labels", "tender"]

MOST_WORDS = 45


@dataclass(frozen=True, slots=True)
class Step:
    """One idea, and what is lit with it: nothing, so the whole body; some areas; or a point.

    `note` is the key of the emergency note that is shown in full beside it, or None.
    """

    title: str
    subtitle: str
    statement: Statement
    view: View
    areas: tuple[str, ...]
    point: str | None
    side: Side | None
    layers: tuple[Layer, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Storyboard:
    """The steps of one subject, in their order."""

    id: str
    title: str
    order: int
    steps: tuple[Step, ...]


class _StepEntry(Strict):
    title: Annotated[str, Field(min_length=1, max_length=40)]
    subtitle: Annotated[str, Field(max_length=40)]
    text: Words
    sources: Annotated[list[str], Field(min_length=1)]
    view: View
    areas: list[str]
    point: str
    side: Side | Literal[""]
    layers: list[Layer]
    note: str = ""


class _File(Strict):
    id: Slug
    title: Words
    order: int
    steps: Annotated[list[_StepEntry], Field(min_length=2)]


def read_storyboards(folder: Path) -> dict[str, Storyboard]:
    """Read every storyboard of a folder, in their order.

    Raises:
        DataError: a file is malformed, or its id is not its file's name.
    """
    found = [_read(path) for path in sorted(folder.glob("*.toml"))]
    return {story.id: story for story in sorted(found, key=lambda story: story.order)}


def _read(path: Path) -> Storyboard:
    where = f"storyboards/{path.name}"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{where}: is not TOML: {error}.") from None
    file = validated(_File, raw, where)
    if file.id != path.stem:
        raise DataError(f"{where}, id: says {file.id}.")
    return Storyboard(file.id, file.title, file.order, tuple(map(_step, file.steps)))


def _step(entry: _StepEntry) -> Step:
    return Step(
        title=entry.title,
        subtitle=entry.subtitle,
        statement=Statement(entry.text, tuple(entry.sources), is_item=False),
        view=entry.view,
        areas=tuple(entry.areas),
        point=entry.point or None,
        side=entry.side or None,
        layers=tuple(entry.layers),
        note=entry.note or None,
    )
