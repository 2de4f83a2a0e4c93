"""How a text is set on a page: its wording, its facts, how sure it is, and its sources."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from bodymap.atlas import Atlas, Section, Statement, Text
from bodymap.atlas.texts import DERIVED, GENERAL, HONESTY, Level

_WORDING = "clinical_wording"
_SOURCE_WORDS = {GENERAL: "general teaching", DERIVED: "worked out for this map"}


def pick_level() -> Level:
    """Let the reader switch to the clinical wording; the choice holds on every page."""
    clinical = st.toggle("Clinical wording", key=_WORDING, persist_state="session")
    return "clinical" if clinical else "patient"


def paragraphs(statements: Sequence[Statement]) -> None:
    """Show the lead of a text."""
    if statements:
        st.markdown("\n\n".join(statement.text for statement in statements))


def facts(sections: Sequence[Section], level: Level, *, stacked: bool = False) -> None:
    """Show headings beside their answers (or above, where answers are long), as one list."""
    rows = "".join(
        f'<div class="row"><dt>{escape(section.heading)}</dt>'
        f"<dd>{answer(section.paragraphs, level)}</dd></div>"
        for section in sections
        if section.heading != HONESTY
    )
    layout = "facts stacked" if stacked else "facts"
    st.html(f'<div class="facts-box"><dl class="{layout}">{rows}</dl></div>')


def answer(statements: Sequence[Statement], level: Level) -> str:
    """Return statements as HTML paragraphs and lists, in the clinical wording with sources."""
    parts = []
    for is_item, run in groupby(statements, key=lambda statement: statement.is_item):
        tag = "li" if is_item else "p"
        answers = "".join(f"<{tag}>{worded(statement, level)}</{tag}>" for statement in run)
        parts.append(f"<ul>{answers}</ul>" if is_item else answers)
    return "".join(parts)


def worded(statement: Statement, level: Level) -> str:
    """Return one statement as HTML; the clinical wording names its sources."""
    if level == "patient":
        return escape(statement.text)
    names = (_SOURCE_WORDS.get(source, source) for source in statement.sources)
    return f"{escape(statement.text)} <small>{', '.join(names)}</small>"


def honesty(text: Text, level: Level, key: str = "honest") -> None:
    """Show how sure anyone is, in a box of its own; keys begin with "honest" (native.css)."""
    section = next(part for part in text.sections(level) if part.heading == HONESTY)
    with st.container(key=key, border=True):
        words = " ".join(statement.text for statement in section.paragraphs)
        st.markdown(f":material/balance: **{HONESTY}** {words}")


def sources(atlas: Atlas, text: Text, level: Level, others: Sequence[Statement] = ()) -> None:
    """Show the sources of a text, and of `others` on the same page, closed."""
    statements = (*text.statements(level), *others)
    general = sum(GENERAL in statement.sources for statement in statements)
    more = (source for statement in others for source in statement.sources)
    cited = [
        source
        for source in dict.fromkeys((*text.sources, *more))
        if source not in (GENERAL, DERIVED)
    ]
    label = f"{len(cited)} sources"
    if general:
        label += f"; {general} of {len(statements)} statements are general teaching"
    # Sent only when asked for: the list is longer than the explanation.
    closed = st.expander(label, key=f"sources-{text.kind}-{text.id}", on_change="rerun")
    if closed.open:
        closed.markdown("\n".join(f"- {_source_line(atlas, source)}" for source in cited))


def _source_line(atlas: Atlas, source_id: str) -> str:
    source = atlas.sources[source_id]
    links = " ".join(f"[{url}]({url})" for url in source.urls[:1])
    return f"**{source.id}** {source.citation} {links}"
