"""The atlas as a whole: load data/ once, look things up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from bodymap.atlas import files, outlines, referral
from bodymap.atlas.curves import PatternsFile, read_drawn_patterns
from bodymap.atlas.figure import Figure, build_figure
from bodymap.atlas.guides import Guide, read_guides
from bodymap.atlas.model import (
    BODIES,
    WHOLE_BODY,
    Area,
    Complaint,
    DataError,
    Landmark,
    Muscle,
    Point,
    Side,
    Source,
    View,
    sign_of,
)
from bodymap.atlas.storyboards import Storyboard, read_storyboards
from bodymap.atlas.texts import FOLDERS, Text, TextKey, TextKind, parse_text
from bodymap.atlas.therapies import Therapy, read_therapies

DATA = Path(__file__).resolve().parents[2] / "data"

Slot = tuple[str, Side]


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Everything that is known. `slots` is every place that can carry a mark, in a fixed order."""

    areas: Mapping[str, Area]
    points: Mapping[str, Point]
    muscles: Mapping[str, Muscle]
    landmarks: tuple[Landmark, ...]
    guides: Mapping[str, Guide]
    complaints: Mapping[str, Complaint]
    sources: Mapping[str, Source]
    texts: Mapping[TextKey, Text]
    therapies: Mapping[str, Therapy]
    zones: Mapping[str, referral.Zone]
    patterns: Mapping[str, referral.Pattern]
    storyboards: Mapping[str, Storyboard]
    bodies: tuple[str, ...]
    slots: tuple[Slot, ...]
    folder: Path

    def figure(self, body: str, view: View) -> Figure:
        """Return one body in one view; built at the first call, then kept.

        Raises:
            DataError: there is no such body, or its files can't be used.
        """
        if body not in self.bodies:
            raise DataError(f"There is no body {body!r}; choose from {', '.join(self.bodies)}.")
        return _figure(self, body, view)

    def text(self, kind: TextKind, id_: str) -> Text:
        """Return the explanation of an area, a point or a muscle, or a learn page.

        Raises:
            DataError: there is no such text.
        """
        try:
            return self.texts[kind, id_]
        except KeyError:
            raise DataError(f"There is no text for the {kind} {id_!r}.") from None

    @property
    def learn_pages(self) -> tuple[Text, ...]:
        """The learn pages in the order in which they are meant to be read."""
        pages = [(text.page.order, text) for text in self.texts.values() if text.page]
        return tuple(text for _, text in sorted(pages, key=lambda page: page[0]))

    def points_of(self, muscle_id: str) -> tuple[Point, ...]:
        """Return the trigger points of a muscle in the order of the file."""
        return tuple(point for point in self.points.values() if point.muscle == muscle_id)

    def points_in(self, area_id: str) -> tuple[Point, ...]:
        """Return the points of an area in the order of the file."""
        return tuple(point for point in self.points.values() if point.area == area_id)

    def area_of(self, point_id: str, side: Side) -> Slot:
        """Return the area a point lies in and which side of it: ("interscapular", "midline")."""
        point = self.points[point_id]
        area = self.areas[point.area]
        at = [[point.x * sign_of(side), point.y]]
        for area_side, ring in area.outlines.items():
            if outlines.contains([ring], at)[0]:
                return area.id, area_side
        raise ValueError(f"{point_id} has no {side} copy in {area.id}")


@lru_cache(maxsize=4)
def load(folder: Path = DATA) -> Atlas:
    """Load and validate data/; the result is kept and never changes.

    Raises:
        DataError: a file is malformed; the message is one sentence with file and field.
    """
    atlas, problems = read(folder)
    if problems:
        raise DataError(problems[0])
    return atlas


def read(folder: Path) -> tuple[Atlas, list[str]]:
    """Read data/, collecting what is wrong with each text instead of stopping at the first.

    Raises:
        DataError: areas, muscles, points, landmarks, guides, sources or complaints can't be read.
    """
    areas = files.read_areas(folder / "areas.json")
    muscles = files.read_muscles(folder / "muscles.json")
    points = files.read_points(folder / "points.csv", _area_finder(areas))
    _refuse_what_points_to_nothing(points, areas, muscles)
    landmarks = files.read_landmarks(folder / "landmarks.csv")
    zones = referral.read_zones(folder / "referred_pain" / "zones.json", landmarks)
    patterns = referral.read_patterns(folder / "referred_pain", zones, points)
    problems: list[str] = []
    texts = _read_texts(folder, problems)
    atlas = Atlas(
        areas=MappingProxyType(areas),
        points=MappingProxyType(points),
        muscles=MappingProxyType(muscles),
        landmarks=landmarks,
        guides=MappingProxyType(read_guides(folder / "guides.csv")),
        complaints=files.read_complaints(folder / "complaints.csv"),
        sources=MappingProxyType(files.read_sources(folder / "sources.csv")),
        texts=MappingProxyType(texts),
        therapies=MappingProxyType(
            read_therapies(folder / "therapies.csv", folder / "verdicts.csv")
        ),
        zones=MappingProxyType(zones),
        patterns=MappingProxyType(patterns),
        storyboards=MappingProxyType(read_storyboards(folder / "storyboards")),
        bodies=BODIES,
        slots=_slots(areas, points),
        folder=folder,
    )
    return atlas, problems


@lru_cache(maxsize=8)
def _files_of(folder: Path, body: str) -> tuple[files.FigureFile, files.ShapesFile, PatternsFile]:
    figures = folder / "figures"
    return (
        files.read_figure(figures / f"{body}.json"),
        files.read_shapes(figures / f"{body}-shapes.json"),
        read_drawn_patterns(figures / f"{body}-patterns.json"),
    )


@lru_cache(maxsize=32)
def _figure(atlas: Atlas, body: str, view: View) -> Figure:
    file, shapes, patterns = _files_of(atlas.folder, body)
    return build_figure(
        file,
        shapes,
        view,
        atlas.landmarks,
        atlas.areas.values(),
        atlas.points.values(),
        patterns,
        atlas.guides.values(),
    )


def _area_finder(areas: Mapping[str, Area]):
    def area_of(view: View, x: float, y: float, where: str) -> str:
        holding = {
            area.id
            for area in areas.values()
            if area.view == view
            and outlines.contains(list(area.outlines.values()), np.array([[x, y]]))[0]
        }
        if len(holding) != 1:
            found = " and ".join(sorted(holding)) or "no area"
            raise DataError(f"{where}, x: ({x}, {y}) lies in {found}, not in exactly one area.")
        return holding.pop()

    return area_of


def _refuse_what_points_to_nothing(
    points: Mapping[str, Point], areas: Mapping[str, Area], muscles: Mapping[str, Muscle]
) -> None:
    for point in points.values():
        if point.muscle is not None and point.muscle not in muscles:
            raise DataError(
                f"points.csv, point {point.id}, muscle: {point.muscle} isn't in muscles.json."
            )
        if point.id in areas or point.id == WHOLE_BODY:
            raise DataError(f"points.csv, point {point.id}, id: an area has it already.")


def _slots(areas: Mapping[str, Area], points: Mapping[str, Point]) -> tuple[Slot, ...]:
    whole: list[Slot] = [(WHOLE_BODY, "midline")]
    of_areas = [(area.id, side) for area in areas.values() for side in area.sides]
    of_points = [(point.id, side) for point in points.values() for side in point.sides]
    return tuple(whole + of_areas + of_points)


def _read_texts(folder: Path, problems: list[str]) -> dict[TextKey, Text]:
    """Read every text that can be read; note the others in `problems`."""
    texts: dict[TextKey, Text] = {}
    for kind, below in FOLDERS.items():
        for path in sorted((folder / below).glob("*.md")):
            if path.name == "README.md":
                continue
            where = f"{below}/{path.name}"
            try:
                text = parse_text(path.read_text(encoding="utf-8"), where)
            except UnicodeDecodeError:
                problems.append(f"{where}: is not UTF-8 text.")
                continue
            except DataError as error:
                problems.append(str(error))
                continue
            if (text.kind, text.id) == (kind, path.stem):
                texts[kind, text.id] = text
            else:
                problems.append(f"{where}, id: says {text.kind} {text.id}.")
    return texts
