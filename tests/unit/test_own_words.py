"""Own words are words wherever they are shown; and nobody shows them without saying how."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest
from canaries import CANARIES, shown
from hypothesis import given
from hypothesis import strategies as st
from marking import NOON

from bodymap.atlas import load
from bodymap.drawing import MarksFileError, parse_marks
from bodymap.measures.change import Period
from bodymap.ui.history_chart import chart
from bodymap.ui.own_words import as_text, in_html, in_plotly

ROOT = Path(__file__).parents[2]
UI = ROOT / "bodymap" / "ui"
SCRIPTS = ROOT / "static" / "body_map"

# Where own words are read or named, and what becomes of them there. Whoever shows them in another
# place adds it here, shows them through bodymap/ui/own_words.py, and lets the canaries of
# tests/browser/test_browser_own_words.py come by.
READ_AT = {
    "day_answers.py _sent": "to the questions, which use textContent",
    "day_answers.py day_answers": "to the questions, which use textContent",
    "day_view.py _row": "in_html",
    "day_view.py answers_said": "tried_name and as_text, in st.text",
    "day_view.py details_said": "for _row alone",
    "statements.py _things": "of the browser, into the record",
    "statements.py read": "of the browser, into the record",
    "over_time.py over_time": "tried_name, to history_chart.py: in_plotly",
    "over_time.py what_was_tried": "tried_name, in st.text",
    "tried_list.py _own": "which things are a person's own",
}
FIELDS = {"own_word", "note", "journal", "what"}
CALLS = {"tried_name", "details_said", "things"}
NOT_OWN = {"picture", "step"}  # the notes of pictures and of storyboards are the app's


def reads_own_words(node):
    if isinstance(node, ast.Attribute):
        of = node.value.id if isinstance(node.value, ast.Name) else ""
        return node.attr in FIELDS and of not in NOT_OWN
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS


def test_every_place_that_reads_own_words_is_known():
    found = {
        f"{path.relative_to(UI)} {function.name}"
        for path in UI.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and any(map(reads_own_words, ast.walk(function)))
    }

    assert found == READ_AT.keys()


def test_no_script_of_ours_makes_elements_of_text():
    """Text goes in through textContent; a drawing of our own is the only thing that is parsed."""
    makers = r"(inner|outer|insertAdjacent|set)HTML|document\.write|srcdoc|ContextualFragment"
    for script in SCRIPTS.glob("*.js"):
        code = script.read_text("utf-8")
        assert not re.search(makers, code), script.name
        assert "DOMParser" not in code or script.name == "figure.js"


@pytest.mark.parametrize("own", CANARIES)
def test_own_words_are_shown_as_they_are(own):
    assert as_text(own) == shown(own)
    assert unescape(in_html(own)) == shown(own)
    assert not set("<>") & set(in_html(own))


@pytest.mark.parametrize("own", CANARIES)
@pytest.mark.parametrize("row", ["{},left,7", "calf,{},7", "calf,left,{}"])
def test_words_in_a_marks_file_are_in_no_drawing_and_plain_signs_in_its_refusal(own, row):
    cell = '"' + own.replace('"', '""') + '"'
    data = f"target_id,side,level\n{row.format(cell)}\n".encode()

    with pytest.raises(MarksFileError) as refusal:
        parse_marks(data, load().slots)

    assert str(refusal.value).isascii()
    assert str(refusal.value).isprintable()


@given(st.text() | st.sampled_from(CANARIES))
def test_nothing_is_left_that_plotly_takes_for_more_than_words(own):
    taken = in_plotly(own)

    assert not set("<>$%") & set(taken)
    assert re.sub("&#([0-9]+);", lambda sign: chr(int(sign[1])), taken) == as_text(own)


@given(st.text())
def test_own_words_turn_no_words_that_follow(own):
    """Every sign that opens or closes a change of direction is gone; the rest is as it was."""
    turning = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}

    assert as_text(own) == "".join(sign for sign in own if sign not in turning)


@given(st.lists(st.text() | st.sampled_from(CANARIES), min_size=1, max_size=3, unique=True))
def test_a_chart_holds_no_own_word_as_it_came(names):
    days = (Period(NOON.date(), NOON.date()),)
    line = [(NOON.date(), 3)]
    figure = chart(dict.fromkeys(names, line), (), [(name, days) for name in names], "light")

    texts = [trace.name for trace in figure.data] + list(figure.layout.yaxis2.ticktext)
    assert texts == [in_plotly(name) for name in names] * 3
    assert not any(set("<>$%") & set(text) for text in texts)
