"""Bodymap: page set-up and navigation; nothing else."""

from pathlib import Path

import streamlit as st

PAGES = "bodymap/ui/pages"

st.set_page_config(page_title="Bodymap", page_icon="static/icon.svg", layout="wide")
st.logo("static/logo.svg", icon_image="static/icon.svg", size="large")
st.html(Path("bodymap/ui/native.css"))

page = st.navigation(
    [
        st.Page(f"{PAGES}/explore.py", title="Explore", default=True),
        st.Page(f"{PAGES}/history.py", title="My marks", url_path="my-marks"),
        st.Page(f"{PAGES}/settings.py", title="Settings", url_path="settings"),
        st.Page(f"{PAGES}/help.py", title="When to get help", url_path="help"),
    ],
    position="top",
)
page.run()
