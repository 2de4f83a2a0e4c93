"""What a person set for themselves: the country whose numbers are shown."""

from bodymap.atlas import emergency
from bodymap.atlas.emergency import CountryNumbers
from bodymap.ui.session import PERSON, Session

COUNTRY = "country"


def country_of(session: Session) -> CountryNumbers | None:
    """Return the chosen country; None until one is chosen (it is never guessed)."""
    code = session.store.preferences(PERSON).get(COUNTRY)
    return emergency.load().countries.get(code) if code is not None else None


def emergency_number(session: Session) -> str:
    """Return the number to call, or the words "your emergency number" when it is not known."""
    country = country_of(session)
    return country.emergency if country and country.emergency else "your emergency number"


def choose_country(session: Session, code: str) -> None:
    """Keep the country whose numbers are shown."""
    session.store.set_preference(PERSON, COUNTRY, code)
