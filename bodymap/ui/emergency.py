"""The emergency notes: whom to call, and when, before anything else is read."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from bodymap.atlas import emergency
from bodymap.atlas.emergency import CountryNumbers
from bodymap.atlas.texts import Statement
from bodymap.ui.preferences import emergency_number
from bodymap.ui.tables import show_table

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


def numbers(country: CountryNumbers) -> None:
    """Show whom to call in a country, and when that was last checked."""
    rows = {
        "Emergency": _either(country.emergency, country.emergency_also),
        "Urgent advice": country.urgent_advice,
        "If you think of harming yourself": _either(country.crisis_line, country.crisis_also),
    }
    with st.container(key="card-numbers", border=True):
        for what, number in rows.items():
            if number:
                st.markdown(f"{what}: **{number}**")
        if not country.emergency:
            st.markdown("Call your local emergency number.")
        st.markdown(
            f":gray[Check: {country.official_site}. Last checked {country.checked}. "
            "Numbers change.]"
        )


def crisis_lines() -> None:
    """Show the crisis line of every country that we know."""
    show_table(
        "Crisis lines by country. Numbers change: check them on the site.",
        ["Country", "Crisis line", "How", "Site", "Last checked"],
        [
            [
                escape(cell)
                for cell in (
                    country.country,
                    _either(country.crisis_line, country.crisis_also) or "look at the site",
                    country.crisis_how,
                    country.official_site,
                    country.checked,
                )
            ]
            for country in emergency.load().countries.values()
        ],
    )


def _either(*candidates: str) -> str:
    """Join the numbers that exist."""
    return " or ".join(filter(None, candidates))


def _box(key: str):
    return st.container(key=f"alarm-{key}", border=True, gap="small")


def help_link() -> None:
    """Show the one link that every explanation has: all warning signs, and whom to call."""
    st.page_link(HELP_PAGE, label="When to get help", icon=":material/warning:")


def print_hint() -> None:
    """Say how to print; native.css leaves out what has no use on paper."""
    st.markdown(":gray[To print this page, press Ctrl and P (on a Mac ⌘ and P).]")


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
