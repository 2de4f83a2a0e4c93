"""Checks of the storyboards: they show what exists, and say one thing at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.model import Area, Point
from bodymap.atlas.storyboards import MOST_WORDS, Step


@check
def storyboards_show_what_exists(subject: Subject) -> Iterator[str]:
    """Every step of a storyboard shows a place that exists, on its own view and side."""
    for story in subject.atlas.storyboards.values():
        for number, step in enumerate(story.steps, 1):
            for fault in _faults(subject, step):
                yield f"storyboards/{story.id}.toml, step {number}: {fault}."


@check
def storyboards_are_short_and_cited(subject: Subject) -> Iterator[str]:
    """Every step of a storyboard is short, and its sources exist."""
    known = set(subject.atlas.sources)
    for story in subject.atlas.storyboards.values():
        for number, step in enumerate(story.steps, 1):
            where = f"storyboards/{story.id}.toml, step {number}"
            count = len(step.statement.text.split())
            if count > MOST_WORDS:
                yield f"{where}: has {count} words, more than {MOST_WORDS}."
            for source in set(step.statement.sources) - known:
                yield f"{where}: cites {source}, which isn't in sources.csv."


def _faults(subject: Subject, step: Step) -> Iterator[str]:
    if step.note is not None and step.note not in subject.emergencies.notes:
        yield f"there is no emergency note {step.note}"
    if step.areas and step.point is not None:
        yield "shows an area and a point"
        return
    if not step.areas and step.point is None and step.side is not None:
        yield "has a side, but no place"
    for id_, count in Counter(step.areas).items():
        if count > 1:
            yield f"names {id_} {count} times"
        yield from _place_faults(step, id_, subject.atlas.areas.get(id_))
    if step.point is not None:
        yield from _place_faults(step, step.point, subject.atlas.points.get(step.point))


def _place_faults(step: Step, id_: str, place: Area | Point | None) -> Iterator[str]:
    if place is None:
        yield f"there is no {id_}"
    elif place.view != step.view:
        yield f"{id_} lies on the {place.view}"
    elif step.side is None and step.point is not None:
        yield f"{id_} needs a side"
    elif step.side is not None and step.side not in place.sides:
        yield f"{id_} has no {step.side} copy"
