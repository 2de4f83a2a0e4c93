"""A person's own words on the page: always the words, never markup.

Own words are what was tried, another word for a pain, notes and the journal; a record file from
somebody else can hold any of them. What Streamlit takes for Markdown, Plotly for its own kind of
HTML and a browser for HTML is told apart here, and only here. Components show text through
``textContent`` alone. ``tests/unit/test_own_words.py`` lists every place that shows own words.
"""

import re
from html import escape

# They turn the direction of the app's own words that follow; all else, also what has no width, is
# how some languages and symbols are written.
_TURNS_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAKEN_BY_PLOTLY = str.maketrans({mark: f"&#{ord(mark)};" for mark in "&<>$%"})


def as_text(words: str) -> str:
    """Return own words for where text is text: ``st.text``, a component, an accessible name."""
    return _TURNS_DIRECTION.sub("", words)


def in_html(words: str) -> str:
    """Return own words as HTML that shows them."""
    return escape(as_text(words))


def in_plotly(words: str) -> str:
    """Return own words as Plotly takes them in any text: names, ticks, titles, hover labels.

    It reads tags, entities, TeX between dollar signs, and in templates ``%{…}``.
    """
    return as_text(words).translate(_TAKEN_BY_PLOTLY)
