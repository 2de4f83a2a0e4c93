"""The one component that is on every page: what the tab itself has to say and to be told."""

import streamlit as st

from bodymap.ui.browser import component

_KEY = "the_tab"


def mount() -> None:
    """Mount it, before the page runs; it takes no room."""
    with st.container(key="tab"):
        _component(key=_KEY, data={}, default={}, height=1)


_component = component("bodymap_tab", "tab", "page")
