"""Patient texts read at or below US grade 8 (Flesch-Kincaid).

Grade = 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid 1975). Syllables are the larger
of two counts, because each alone misses some: hyphenation points (pyphen) and groups of vowels.
"""

import re

import pyphen
import pytest

from bodymap import atlas as knowledge
from bodymap.atlas import emergency

ATLAS = knowledge.load()
HIGHEST_GRADE = 8
_HYPHENS = pyphen.Pyphen(lang="en_US")
_VOWELS = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*")


def syllables(word: str) -> int:
    """Count the syllables of one word."""
    low = word.lower().rstrip("'s")
    groups = len(_VOWELS.findall(low))
    if low.endswith("e") and not low.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return max(1, groups, len(_HYPHENS.inserted(low).split("-")))


def grade(sentences: list[str]) -> float:
    """Return the Flesch-Kincaid grade of some statements; each ends a sentence at least."""
    parts = [p for s in sentences for p in re.split(r"[.!?:]+(?:\s|$)", s) if _WORD.search(p)]
    words = [word for part in parts for word in _WORD.findall(part)]
    count = sum(map(syllables, words))
    return 0.39 * len(words) / len(parts) + 11.8 * count / len(words) - 15.59


def test_the_formula_gives_a_published_grade():
    # "The cat sat on the mat": 6 words, 6 syllables, 1 sentence.
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45)


def test_the_formula_finds_a_hard_sentence_hard():
    hard = "Interscapular paraesthesia necessitates immediate neurological examination."
    assert grade([hard]) > HIGHEST_GRADE


def test_every_patient_text_reads_at_or_below_grade_8():
    too_hard = {
        id_: round(found, 1)
        for (_, id_), text in ATLAS.texts.items()
        if (found := grade([s.text for s in text.statements("patient")])) > HIGHEST_GRADE
    }

    assert too_hard == {}


def test_every_emergency_note_and_the_help_page_read_at_or_below_grade_8():
    known = emergency.load()
    pieces = {key: [*note.long, *note.short] for key, note in known.notes.items()}
    pieces["help"] = [s for section in known.help for s in section.paragraphs]
    too_hard = {
        key: round(found, 1)
        for key, statements in pieces.items()
        if (found := grade([s.text for s in statements])) > HIGHEST_GRADE
    }

    assert too_hard == {}
