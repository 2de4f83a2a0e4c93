"""Checks of how things are said: short enough, without blame or promise, and found by links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.model import Level
from bodymap.atlas.texts import GENERAL, LEVELS, Statement, TextKind

# The longest texts that were found readable in one go, and a little room.
MOST_WORDS: Mapping[TextKind, Mapping[Level, int]] = {
    "area": {"patient": 550, "clinical": 700},
    "point": {"patient": 240, "clinical": 300},
    "muscle": {"patient": 160, "clinical": 200},
    "learn": {"patient": 350, "clinical": 450},
}
MOST_WORDS_AT_ONCE = 60

# "just below" is a place; "just relax" makes light of pain.
_PLACE = r"(?! (?:above|below|under|inside|outside|behind|beside|in front|medial|lateral|distal))"
_NEVER = {
    "makes light of it": re.compile(rf"\b(?:just{_PLACE}|simply|merely)\b", re.I),
    "promises": re.compile(r"\b(?:cur(?:e|es|ed|ing)|guarantee\w*|miracle\w*|pain-free)\b", re.I),
    "blames": re.compile(
        r"\b(?:your (?:own )?fault|lazy|laziness|try harder|hysteri\w*|malinger\w*|non-?compliant"
        r"|all in (?:your|the) (?:head|mind)|attention-seeking|suffer\w*)\b",
        re.I,
    ),
}
# Plain anatomy and plain safety advice need no caution; these headings carry it in their words.
_CAREFUL_HEADINGS = frozenset(
    {
        "What lies here",
        "Where it is",
        "Where it runs",
        "What it does",
        "Do not press",
        "When to get help",
        "What people try",
        "What may bring it on",
        "Can feel the same",
        "When to ask first",
        "When to ask a doctor",
        "Whom to tell",
        "What to ask for",
        "If you take one now",
    }
)
_CAREFUL = re.compile(
    r"\b(?:can|could|may|might|often|said|say|seems?|taught|teach\w*|tradition\w*|customary|custom"
    r"|quoted|reported|told|thought|blamed|suspect|consider|think of|unverified|unproven"
    r"|unconfirmed|unchecked|no proof|habit|usually|general|lore|convention|describ\w*|cited"
    r"|possibl[ey]|perhaps|likely|appears?|people|as known|has not been"
    r"|not (?:read|shown|proven|verified))\b",
    re.I,
)
# A quotation of what popular texts say is not our own promise.
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")


@check
def texts_are_short_enough(subject: Subject) -> Iterator[str]:
    """No text is longer than its kind allows, no patient statement longer than 60 words."""
    for text in subject.atlas.texts.values():
        for level in LEVELS:
            counts = [len(s.text.split()) for s in text.statements(level)]
            most = MOST_WORDS[text.kind][level]
            if sum(counts) > most:
                yield f"{text.file}, {level}: has {sum(counts)} words, more than {most}."
            if level == "patient" and max(counts, default=0) > MOST_WORDS_AT_ONCE:
                yield f"{text.file}: one statement has {max(counts)} words."


@check
def nothing_makes_light_promises_or_blames(subject: Subject) -> Iterator[str]:
    """No patient text says "just" or "simply", promises a cure, or blames anyone."""
    for text in subject.atlas.texts.values():
        for statement in text.statements("patient"):
            yield from _never_said(text.file, statement.text)
    for note in subject.emergencies.notes.values():
        for statement in (*note.long, *note.short):
            yield from _never_said(f"emergency/{note.key}.md", statement.text)
    for section in subject.emergencies.help:
        for statement in section.paragraphs:
            yield from _never_said("help.md", statement.text)
    for story in subject.atlas.storyboards.values():
        for step in story.steps:
            yield from _never_said(f"storyboards/{story.id}.toml", step.statement.text)
    for therapy in subject.atlas.therapies.values():
        for statement in therapy.statements():
            yield from _never_said(f"therapies.csv, {therapy.id}", statement.text)


@check
def general_teaching_is_worded_as_such(subject: Subject) -> Iterator[str]:
    """What rests on general teaching alone says so in its words, or under its heading."""
    for text in subject.atlas.texts.values():
        for level in LEVELS:
            yield from _too_sure(f"{text.file}, {level}", text.lead(level))
            for section in text.sections(level):
                if section.heading not in _CAREFUL_HEADINGS:
                    yield from _too_sure(
                        f"{text.file}, {level}, {section.heading}", section.paragraphs
                    )


@check
def learn_pages_lead_somewhere(subject: Subject) -> Iterator[str]:
    """Every learn page is linked from another, and links to pages, areas and rows that exist."""
    atlas = subject.atlas
    pages = {text.id: text.page for text in atlas.learn_pages if text.page}
    for id_, page in pages.items():
        for kind, ids, known in (
            ("page", page.pages, pages),
            ("area", page.areas, atlas.areas),
            ("therapy", page.therapies, atlas.therapies),
        ):
            for linked in ids:
                if linked not in known or (kind == "page" and linked == id_):
                    yield f"learn/{id_}.md: leads to the {kind} {linked}, which is none."
        if not any(id_ in other.pages for name, other in pages.items() if name != id_):
            yield f"learn/{id_}.md: no other learn page leads to it."
    orders = sorted(page.order for page in pages.values())
    if orders != list(range(1, len(orders) + 1)):
        yield f"learn: the orders are {', '.join(map(str, orders))}, not 1, 2, 3 and so on."


@check
def every_therapy_is_shown(subject: Subject) -> Iterator[str]:
    """Every therapy stands in the table of at least one learn page."""
    shown = {id_ for text in subject.atlas.learn_pages if text.page for id_ in text.page.therapies}
    for id_ in subject.atlas.therapies:
        if id_ not in shown:
            yield f"therapies.csv, {id_}: no learn page shows it."


def _too_sure(place: str, statements: Sequence[Statement]) -> Iterator[str]:
    introduced = False
    for statement in statements:
        if not statement.is_item:
            introduced = bool(statement.text.endswith(":") and _CAREFUL.search(statement.text))
        alone = GENERAL in statement.sources and not any(
            s.startswith("S") for s in statement.sources
        )
        covered = statement.is_item and introduced
        if alone and not covered and not _CAREFUL.search(statement.text):
            yield f"{place}: '{statement.text[:50]}…' is general teaching and sounds like evidence."


def _never_said(place: str, words: str) -> Iterator[str]:
    own = _QUOTED.sub("", words)
    for what, pattern in _NEVER.items():
        for found in pattern.finditer(own):
            yield f"{place}: '{found[0]}' {what}."
