"""When to get help: the warning signs, and whom to call."""

import streamlit as st

from bodymap.atlas import Section, emergency
from bodymap.atlas.emergency import CountryNumbers
from bodymap.ui import wayfinding
from bodymap.ui.emergency import numbers, print_hint
from bodymap.ui.preferences import emergency_number, pick_country
from bodymap.ui.session import open_session

AMBULANCE = "Get an ambulance now"

wayfinding.leave()
session = open_session()


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
    with st.container(key="on-screen"):
        mine = pick_country(session)
        print_hint()
    if mine is not None:
        numbers(mine)
    for part in emergency.load().help:
        if part.heading == AMBULANCE:
            with st.container(key="alarm-now", border=True):
                signs(part, mine)
        else:
            signs(part, mine)
