"""How a text is set on a page: its wording, its facts, how sure it is, and its sources.

Most of it is returned as HTML, to be joined and shown by one ``st.html``: each element of
Streamlit's own is a message and a component in the browser, and the explanation must be on the
screen soon after a touch (benchmarks/choice.py). Everything from a text is escaped.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

import streamlit as st

from bodymap.atlas import Atlas, Point, Section, Statement, Text
from bodymap.atlas.texts import DERIVED, GENERAL, HONESTY, Level

PRINT = '<p class="hint">To print this as a card, press Ctrl and P (on a Mac ⌘ and P).</p>'
_WORDING = "clinical_wording"
_SOURCE_WORDS = {GENERAL: "general teaching", DERIVED: "worked out for this map"}


def level() -> Level:
    """Return the wording that the reader has chosen."""
    return "clinical" if st.session_state.get(_WORDING) else "patient"


def pick_level() -> Level:
    """Let the reader switch to the clinical wording; the choice holds on every page."""
    st.toggle("Clinical wording", key=_WORDING, persist_state="session")
    return level()


def icon(name: str) -> str:
    """Return a symbol of the typeface that Streamlit brings along, silent for screen readers."""
    return f'<span class="symbol" aria-hidden="true" translate="no">{name}</span>'


def paragraphs(statements: Sequence[Statement]) -> str:
    """Return the lead of a text."""
    return "".join(f"<p>{escape(statement.text)}</p>" for statement in statements)


def facts(sections: Sequence[Section], level: Level, *, stacked: bool = False) -> str:
    """Return headings beside their answers (or above, where answers are long), as one list."""
    rows = "".join(
        f'<div class="row"><dt>{escape(section.heading)}</dt>'
        f"<dd>{answer(section.paragraphs, level)}</dd></div>"
        for section in sections
        if section.heading != HONESTY
    )
    layout = "facts stacked" if stacked else "facts"
    return f'<div class="facts-box"><dl class="{layout}">{rows}</dl></div>'


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


def points(atlas: Atlas, listed: Iterable[Point]) -> str:
    """Return points with what is said of each in a few words, as a list."""
    items = "".join(
        f"<li><b>{escape(point.name)}</b> – {escape(atlas.text('point', point.id).summary)}</li>"
        for point in listed
    )
    return f'<ul class="points">{items}</ul>'


def honesty(text: Text, level: Level) -> str:
    """Return how sure anyone is, in a box of its own."""
    section = next(part for part in text.sections(level) if part.heading == HONESTY)
    words = escape(" ".join(statement.text for statement in section.paragraphs))
    return f'<p class="honest">{icon("balance")}<b>{HONESTY}</b> {words}</p>'


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
    _closed_list(atlas, label, cited, f"{text.kind}-{text.id}")


def citations(atlas: Atlas, source_ids: Sequence[str], key: str) -> None:
    """Show sources that belong to no text, closed; `key` names what they belong to."""
    cited = [source for source in source_ids if source not in (GENERAL, DERIVED)]
    label = f"{len(cited)} source{'' if len(cited) == 1 else 's'}"
    if GENERAL in source_ids:
        label = f"{label} and general teaching" if cited else "General teaching, no source"
    _closed_list(atlas, label, cited, key)


def _closed_list(atlas: Atlas, label: str, cited: Sequence[str], key: str) -> None:
    # Sent only when asked for: the list is longer than the explanation.
    closed = st.expander(label, key=f"sources-{key}", on_change="rerun")
    if closed.open:
        closed.markdown(source_list(atlas, cited))


def source_list(atlas: Atlas, cited: Sequence[str]) -> str:
    """Return sources as a list in Markdown."""
    return "\n".join(f"- {_source_line(atlas, source)}" for source in cited)


def _source_line(atlas: Atlas, source_id: str) -> str:
    source = atlas.sources[source_id]
    links = " ".join(f"[{url}]({url})" for url in source.urls[:1])
    return f"**{source.id}** {source.citation} {links}"
