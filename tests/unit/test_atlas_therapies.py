"""Therapies and verdicts: what is read, and what is refused in one sentence."""

import pytest

from bodymap.atlas import DataError, load
from bodymap.atlas.therapies import GUIDELINES, read_therapies

THERAPIES = (
    "id,name,group,evidence,evidence_sources,caution,caution_sources,contradiction,"
    "contradiction_sources\n"
    "heat,Heat,hands-on,Many like it.,D,Not on numb skin.,G,,\n"
)
VERDICTS = "therapy,guideline,grade,words,sources\nheat,awmf,for,said to be so,S100 G\n"


@pytest.fixture
def reading(tmp_path):
    def read(therapies=THERAPIES, verdicts=VERDICTS):
        files = (tmp_path / "therapies.csv", tmp_path / "verdicts.csv")
        for path, text in zip(files, (therapies, verdicts), strict=True):
            path.write_text(text, encoding="utf-8")
        return read_therapies(*files)

    return read


def test_a_therapy_keeps_its_statements_and_verdicts(reading):
    (heat,) = reading().values()

    assert heat.evidence.text == "Many like it."
    assert heat.contradiction is None
    assert heat.verdicts["awmf"].grade == "for"
    assert heat.verdicts["awmf"].statement.sources == ("S100", "G")
    assert "eular" not in heat.verdicts
    assert [s.text for s in heat.statements()] == [
        "Many like it.",
        "Not on numb skin.",
        "said to be so",
    ]


def test_a_verdict_known_only_from_others_was_not_read(reading):
    assert reading()["heat"].verdicts["awmf"].was_read
    assert not reading(verdicts=VERDICTS.replace("S100 G", "G"))["heat"].verdicts["awmf"].was_read


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("therapies", "hands-on", "feet", "therapies.csv, line 2, group: input should be "),
        ("therapies", ",D,", ",D X,", "therapies.csv, line 2, evidence_sources.1: "),
        ("therapies", ",D,", ",,", "therapies.csv, line 2, evidence_sources: "),
        ("therapies", ",G,,", ",G,They differ.,", "line 2, contradiction: stands or falls with"),
        ("verdicts", "heat,awmf", "cold,awmf", "line 2, therapy: cold isn't in therapies.csv."),
        ("verdicts", "awmf", "who", "verdicts.csv, line 2, guideline: input should be "),
        ("verdicts", ",for,", ",great,", "verdicts.csv, line 2, grade: input should be "),
        (
            "verdicts",
            "S100 G\n",
            "G\nheat,awmf,open,x,G\n",
            "line 3, guideline: awmf occurs twice.",
        ),
    ],
)
def test_a_malformed_row_is_refused_naming_file_line_and_field(reading, file, old, new, complaint):
    texts = {"therapies": THERAPIES, "verdicts": VERDICTS}
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)

    with pytest.raises(DataError) as refusal:
        reading(**texts)

    assert complaint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_therapy_may_not_occur_twice(reading):
    with pytest.raises(DataError, match="line 3, id: heat occurs twice"):
        reading(therapies=THERAPIES + THERAPIES.splitlines()[1] + "\n")


def test_the_guidelines_contradict_each_other_on_acupuncture_and_that_is_kept():
    grades = {name: verdict.grade for name, verdict in _of("acupuncture").items()}

    assert grades == {"eular": "weak-for", "ng193": "consider", "ng59": "against", "awmf": "open"}


def test_no_grade_that_nobody_read_is_given_as_read():
    # EULAR's table lists no grade against; only three such grades were retold in a page read.
    against = {
        id_
        for id_, therapy in load().therapies.items()
        if (verdict := therapy.verdicts.get("eular"))
        and verdict.was_read
        and verdict.grade in ("against", "weak-against", "strong-against")
    }

    assert against == {"biofeedback", "strong-opioids"}
    assert list(GUIDELINES) == ["eular", "ng193", "ng59", "awmf"]


def _of(therapy):
    return load().therapies[therapy].verdicts
