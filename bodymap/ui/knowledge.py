"""The atlas for the pages: loaded once, for all sessions."""

import gc

import streamlit as st

from bodymap.atlas import Atlas, load


@st.cache_resource(show_spinner=False)
def atlas() -> Atlas:
    """Return the atlas, set aside from garbage collection.

    Streamlit collects all garbage after every run of a page, while the answer to the browser
    waits. What is loaded by now stays until the server ends; looking through it again and again
    made a touch take about twice as long (benchmarks/choice.py).
    """
    loaded = load()
    gc.collect()
    gc.freeze()
    return loaded
