"""When to get help: the warning signs, and whom to call."""

import streamlit as st

from bodymap.atlas import Section, emergency
from bodymap.atlas.emergency import CountryNumbers
from bodymap.ui import wayfinding
from bodymap.ui.preferences import emergency_number, pick_country
from bodymap.ui.session import open_session

AMBULANCE = "Get an ambulance now"

wayfinding.leave()
session = open_session()


def numbers(country: CountryNumbers) -> None:
    """Show whom to call in a country."""
    rows = {
        "Emergency": either(country.emergency, country.emergency_also),
        "Urgent advice": country.urgent_advice,
        "If you think of harming yourself": either(country.crisis_line, country.crisis_also),
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


def either(*candidates: str) -> str:
    """Join the numbers that exist."""
    return " or ".join(filter(None, candidates))


def signs(section: Section, country: CountryNumbers | None) -> None:
    """Show one section of the page."""
    st.header(section.heading, anchor=False)
    st.markdown(
        "\n".join(
            f"- {statement.text}" if statement.is_item else f"\n{statement.text}\n"
            for statement in section.paragraphs
        ).replace("{number}", emergency_number(country))
    )


with st.container(key="reading"):
    st.title("When to get help", anchor=False)
    mine = pick_country(session)
    if mine is not None:
        numbers(mine)
    for part in emergency.load().help:
        if part.heading == AMBULANCE:
            with st.container(key="alarm-now", border=True):
                signs(part, mine)
        else:
            signs(part, mine)
