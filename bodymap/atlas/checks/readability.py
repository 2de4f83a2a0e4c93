"""How hard a text is to read: the US grade of Flesch and Kincaid.

Grade = 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid 1975). Syllables are the larger
of two counts, because each alone misses some: hyphenation points (pyphen) and groups of vowels.
A sentence ends at . ! ? and with its paragraph or list item, not at a colon.
pyphen is a development tool; without it nothing here is counted, and the check says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bodymap.atlas.checks.registry import Subject, check
from bodymap.atlas.texts import Statement

try:
    import pyphen
except ImportError:  # installed with requirements-dev.txt only
    pyphen = None

HIGHEST_GRADE = 8
SKIPPED = "Reading grades were not counted: pyphen is not installed (requirements-dev.txt)."

_HYPHENS = pyphen.Pyphen(lang="en_US") if pyphen else None
_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*")
_END = re.compile(r"[.!?]+(?:\s|$)")


def is_possible() -> bool:
    """Whether syllables can be counted here."""
    return _HYPHENS is not None


def syllables(word: str) -> int:
    """Count the syllables of one word."""
    low = word.lower().rstrip("'s")
    groups = len(_VOWELS.findall(low))
    if low.endswith("e") and not low.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    hyphenated = len(_HYPHENS.inserted(low).split("-")) if _HYPHENS else 1
    return max(1, groups, hyphenated)


def grade(sentences: Iterable[str]) -> float:
    """Return the grade of some statements; each ends a sentence at least.

    Raises:
        ZeroDivisionError: there is no word at all.
    """
    parts = [part for text in sentences for part in _END.split(text) if _WORD.search(part)]
    words = [word for part in parts for word in _WORD.findall(part)]
    count = sum(map(syllables, words))
    return 0.39 * len(words) / len(parts) + 11.8 * count / len(words) - 15.59


def patient_pieces(subject: Subject) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    """Yield everything a patient may read: the file, or the row of a table, and its statements."""
    for text in subject.atlas.texts.values():
        yield text.file, tuple(text.statements("patient"))
    for note in subject.emergencies.notes.values():
        yield f"emergency/{note.key}.md", (*note.long, *note.short)
    if subject.emergencies.help:
        statements = tuple(s for part in subject.emergencies.help for s in part.paragraphs)
        yield "help.md", statements
    for story in subject.atlas.storyboards.values():
        yield f"storyboards/{story.id}.toml", tuple(step.statement for step in story.steps)
    for therapy in subject.atlas.therapies.values():
        yield f"therapies.csv, {therapy.id}", therapy.statements()


def hardest(subject: Subject, count: int) -> list[tuple[float, str]]:
    """Return the hardest pieces with their grades, hardest first."""
    grades = [
        (grade([statement.text for statement in statements]), name)
        for name, statements in patient_pieces(subject)
        if any(_WORD.search(statement.text) for statement in statements)
    ]
    return sorted(grades, reverse=True)[:count]


@check
def patients_can_read_it(subject: Subject) -> Iterator[str]:
    """Everything written for patients reads at or below US grade 8 (Flesch-Kincaid)."""
    if is_possible():
        for found, name in hardest(subject, len(subject.atlas.texts) + 1000):
            if found > HIGHEST_GRADE:
                yield f"{name} reads at grade {found:.1f}."
