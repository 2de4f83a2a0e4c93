"""The one component that is on every page: what the tab itself has to say and to be told."""

import streamlit as st

from bodymap.ui import clock
from bodymap.ui.browser import component, nothing


def mount() -> None:
    """Mount it, before the page runs; it takes no room."""
    with st.container(key="tab"):
        _component(
            key=clock.TAB,
            data={"clock": clock.clock().sent()},
            default={"clock": None},
            on_clock_change=nothing,
            height=1,
        )


_component = component("bodymap_tab", "tab", "page")
