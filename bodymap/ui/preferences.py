"""What a person set for themselves: the country whose numbers are shown."""

from collections.abc import Mapping

import streamlit as st

from bodymap.atlas import emergency
from bodymap.atlas.emergency import CountryNumbers
from bodymap.ui.session import Session

_COUNTRY = "country"


def country_of(preferences: Mapping[str, str]) -> CountryNumbers | None:
    """Return the chosen country; None until one is chosen (it is never guessed)."""
    code = preferences.get(_COUNTRY)
    return emergency.load().countries.get(code) if code is not None else None


def emergency_number(country: CountryNumbers | None) -> str:
    """Return the number to call, or the words "your emergency number" when it is not known."""
    return country.emergency if country and country.emergency else "your emergency number"


def pick_country(session: Session) -> CountryNumbers | None:
    """Let the person choose their country, keep it, and return it."""
    countries = emergency.load().countries
    codes = list(countries)
    country = country_of(session.preferences())
    chosen = st.selectbox(
        "My country",
        codes,
        index=codes.index(country.country_code) if country else None,
        format_func=lambda code: countries[code].country,
        placeholder="Choose a country to see its numbers",
    )
    if chosen is None or (country is not None and chosen == country.country_code):
        return country
    session.set_preference(_COUNTRY, chosen)
    return countries[chosen]
