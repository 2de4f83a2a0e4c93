"""Read the files of data/ and validate them strictly, row by row and field by field.

Every reader returns the immutable nouns of `model` or raises DataError: one sentence that names
the file, the line or entry, and the field.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bodymap.atlas.model import (
    Area,
    Array,
    Complaint,
    DataError,
    Landmark,
    LimbAnchor,
    Muscle,
    Point,
    PointKind,
    Side,
    Source,
    View,
)

_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")
_SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


def _number_written_out(value: object) -> object:
    """CSV holds text: take a plain decimal number and nothing else (no nan, inf or 1e3)."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise ValueError(f"{value!r} is not a decimal number")
        return float(value)
    return value


def _split(separator: str) -> BeforeValidator:
    def split(value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(separator) if part.strip()]
        return value

    return BeforeValidator(split)


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


Slug = Annotated[str, Field(pattern=_SLUG)]
Words = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(_number_written_out)]
SpacedList = _split(" ")
OptionalNumber = Annotated[Number | None, BeforeValidator(_none_if_empty)]
OptionalSlug = Annotated[Slug | None, BeforeValidator(_none_if_empty)]
OptionalWords = Annotated[str | None, BeforeValidator(_none_if_empty)]
XY = Annotated[
    list[Annotated[float, Field(allow_inf_nan=False)]], Field(min_length=2, max_length=2)
]
Ring = Annotated[list[XY], Field(min_length=3)]


_Level = Annotated[str, Field(pattern=r"^[CTLS]\d{1,2}$")]


class Strict(BaseModel):
    """One row or entry: nothing is converted, and a field that nobody knows is refused."""

    model_config = ConfigDict(strict=True, extra="forbid")


class _PointRow(Strict):
    id: Slug
    code: Annotated[str, Field(pattern=r"^[A-Z]{2,4}\d?\d?$")]
    kind: PointKind
    view: View
    name: Words
    clinical_name: Words
    sides: Annotated[list[Side], Field(min_length=1), SpacedList]
    x: Annotated[Number, Field(ge=0)]
    y: Number
    level: str
    anchor_from: OptionalWords
    anchor_to: OptionalWords
    t: OptionalNumber
    lateral_offset: OptionalNumber
    muscle: OptionalSlug


class _LandmarkRow(Strict):
    landmark: Words
    view: Literal["back", "front", "both"]
    x: Annotated[Number, Field(ge=0)]
    y: Number
    level: Annotated[_Level | None, BeforeValidator(_none_if_empty)]
    basis: str
    anchor: OptionalWords
    kind: Literal["landmark", "joint", "contour"]
    changed: str


class _SourceRow(Strict):
    id: Annotated[str, Field(pattern=r"^(S\d+[a-z]?|[DG])$")]
    kind: Words
    citation: Words
    url: Annotated[list[str], SpacedList]
    note: str


class _ComplaintRow(Strict):
    id: Slug
    words: Words
    also: Annotated[list[str], _split(";")]
    points: Annotated[list[Slug], Field(min_length=1), SpacedList]
    check_first: str
    emergency: str
    sources: Annotated[list[str], SpacedList]


class _AreaEntry(Strict):
    id: Slug
    view: View
    name: Words
    clinical_name: Words
    group: Slug
    lens: Literal["whole", "side"]
    wpi: dict[Side, str]
    outlines: Annotated[dict[Side, Ring], Field(min_length=1)]


class _MuscleEntry(BaseModel):
    # The figure builder keeps its own drawing data (outline, fibres) beside these fields.
    model_config = ConfigDict(strict=True, extra="ignore")

    name: Words
    view: View
    depth: Words
    attachments: Words


class _FigureView(Strict):
    view_box: Annotated[list[float], Field(min_length=4, max_length=4)]
    anchors_mm: dict[str, XY]
    silhouette_mm: Annotated[list[Ring], Field(min_length=1)]


class FigureFile(Strict):
    """data/figures/<body>.json: one body's landmarks, and per view its anchors and silhouette."""

    body: Slug
    name: Words
    stature_mm: Annotated[float, Field(gt=0)]
    landmarks_mm: dict[str, XY]
    views: dict[View, _FigureView]


class _Shape(Strict):
    id: Slug
    side: Side
    outline_mm: Ring


class _ShapesView(Strict):
    areas: list[_Shape]
    muscles: list[_Shape]


class ShapesFile(Strict):
    """data/figures/<body>-shapes.json: the areas and muscles warped to a body, cut by its skin."""

    back: _ShapesView
    front: _ShapesView


Row = TypeVar("Row", bound=BaseModel)

# (view, x, y, place for error messages) -> area id
AreaFinder = Callable[[View, float, float, str], str]


def read_areas(path: Path) -> dict[str, Area]:
    """Read data/areas.json."""
    areas: dict[str, Area] = {}
    for number, raw in enumerate(json_of(path, list), start=1):
        name = raw.get("id", number) if isinstance(raw, dict) else number
        entry = validated(_AreaEntry, raw, f"{path.name}, area {name}")
        if entry.id in areas:
            raise DataError(f"{path.name}, area {entry.id}: the id occurs twice.")
        areas[entry.id] = Area(
            id=entry.id,
            view=entry.view,
            name=entry.name,
            clinical_name=entry.clinical_name,
            group=entry.group,
            lens=entry.lens,
            wpi=entry.wpi,
            outlines={side: ring_array(ring) for side, ring in entry.outlines.items()},
        )
    return areas


def read_muscles(path: Path) -> dict[str, Muscle]:
    """Read the names, views and attachments in data/muscles.json."""
    muscles: dict[str, Muscle] = {}
    for id_, raw in json_of(path, dict).items():
        entry = validated(_MuscleEntry, raw, f"{path.name}, muscle {id_}")
        muscles[id_] = Muscle(id_, entry.name, entry.view, entry.depth, entry.attachments)
    return muscles


def read_points(path: Path, area_of: AreaFinder) -> dict[str, Point]:
    """Read data/points.csv; `area_of` names the area that holds a place."""
    points: dict[str, Point] = {}
    for where, row in read_point_rows(path):
        points[row.id] = Point(
            id=row.id,
            code=row.code,
            kind=row.kind,
            view=row.view,
            name=row.name,
            clinical_name=row.clinical_name,
            sides=tuple(row.sides),
            x=row.x,
            y=row.y,
            level=row.level,
            limb=_limb_anchor(row, where),
            muscle=row.muscle,
            area=area_of(row.view, row.x, row.y, where),
        )
    return points


def read_point_rows(path: Path) -> list[tuple[str, _PointRow]]:
    """Read data/points.csv as far as it can be judged without the areas."""
    rows = list(rows_of(path, _PointRow))
    seen: set[str] = set()
    for where, row in rows:
        if row.id in seen:
            raise DataError(f"{where}, id: {row.id} occurs twice.")
        if (row.kind == "trigger") != (row.muscle is not None):
            raise DataError(f"{where}, muscle: trigger points have one, others have none.")
        seen.add(row.id)
    return rows


def read_landmarks(path: Path) -> tuple[Landmark, ...]:
    """Read data/landmarks.csv: places in the frame, and which of them the warp meets."""
    return tuple(
        Landmark(row.landmark, row.view, row.x, row.y, row.anchor, row.level)
        for _, row in rows_of(path, _LandmarkRow)
    )


def read_sources(path: Path) -> dict[str, Source]:
    """Read data/sources.csv."""
    sources: dict[str, Source] = {}
    for where, row in rows_of(path, _SourceRow):
        if row.id in sources:
            raise DataError(f"{where}, id: {row.id} occurs twice.")
        sources[row.id] = Source(row.id, row.kind, row.citation, tuple(row.url), row.note)
    return sources


def read_complaints(path: Path) -> dict[str, Complaint]:
    """Read data/complaints.csv."""
    complaints: dict[str, Complaint] = {}
    for where, row in rows_of(path, _ComplaintRow):
        if row.id in complaints:
            raise DataError(f"{where}, id: {row.id} occurs twice.")
        complaints[row.id] = Complaint(
            id=row.id,
            words=row.words,
            also=tuple(row.also),
            points=tuple(row.points),
            check_first=row.check_first,
            emergency=row.emergency or None,
            sources=tuple(row.sources),
        )
    return complaints


def read_figure(path: Path) -> FigureFile:
    """Read data/figures/<body>.json."""
    return validated(FigureFile, json_of(path, dict), path.name)


def read_shapes(path: Path) -> ShapesFile:
    """Read data/figures/<body>-shapes.json."""
    return validated(ShapesFile, json_of(path, dict), path.name)


def ring_array(ring: list[list[float]]) -> Array:
    """Make a read-only (n, 2) array of a ring, without a repeated last vertex."""
    array = np.array(ring, dtype=np.float64)
    if len(array) > 3 and (array[0] == array[-1]).all():
        array = array[:-1]
    array.setflags(write=False)
    return array


def validated(model: type[Row], raw: object, where: str) -> Row:
    """Validate one entry, or raise DataError with the first fault in one sentence."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        reason = first["msg"].removeprefix("Value error, ")
        at = f"{where}, {field}" if field else where
        raise DataError(f"{at}: {reason[0].lower()}{reason[1:]}.") from None


def _limb_anchor(row: _PointRow, where: str) -> LimbAnchor | None:
    given = (row.anchor_from, row.anchor_to, row.t, row.lateral_offset)
    if all(value is None for value in given):
        return None
    if (
        row.anchor_from is None
        or row.anchor_to is None
        or row.t is None
        or row.lateral_offset is None
    ):
        raise DataError(
            f"{where}, anchor_from: a limb anchor needs anchor_to, t and lateral_offset too."
        )
    return LimbAnchor(row.anchor_from, row.anchor_to, row.t, row.lateral_offset)


def rows_of(path: Path, model: type[Row]) -> Iterator[tuple[str, Row]]:
    """Yield each row of a CSV file with its place for error messages ("points.csv, line 7")."""
    text = _text(path)
    reader = csv.DictReader(text.splitlines(), strict=True)
    expected = list(model.model_fields)
    if reader.fieldnames is None or sorted(reader.fieldnames) != sorted(expected):
        raise DataError(f"{path.name}: the columns must be {', '.join(expected)}.")
    try:
        for raw in reader:
            where = f"{path.name}, line {reader.line_num}"
            if None in raw or None in raw.values():
                raise DataError(f"{where}: has not {len(expected)} columns.")
            yield where, validated(model, raw, where)
    except csv.Error as error:
        raise DataError(f"{path.name}, line {reader.line_num}: {error}.") from None


def json_of(path: Path, kind: type) -> Any:
    """Return the content of a JSON file that must hold a list or a dict."""
    try:
        value = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise DataError(f"{path.name}, line {error.lineno}: not valid JSON.") from None
    if not isinstance(value, kind):
        raise DataError(f"{path.name}: must hold a {'list' if kind is list else 'table'}.")
    return value


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise DataError(f"{path.name}: the file is missing or can't be read.") from None
    except UnicodeDecodeError:
        raise DataError(f"{path.name}: is not UTF-8 text.") from None


def frozen_points(table: Mapping[str, list[float]]) -> dict[str, Array]:
    """Make read-only (2,) arrays of a table of places."""
    places = {name: np.array(xy, dtype=np.float64) for name, xy in table.items()}
    for place in places.values():
        place.setflags(write=False)
    return places
