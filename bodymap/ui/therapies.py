"""The therapies of a page: the guidelines side by side, and what else to know about each."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from bodymap.atlas import Therapy, Verdict
from bodymap.atlas.texts import Level
from bodymap.atlas.therapies import GUIDELINES, Grade
from bodymap.ui.tables import show_table
from bodymap.ui.wording import worded

GRADE_WORDS: dict[Grade, str] = {
    "strong-for": "Strongly for",
    "for": "For",
    "weak-for": "Weakly for",
    "consider": "May be considered",
    "open": "Left open",
    "too-little-evidence": "Too little proof",
    "not-listed": "Not on its list",
    "weak-against": "Weakly against",
    "against": "Against",
    "strong-against": "Strongly against",
}
NOTHING = "Nothing found"
NOT_READ = "Not read by us"


def show_therapies(therapies: Sequence[Therapy], level: Level) -> None:
    """Show the table of verdicts, then for each therapy what trials found and when not."""
    st.header("What guidelines say", anchor=False)
    st.markdown(
        "Each column is one guideline. Where two of them disagree, we show both. "
        f'"{NOT_READ}" means that we know it only from others who quote it.'
    )
    show_table(
        "Therapies and what four guidelines say about them",
        ["Therapy", *(f"{name} ({what})" for name, what in GUIDELINES.values())],
        [_row(therapy, level) for therapy in therapies],
    )
    st.header("One by one", anchor=False)
    rows = "".join(_facts(therapy, level) for therapy in therapies)
    st.html(f'<div class="facts-box"><dl class="facts stacked">{rows}</dl></div>')


def _row(therapy: Therapy, level: Level) -> list[str]:
    cells = [_cell(therapy.verdicts.get(guideline), level) for guideline in GUIDELINES]
    return [escape(therapy.name), *cells]


def _cell(verdict: Verdict | None, level: Level) -> str:
    if verdict is None:
        return f"<small>{NOTHING}</small>"
    grade = escape(GRADE_WORDS[verdict.grade])
    detail = f"<small>{worded(verdict.statement, level)}</small>"
    if verdict.was_read:
        return f"<strong>{grade}</strong> {detail}"
    return f"{NOT_READ}. It is said: {grade.lower()} {detail}"


def _facts(therapy: Therapy, level: Level) -> str:
    parts = [f"<p>{worded(therapy.evidence, level)}</p>"]
    if therapy.contradiction:
        parts.append(f"<p><b>Where they differ.</b> {worded(therapy.contradiction, level)}</p>")
    parts.append(f"<p><b>When to be careful.</b> {worded(therapy.caution, level)}</p>")
    return f'<div class="row"><dt>{escape(therapy.name)}</dt><dd>{"".join(parts)}</dd></div>'
