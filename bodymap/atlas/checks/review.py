"""What nobody has checked against a source: the list that a clinician should read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bodymap.atlas.checks.registry import Subject
from bodymap.atlas.referral import ROLES, in_words
from bodymap.atlas.texts import DERIVED, GENERAL, LEVELS, Statement, Text


@dataclass(frozen=True, slots=True)
class Unverified:
    """A statement tagged as general teaching, and where it stands."""

    place: str
    statement: Statement

    @property
    def is_partly_sourced(self) -> bool:
        """Whether a source stands beside the general teaching."""
        return any(source not in (GENERAL, DERIVED) for source in self.statement.sources)


def unverified(subject: Subject) -> list[Unverified]:
    """Return every statement tagged G, with its file, level and heading, in the files' order."""
    return [
        Unverified(place, statement)
        for place, statement in stated(subject)
        if GENERAL in statement.sources
    ]


def stated(subject: Subject) -> Iterator[tuple[str, Statement]]:
    """Yield everything that is stated anywhere in data/, with file, level and heading."""
    for text in subject.atlas.texts.values():
        yield from _of_text(text)
    for therapy in subject.atlas.therapies.values():
        yield f"therapies.csv, {therapy.id}, evidence", therapy.evidence
        yield f"therapies.csv, {therapy.id}, caution", therapy.caution
        if therapy.contradiction:
            yield f"therapies.csv, {therapy.id}, contradiction", therapy.contradiction
        for guideline, verdict in therapy.verdicts.items():
            yield f"verdicts.csv, {therapy.id}, {guideline}", verdict.statement
    for note in subject.emergencies.notes.values():
        yield from _each(f"emergency/{note.key}.md, Long", note.long)
        yield from _each(f"emergency/{note.key}.md, Short", note.short)
    for section in subject.emergencies.help:
        yield from _each(f"help.md, {section.heading}", section.paragraphs)
    for complaint in subject.atlas.complaints.values():
        words = f"{complaint.words}: {', '.join(complaint.points)}; {complaint.check_first}"
        yield (
            f"complaints.csv, {complaint.id}",
            Statement(words, complaint.sources, is_item=False),
        )
    for story in subject.atlas.storyboards.values():
        for number, step in enumerate(story.steps, 1):
            yield f"storyboards/{story.id}.toml, step {number}", step.statement
    yield from _of_patterns(subject)
    for numbers in subject.emergencies.countries.values():
        sources = tuple(numbers.source.split(";")) + ((GENERAL,) if numbers.unconfirmed else ())
        words = f"{numbers.country}: {numbers.unconfirmed or 'all columns read'}"
        yield "emergency_numbers.csv, unconfirmed", Statement(words, sources, is_item=False)


def never_cited(subject: Subject) -> list[str]:
    """Return the ids of the sources that nothing in data/ cites."""
    cited = {source for _, statement in stated(subject) for source in statement.sources}
    return [
        id_ for id_ in subject.atlas.sources if id_ not in cited and id_ not in (GENERAL, DERIVED)
    ]


def _of_patterns(subject: Subject) -> Iterator[tuple[str, Statement]]:
    disputed: dict[str, Statement] = {}
    for pattern in subject.atlas.patterns.values():
        for role in ROLES:
            zones = subject.atlas.zones
            named = [in_words(use, zones[use.zone_id]) for use in pattern.uses(role)]
            sources = dict.fromkeys(s for use in pattern.uses(role) for s in use.sources)
            if named:
                words = Statement("; ".join(named), tuple(sources), is_item=False)
                yield f"referred_pain/patterns.csv, {pattern.point_id}, {role}", words
        disputed |= {statement.text: statement for statement in pattern.disputed}
    for statement in disputed.values():
        yield "referred_pain/disputed.csv", statement


def _of_text(text: Text) -> Iterator[tuple[str, Statement]]:
    for level in LEVELS:
        yield from _each(f"{text.file}, {level}, lead", text.lead(level))
        for section in text.sections(level):
            yield from _each(f"{text.file}, {level}, {section.heading}", section.paragraphs)


def _each(place: str, statements: Iterable[Statement]) -> Iterator[tuple[str, Statement]]:
    for statement in statements:
        yield place, statement
