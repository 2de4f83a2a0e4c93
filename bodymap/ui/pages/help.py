"""When to get help: the warning signs, and whom to call."""

import streamlit as st

from bodymap.atlas import emergency
from bodymap.ui import wayfinding
from bodymap.ui.preferences import choose_country, country_of, emergency_number
from bodymap.ui.session import open_session

wayfinding.leave()
session = open_session()
known = emergency.load()

st.title("When to get help", anchor=False)
codes = list(known.countries)
country = country_of(session)
chosen = st.selectbox(
    "My country",
    codes,
    index=codes.index(country.country_code) if country else None,
    format_func=lambda code: known.countries[code].country,
    placeholder="Choose a country to see its numbers",
)
if chosen is not None and (country is None or chosen != country.country_code):
    choose_country(session, chosen)
    st.rerun()

if country is not None:
    rows = {
        "Emergency": " or ".join(filter(None, (country.emergency, country.emergency_also))),
        "Urgent advice": country.urgent_advice,
        "If you think of harming yourself": " or ".join(
            filter(None, (country.crisis_line, country.crisis_also))
        ),
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

for section in known.help:
    st.subheader(section.heading, anchor=False)
    st.markdown(
        "\n".join(
            f"- {statement.text}" if statement.is_item else f"\n{statement.text}\n"
            for statement in section.paragraphs
        ).replace("{number}", emergency_number(session))
    )
