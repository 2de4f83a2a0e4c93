"""Bodymap, as the web server starts it and as each visit runs it.

``streamlit run app.py`` finds ``app`` here and serves it; then this same file is the script that
runs for each visit. A host that only knows how to run a script still gets the pages.
"""

from pathlib import Path

import streamlit as st
from streamlit import runtime

from bodymap.shell import lifespan, middleware
from bodymap.ui import arriving, asking, last_words, tab

HERE = Path(__file__).parent
PAGES = "bodymap/ui/pages"


def show_page() -> None:
    """Set the page up and run the one that the address names."""
    st.set_page_config(page_title="Bodymap", page_icon=HERE / "static/icon.svg", layout="wide")
    st.logo(HERE / "static/logo.svg", size="large")
    st.html(HERE / "bodymap/ui/native.css")

    pages = [
        st.Page(f"{PAGES}/explore.py", title="Explore", default=True),
        st.Page(f"{PAGES}/history.py", title="My marks", url_path="my-marks"),
        st.Page(f"{PAGES}/learn.py", title="Learn", url_path="learn"),
        st.Page(f"{PAGES}/demonstrate.py", title="Demonstrate", url_path="demonstrate"),
        st.Page(f"{PAGES}/draw.py", title="Draw", url_path="draw", visibility="hidden"),
        st.Page(f"{PAGES}/check_in.py", title="Check-in", url_path="check-in", visibility="hidden"),
        st.Page(
            f"{PAGES}/mark_again.py", title="Mark again", url_path="mark-again", visibility="hidden"
        ),
        st.Page(f"{PAGES}/settings.py", title="Settings", url_path="settings"),
        st.Page(f"{PAGES}/help.py", title="When to get help", url_path="help"),
    ]
    arriving.look_at_the_address(pages)
    page = st.navigation(pages, position="top")
    asking.show(page.url_path)  # first: a dialog is closed until its run comes to it
    tab.mount()
    page.run()


if runtime.exists():
    show_page()
else:
    app = st.App(
        __file__,
        middleware=middleware(st.get_option, last_words.take),
        lifespan=lifespan(st.get_option),
    )
