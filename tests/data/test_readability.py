"""Patient texts read at or below US grade 8 (Flesch-Kincaid)."""

import pytest

from bodymap import atlas as knowledge
from bodymap.atlas import emergency
from bodymap.atlas.checks.readability import HIGHEST_GRADE, grade, hardest, patient_pieces
from bodymap.atlas.checks.registry import Subject

SUBJECT = Subject(knowledge.load(), emergency.load())


def test_the_formula_gives_a_published_grade():
    # "The cat sat on the mat": 6 words, 6 syllables, 1 sentence.
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45)


def test_the_formula_finds_a_hard_sentence_hard():
    hard = "Interscapular paraesthesia necessitates immediate neurological examination."
    assert grade([hard]) > HIGHEST_GRADE


def test_a_colon_does_not_end_a_sentence():
    assert grade(["One: two three."]) == pytest.approx(0.39 * 3 + 11.8 - 15.59)


def test_everything_a_patient_may_read_is_graded():
    names = {name for name, _ in patient_pieces(SUBJECT)}

    assert {
        "texts/areas/calf.md",
        "texts/points/scalenes.md",
        "texts/muscles/scalenes.md",
        "learn/medicines.md",
        "emergency/mood.md",
        "help.md",
        "therapies.csv, massage",
    } <= names
    assert len(hardest(SUBJECT, 10_000)) == len(names)


def test_everything_a_patient_may_read_is_at_or_below_grade_8():
    assert hardest(SUBJECT, 1)[0][0] <= HIGHEST_GRADE
