"""Explanation texts: what is read, and what is refused in one sentence."""

import pytest

from bodymap.atlas import DataError
from bodymap.atlas.texts import Statement, parse_text

RAW = """+++
id = "rhomboid-minor"
kind = "point"
summary = "aches along the blade"
emergency = "chest-and-back"
press = "gentle"
words = ["rhomboids"]
+++
# Patient
It is a **small** muscle,
written over two lines. [S116]

## Where it is
Beside the spine. [D]

- First item
  that goes on. [S22,S126]
- Second item. [S34b, G]

# Clinical

## Where it is
C7-T1 to the blade.
"""


def test_a_text_keeps_lead_sections_items_and_sources():
    text = parse_text(RAW, "texts/points/rhomboid-minor.md")

    assert text.lead("patient") == (
        Statement("It is a **small** muscle, written over two lines.", ("S116",), False),
    )
    (section,) = text.sections("patient")
    assert section.heading == "Where it is"
    assert section.paragraphs == (
        Statement("Beside the spine.", ("D",), False),
        Statement("First item that goes on.", ("S22", "S126"), True),
        Statement("Second item.", ("S34b", "G"), True),
    )
    assert text.lead("clinical") == ()
    assert text.emergency == "chest-and-back"
    assert text.press == "gentle"
    assert text.words == ("rhomboids",)


def test_sources_are_listed_once_in_order_without_the_general_ones():
    assert parse_text(RAW, "x.md").sources == ("S116", "S22", "S126", "S34b")


def test_a_statement_without_citation_has_no_sources():
    (section,) = parse_text(RAW, "x.md").sections("clinical")

    assert section.paragraphs == (Statement("C7-T1 to the blade.", (), False),)


def test_a_bracket_inside_a_sentence_is_no_citation():
    raw = RAW.replace("Beside the spine. [D]", "Beside [S1] the spine. [SX]")
    (section,) = parse_text(raw, "x.md").sections("patient")

    assert section.paragraphs[0] == Statement("Beside [S1] the spine. [SX]", (), False)


def test_an_empty_emergency_key_means_none():
    assert parse_text(RAW.replace("chest-and-back", ""), "x.md").emergency is None


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("+++\nid", "id", "x.md: must begin with front matter"),
        ('kind = "point"', "kind = point", "x.md: the front matter is not valid TOML"),
        (
            'kind = "point"',
            'kind = "bone"',
            "x.md, kind: input should be 'area', 'point', 'muscle'",
        ),
        (
            'press = "gentle"',
            'press = "gentle"\ntitle = "X"',
            "title must be given for a learn page",
        ),
        ('kind = "point"\n', 'kind = "learn"\n', "x.md, front matter: press must be given for a"),
        ('press = "gentle"', 'press = "hard"', "x.md, press: "),
        ('press = "gentle"\n', "", "x.md, front matter: press must be given for a point"),
        ('id = "rhomboid-minor"\n', "", "x.md, id: field required"),
        ('["rhomboids"]', '"rhomboids"', "x.md, words: "),
        ("words =", 'colour = "red"\nwords =', "x.md, colour: extra inputs"),
        ("# Clinical", "# Doctor", "x.md: needs the parts '# Patient' and '# Clinical'"),
        ("# Patient", "Hello\n# Patient", "x.md: there is text before the first"),
        ("## Where it is\nBeside", "### Where it is\nBeside", "is deeper than '## '"),
    ],
)
def test_a_malformed_text_is_refused_naming_file_and_field(old, new, complaint):
    assert old in RAW

    with pytest.raises(DataError) as refusal:
        parse_text(RAW.replace(old, new, 1), "x.md")

    assert complaint in str(refusal.value)
    assert "\n" not in str(refusal.value)
