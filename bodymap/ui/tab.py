"""The one component that is on every page: what the tab itself has to say and to be told.

It sends what waits to be saved where the page has nothing that does.
"""

import streamlit as st

from bodymap.records import StoreError
from bodymap.ui import clock
from bodymap.ui.browser import component, nothing
from bodymap.ui.saving import has_told, save
from bodymap.ui.session import Session, find_session


def mount() -> None:
    """Mount it, before the page runs; it takes no room."""
    try:
        told = save(find_session(), clock.TAB).sent()
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


def wait_for_the_record(session: Session) -> None:
    """Stop the page until all that a guest's tab keeps is here; what it shows would lack it."""
    if not has_told(session):
        st.text("One moment. What you marked comes from this tab.")
        st.stop()


_component = component("bodymap_tab", "tab", "page")
