"""Checks of the words: complete, cited, safe, and about things that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.texts import (
    DERIVED,
    FOLDERS,
    GENERAL,
    HEADINGS,
    HONESTY,
    LEVELS,
    Statement,
    Text,
    TextKey,
)

LONGEST_SUMMARY = 40
# Pain here can be heart, aorta, lung or a neck artery, so the warning signs come first.
ALARMING_AREAS = ("chest", "neck-front", "interscapular")
# Beside the carotid artery, or in the armpit with its nerves and vessels: shown, never pressed.
NEVER_PRESSED = ("TP02", "SCM1", "SCM2", "SCL1", "SSCP")


@check
def everything_has_a_text(subject: Subject) -> Iterator[str]:
    """Every area, point and muscle with points has a text, and every text belongs to one."""
    atlas = subject.atlas
    expected: set[TextKey] = {("area", id_) for id_ in atlas.areas}
    expected |= {("point", id_) for id_ in atlas.points}
    expected |= {("muscle", point.muscle) for point in atlas.points.values() if point.muscle}
    found = {key for key in atlas.texts if key[0] != "learn"}
    for kind, id_ in sorted(expected - found):
        yield f"{FOLDERS[kind]}/{id_}.md is missing."
    for kind, id_ in sorted(found - expected):
        yield f"{FOLDERS[kind]}/{id_}.md belongs to no {kind}."


@check
def texts_have_all_headings(subject: Subject) -> Iterator[str]:
    """Every text has all its headings in order, each with something below it, at both levels."""
    for text in subject.atlas.texts.values():
        patient = tuple(section.heading for section in text.sections("patient"))
        wanted = HEADINGS.get(text.kind, patient)
        if text.kind == "learn" and patient[-1:] != (HONESTY,):
            yield f"{text.file}: doesn't end with {HONESTY}"
        for level in LEVELS:
            sections = text.sections(level)
            headings = tuple(section.heading for section in sections)
            missing = [heading for heading in wanted if heading not in headings]
            if missing:
                yield f"{text.file}, {level}: lacks {', '.join(missing)}."
            elif headings != wanted:
                yield f"{text.file}, {level}: the headings are {', '.join(headings)}."
            for section in sections:
                if not section.paragraphs:
                    yield f"{text.file}, {level}: nothing stands under {section.heading}."


@check
def every_statement_names_its_source(subject: Subject) -> Iterator[str]:
    """Every paragraph and list item ends with sources that exist."""
    atlas = subject.atlas
    for text in atlas.texts.values():
        for level in LEVELS:
            place = f"{text.file}, {level}"
            yield from _uncited(place, text.statements(level), atlas.sources)
    for therapy in atlas.therapies.values():
        place = f"therapies.csv, verdicts.csv, {therapy.id}"
        yield from _uncited(place, therapy.statements(), atlas.sources)
    for note in subject.emergencies.notes.values():
        yield from _uncited(f"emergency/{note.key}.md", (*note.long, *note.short), atlas.sources)
    for section in subject.emergencies.help:
        yield from _uncited(f"help.md, {section.heading}", section.paragraphs, atlas.sources)


@check
def summaries_fit_in_a_list(subject: Subject) -> Iterator[str]:
    """Every summary has at most 40 characters."""
    for text in subject.atlas.texts.values():
        if len(text.summary) > LONGEST_SUMMARY:
            yield f"{text.file}: the summary has {len(text.summary)} characters."


@check
def emergencies_come_first_where_they_must(subject: Subject) -> Iterator[str]:
    """Chest, front of the neck and between the blades lead to warning signs; all keys exist."""
    notes = subject.emergencies.notes
    for text in subject.atlas.texts.values():
        if text.emergency and text.emergency not in notes:
            yield f"{text.file}: emergency/{text.emergency}.md doesn't exist."
        for area in _areas_of(subject, text):
            if area in ALARMING_AREAS and not text.emergency:
                yield f"{text.file}: lies in {area} and has no emergency key."
    for note in notes.values():
        if not note.long or not note.short:
            yield f"emergency/{note.key}.md: a part is empty."
        for form, statements in (("long", note.long), ("short", note.short)):
            if not any("{number}" in statement.text for statement in statements):
                yield f"emergency/{note.key}.md: the {form} form doesn't say which number to call."


@check
def dangerous_points_are_never_pressed(subject: Subject) -> Iterator[str]:
    """Points beside the carotid artery and in the armpit say that they must not be pressed."""
    for point in subject.atlas.points.values():
        text = subject.atlas.texts.get(("point", point.id))
        if point.code in NEVER_PRESSED and text and text.press != "no":
            yield f"{text.file}: press is {text.press!r}, not 'no'."


@check
def complaints_lead_somewhere(subject: Subject) -> Iterator[str]:
    """Every complaint names points, sources and an emergency note that exist."""
    atlas = subject.atlas
    for complaint in atlas.complaints.values():
        for point in complaint.points:
            if point not in atlas.points:
                yield f"complaints.csv, {complaint.id}: there is no point {point}."
        for source in _unknown(complaint.sources, atlas.sources):
            yield f"complaints.csv, {complaint.id}: there is no source {source}."
        if complaint.emergency and complaint.emergency not in subject.emergencies.notes:
            yield (
                f"complaints.csv, {complaint.id}: there is no emergency note {complaint.emergency}."
            )


@check
def sources_can_be_found(subject: Subject) -> Iterator[str]:
    """Every source has an address or a note where it was read; emergency numbers name theirs."""
    for source in subject.atlas.sources.values():
        if source.id not in (DERIVED, GENERAL) and not (source.urls or source.note):
            yield f"sources.csv, {source.id}: has neither url nor note."
    for numbers in subject.emergencies.countries.values():
        cited = numbers.source.split(";") if numbers.source else []
        if not cited:
            yield f"emergency_numbers.csv, {numbers.country}: names no source."
        for source in _unknown(cited, subject.atlas.sources):
            yield f"emergency_numbers.csv, {numbers.country}: there is no source {source}."


def _uncited(place: str, statements: Iterable[Statement], sources: Iterable[str]) -> Iterator[str]:
    for statement in statements:
        opening = statement.text[:50]
        if not statement.sources:
            yield f"{place}: '{opening}…' names no source."
        for source in _unknown(statement.sources, sources):
            yield f"{place}: '{opening}…' names {source}, which doesn't exist."


def _unknown(ids: Iterable[str], sources: Iterable[str]) -> list[str]:
    return [id_ for id_ in ids if id_ not in (DERIVED, GENERAL) and id_ not in sources]


def _areas_of(subject: Subject, text: Text) -> set[str]:
    if text.kind == "area":
        return {text.id}
    points = subject.atlas.points.values()
    return {p.area for p in points if text.id == (p.id if text.kind == "point" else p.muscle)}
