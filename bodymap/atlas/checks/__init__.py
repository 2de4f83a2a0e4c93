"""Named checks of data/ and of what is built from it. All run; everything wrong is listed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bodymap.atlas import emergency, files
from bodymap.atlas.atlas import DATA, Atlas, read
from bodymap.atlas.checks import anatomy, figures, frame, texts  # noqa: F401 (they register)
from bodymap.atlas.checks.registry import CHECKS, STATIC, Subject, intent
from bodymap.atlas.model import DataError
from bodymap.atlas.texts import LEVELS

__all__ = ["Report", "run"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what is wrong; `problems` is a list of sentences per intent."""

    counts: tuple[tuple[str, int], ...]
    problems: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all is wrong."""
        return not any(found for _, found in self.problems)


def run(data: Path = DATA, static: Path = STATIC) -> Report:
    """Run every check over data/ and static/."""
    unreadable = tuple(_unreadable_files(data))
    if unreadable:
        return Report((), (("Every file of data/ can be read", unreadable),))
    try:
        atlas, malformed = read(data)
    except DataError as error:
        return Report((), (("Points, areas and muscles refer to each other", (str(error),)),))
    try:
        emergencies = emergency.load(data)
    except (DataError, OSError) as error:
        missing = isinstance(error, OSError) and error.filename
        malformed.append(f"{Path(missing).name}: is missing." if missing else str(error))
        emergencies = emergency.Emergencies({}, (), {})
    subject = Subject(atlas, emergencies, static)
    found = [("Every text and every emergency note can be read", tuple(malformed))]
    found += [(intent(check), tuple(check(subject))) for check in CHECKS]
    return Report(_counts(atlas, subject), tuple(found))


def _unreadable_files(data: Path):
    """Yield the first fault of each file, so that two broken files are named in one run."""
    readers = (
        (files.read_areas, "areas.json"),
        (files.read_muscles, "muscles.json"),
        (files.read_point_rows, "points.csv"),
        (files.read_landmarks, "landmarks.csv"),
        (files.read_sources, "sources.csv"),
        (files.read_complaints, "complaints.csv"),
    )
    for reader, name in readers:
        try:
            reader(data / name)
        except DataError as error:
            yield str(error)


def _counts(atlas: Atlas, subject: Subject) -> tuple[tuple[str, int], ...]:
    statements = [
        statement
        for text in atlas.texts.values()
        for level in LEVELS
        for statement in text.statements(level)
    ]
    bodies = {figure.body for figure in subject.figures()}
    return (
        ("areas", len(atlas.areas)),
        ("areas, each side counted", sum(len(area.sides) for area in atlas.areas.values())),
        ("points", len(atlas.points)),
        ("placed points a body", sum(len(point.sides) for point in atlas.points.values())),
        ("muscles", len(atlas.muscles)),
        ("bodies", len(bodies)),
        ("anatomical rules a body", len(anatomy.RULES)),
        ("texts", len(atlas.texts)),
        ("statements", len(statements)),
        ("sources", len(atlas.sources)),
        ("sources cited", len({s for text in atlas.texts.values() for s in text.sources})),
        ("complaints", len(atlas.complaints)),
    )
