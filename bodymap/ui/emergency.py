"""The emergency notes: whom to call, and when, before anything else is read."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from bodymap.atlas import emergency
from bodymap.atlas.emergency import CountryNumbers
from bodymap.atlas.texts import Statement
from bodymap.ui.preferences import emergency_number
from bodymap.ui.tables import show_table
from bodymap.ui.wording import icon

HELP_PAGE = "bodymap/ui/pages/help.py"


def long_alarm(country: CountryNumbers | None, key: str) -> str:
    """Return the whole note that an area begins with, as HTML."""
    head, *rest = emergency.load().notes[key].long
    signs = "".join(
        f"<{tag}>{''.join(parts)}</{tag}>" if tag == "ul" else "".join(parts)
        for tag, parts in _runs(country, rest)
    )
    return _note(country, f"{_headline(_with_number(country, head))}{signs}")


def short_alarm(country: CountryNumbers | None, key: str) -> str:
    """Return the one line that a point begins with, as HTML."""
    return _note(country, _headline(short_alarm_text(country, key)))


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
        are_short=True,
    )


def _either(*candidates: str) -> str:
    """Join the numbers that exist."""
    return " or ".join(filter(None, candidates))


def help_link() -> None:
    """Show the one link that every explanation has: all warning signs, and whom to call."""
    st.page_link(HELP_PAGE, label="When to get help", icon=":material/warning:")


def print_hint() -> None:
    """Say how to print; native.css leaves out what has no use on paper."""
    st.markdown(":gray[To print this page, press Ctrl and P (on a Mac ⌘ and P).]")


def _note(country: CountryNumbers | None, content: str) -> str:
    # Plain links, because a native one inside HTML is not to be had; the map leads them through
    # the page's own navigation.
    links = '<a href="help" target="_self">All warning signs</a>'
    if country is None:
        links += ' <a href="settings" target="_self">Set my country</a>'
    return f'<div class="alarm-note">{content}<p class="links">{links}</p></div>'


def _headline(words: str) -> str:
    return f'<p class="headline">{icon("warning")}{escape(words)}</p>'


def _runs(country: CountryNumbers | None, statements: Sequence[Statement]):
    for is_item, run in groupby(statements, key=lambda statement: statement.is_item):
        tag = "li" if is_item else "p"
        words = (escape(_with_number(country, statement)) for statement in run)
        yield "ul" if is_item else "p", [f"<{tag}>{each}</{tag}>" for each in words]


def _with_number(country: CountryNumbers | None, statement: Statement) -> str:
    return statement.text.replace("{number}", emergency_number(country))
