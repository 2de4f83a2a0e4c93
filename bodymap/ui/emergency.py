"""The emergency notes: whom to call, and when, before anything else is read."""

from collections.abc import Sequence

import streamlit as st

from bodymap.atlas import emergency
from bodymap.atlas.emergency import CountryNumbers
from bodymap.atlas.texts import Statement
from bodymap.ui.preferences import emergency_number

HELP_PAGE = "bodymap/ui/pages/help.py"
SETTINGS_PAGE = "bodymap/ui/pages/settings.py"


def long_alarm(country: CountryNumbers | None, key: str) -> None:
    """Show the whole note that an area begins with: a headline, its signs, what else to know."""
    head, *rest = emergency.load().notes[key].long
    with _box(key):
        st.markdown(f":red[:material/warning: **{_with_number(country, head)}**]")
        st.markdown(_markdown(country, rest))
        _links(country)


def short_alarm(country: CountryNumbers | None, key: str) -> None:
    """Show the one line that a point begins with."""
    with _box(key):
        words = short_alarm_text(country, key)
        st.markdown(f":red[:material/warning: **{words}**]")
        _links(country)


def short_alarm_text(country: CountryNumbers | None, key: str) -> str:
    """Return the one line in plain text, for the sheet over the map on a phone."""
    return " ".join(
        _with_number(country, statement) for statement in emergency.load().notes[key].short
    )


def _box(key: str):
    return st.container(key=f"alarm-{key}", border=True, gap="small")


def _links(country: CountryNumbers | None) -> None:
    with st.container(horizontal=True, gap="medium"):
        st.page_link(HELP_PAGE, label="All warning signs")
        if country is None:
            st.page_link(SETTINGS_PAGE, label="Set my country")


def _markdown(country: CountryNumbers | None, statements: Sequence[Statement]) -> str:
    lines = []
    for statement in statements:
        text = _with_number(country, statement)
        lines.append(f"- {text}" if statement.is_item else f"\n{text}\n")
    return "\n".join(lines)


def _with_number(country: CountryNumbers | None, statement: Statement) -> str:
    return statement.text.replace("{number}", emergency_number(country))
