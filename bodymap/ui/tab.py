"""The one component that is on every page: what the tab itself has to say and to be told.

It sends what waits to be saved where the page has nothing that does.
"""

import streamlit as st

from bodymap.records import StoreError
from bodymap.ui import clock
from bodymap.ui.browser import component, nothing
from bodymap.ui.preferences import country_of
from bodymap.ui.saving import has_told, save
from bodymap.ui.session import PERSON, Session, find_session


def mount() -> None:
    """Mount it, before the page runs; it takes no room."""
    try:
        session = find_session()
        told = save(session, clock.TAB).sent() | {
            "country": _country(session),
            # Also where the page on which it was deleted was left at once.
            "deletions": [deletion.sent() for deletion in session.deletions],
        }
    except StoreError:
        told = {}  # the page itself says why the record can't be opened
    with st.container(key="tab"):
        _component(
            key=clock.TAB,
            data=told | {"clock": clock.clock().sent()},
            default={"outbox": None, "clock": None},
            on_outbox_change=nothing,
            on_clock_change=nothing,
            height=1,
        )


def _country(session: Session) -> str:
    """Return the code of the person's country, whose numbers are shown while the server is away."""
    country = country_of(session.store.preferences(PERSON))
    return country.country_code if country else ""


def wait_for_the_record(session: Session) -> None:
    """Stop the page until all that a guest's tab keeps is here; what it shows would lack it."""
    if not has_told(session):
        st.text("One moment. What you marked comes from this tab.")
        st.stop()


_component = component("bodymap_tab", "tab", "part that saves what you enter", has_room=False)
