"""Named checks of data/ and of what is built from it. All run; everything wrong is listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bodymap.atlas import emergency, files, referral
from bodymap.atlas.atlas import DATA, Atlas, read
from bodymap.atlas.checks import (
    anatomy,
    figures,  # noqa: F401 (they register)
    frame,  # noqa: F401
    guides,  # noqa: F401
    patterns,  # noqa: F401
    readability,
    storyboards,  # noqa: F401
    texts,  # noqa: F401
    wording,  # noqa: F401
)
from bodymap.atlas.checks.registry import CHECKS, STATIC, Subject, intent
from bodymap.atlas.checks.review import Unverified, never_cited, stated, unverified
from bodymap.atlas.guides import read_guides
from bodymap.atlas.model import DataError
from bodymap.atlas.storyboards import read_storyboards
from bodymap.atlas.texts import FOLDERS
from bodymap.atlas.therapies import read_therapies

HARDEST_SHOWN = 5

__all__ = ["Report", "Unverified", "run", "unverified_in"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and what is wrong; `problems` is a list of sentences per intent.

    `remarks` are worth knowing and not wrong: the hardest texts, sources that nothing cites.
    """

    counts: tuple[tuple[str, int], ...]
    problems: tuple[tuple[str, tuple[str, ...]], ...]
    remarks: tuple[str, ...] = ()

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
    return Report(_counts(atlas, subject), tuple(found), tuple(remarks(subject)))


def unverified_in(data: Path = DATA) -> list[Unverified]:
    """Return every statement of data/ that rests on general teaching.

    Raises:
        DataError: a file can't be read.
    """
    atlas, malformed = read(data)
    if malformed:
        raise DataError(malformed[0])
    return unverified(Subject(atlas, emergency.load(data)))


def remarks(subject: Subject) -> Iterator[str]:
    """Yield what is worth knowing and not wrong: the hardest texts, sources that nothing cites."""
    if readability.is_possible():
        pieces = ", ".join(
            f"{name} {grade:.1f}" for grade, name in readability.hardest(subject, HARDEST_SHOWN)
        )
        yield f"Hardest for patients (US grade, at most {readability.HIGHEST_GRADE}): {pieces}."
    else:
        yield readability.SKIPPED
    unused = never_cited(subject)
    if unused:
        yield f"Sources that nothing cites: {', '.join(unused)}."


def _unreadable_files(data: Path):
    """Yield the first fault of each file, so that two broken files are named in one run."""
    readers = (
        (files.read_areas, "areas.json"),
        (files.read_muscles, "muscles.json"),
        (files.read_point_rows, "points.csv"),
        (files.read_landmarks, "landmarks.csv"),
        (read_guides, "guides.csv"),
        (files.read_sources, "sources.csv"),
        (files.read_complaints, "complaints.csv"),
        (lambda path: read_therapies(path, data / "verdicts.csv"), "therapies.csv"),
        (referral.read_zone_entries, "referred_pain/zones.json"),
        (referral.read_pattern_rows, "referred_pain/patterns.csv"),
        (referral.read_disputed_rows, "referred_pain/disputed.csv"),
        (read_storyboards, "storyboards"),
    )
    for reader, name in readers:
        try:
            reader(data / name)
        except DataError as error:
            yield str(error)


def _counts(atlas: Atlas, subject: Subject) -> tuple[tuple[str, int], ...]:
    statements = [statement for _, statement in stated(subject)]
    bodies = {figure.body for figure in subject.figures()}
    return (
        ("areas", len(atlas.areas)),
        ("areas, each side counted", sum(len(area.sides) for area in atlas.areas.values())),
        ("points", len(atlas.points)),
        ("placed points a body", sum(len(point.sides) for point in atlas.points.values())),
        ("muscles", len(atlas.muscles)),
        ("guide lines", len(atlas.guides)),
        ("bodies", len(bodies)),
        ("anatomical rules a body", len(anatomy.RULES)),
        *(
            (f"texts of kind {kind}", sum(key[0] == kind for key in atlas.texts))
            for kind in FOLDERS
        ),
        ("therapies", len(atlas.therapies)),
        ("verdicts", sum(len(therapy.verdicts) for therapy in atlas.therapies.values())),
        ("statements", len(statements)),
        ("statements of general teaching", len(unverified(subject))),
        ("sources", len(atlas.sources)),
        ("sources cited", len(atlas.sources) - len(never_cited(subject))),
        ("complaints", len(atlas.complaints)),
        ("zones of referred pain", len(atlas.zones)),
        ("patterns", len(atlas.patterns)),
        ("storyboards", len(atlas.storyboards)),
    )
