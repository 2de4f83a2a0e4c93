"""What the browser asks for with an address: the page, and whether somebody goes back to it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def look_at_the_address(pages: Iterable[st.Page]) -> None:
    """Let ``st.navigation`` take the page that the address names, where the browser names none.

    A browser whose connection was cut after the server's first message and before the one with the
    pages asks for the script that it was told of, which is no page; Streamlit would show the start.
    """
    run = get_script_run_ctx()
    if run is None or run.context_info is None:
        return
    asked = run.pages_manager
    name = urlsplit(run.context_info.url).path.rstrip("/").rpartition("/")[2]
    if asked.intended_page_script_hash == asked.main_script_hash and name in {
        page.url_path for page in pages
    }:
        asked.set_script_intent("", name)


def is_going_through_history() -> bool:
    """Tell whether this run was asked for with the browser's way back or forward."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation
