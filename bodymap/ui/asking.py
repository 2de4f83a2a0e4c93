"""One question over the page, which stays until it is answered.

Streamlit closes a dialog with the next run of the whole page, and such a run may come at any time:
something is sent again, midnight passes, another tab speaks up. So the question is kept in the
session and shown anew by each run, always at the same place of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

_ASKED = "asked"
_PAGE = "asking_page"


@dataclass(slots=True)
class _Asked:
    """page: where it was asked. problem: why it could not be done so far."""

    page: str
    question: str
    content: Callable[[], None]
    problem: str = ""


def ask(question: str, content: Callable[[], None]) -> NoReturn:
    """Put a question; ``content`` draws what stands below it, and calls ``answered`` at its end."""
    st.session_state[_ASKED] = _Asked(st.session_state[_PAGE], question, content)
    st.rerun()


def answered() -> NoReturn:
    """Close the question and show the page as it is now."""
    _close()
    st.rerun()


def say(problem: str) -> NoReturn:
    """Leave the question open and say why it can't be done."""
    st.session_state[_ASKED].problem = problem
    st.rerun()


def show(page: str) -> None:
    """Show the open question, if it was put on this page; call it before the page runs."""
    st.session_state[_PAGE] = page
    asked: _Asked | None = st.session_state.get(_ASKED)
    with st.container(key="asking"):
        if asked is None:
            return
        if asked.page != page:
            _close()
            return

        @st.dialog(asked.question, on_dismiss=_close)
        def dialog() -> None:
            asked.content()
            if asked.problem:
                st.text(asked.problem)

        dialog()


def _close() -> None:
    st.session_state.pop(_ASKED, None)
