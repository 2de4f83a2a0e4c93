"""One question over the page, which stays until it is answered.

Streamlit closes a dialog with the next run of the whole page, and such a run may come at any time:
something is sent again, midnight passes, another tab speaks up. So the question is kept in the
session and shown anew by each run, always at the same place of the page.

A press is heard by the function that its button is given (``on_click``), which Streamlit calls
before the run: a run may be broken off before it comes to the button, and a press that is only
asked for there would be gone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

_ASKED = "asked"
_PAGE = "asking_page"


@dataclass(slots=True)
class _Asked:
    """page: where it was asked. problem: why it could not be done so far.

    is_shown: a run of the whole page has shown it.
    """

    page: str
    question: str
    content: Callable[[], None]
    problem: str = ""
    is_shown: bool = False


def button(
    label: str,
    question: str,
    content: Callable[[], None],
    *,
    is_first: bool = False,
    key: str | None = None,
) -> None:
    """Draw a button that puts a question.

    content: draws what stands below the question: buttons, of which one calls ``answered``.
    is_first: it is what most people want here.
    """

    def ask() -> None:
        st.session_state[_ASKED] = _Asked(st.session_state[_PAGE], question, content)

    st.button(label, type="primary" if is_first else "secondary", key=key, on_click=ask)
    asked: _Asked | None = st.session_state.get(_ASKED)
    if asked is not None and not asked.is_shown:
        st.rerun()  # the button is in a part of the page that runs alone


def answered() -> None:
    """Close the question."""
    st.session_state.pop(_ASKED, None)


def say(problem: str) -> None:
    """Leave the question open and say why it can't be done."""
    st.session_state[_ASKED].problem = problem


def show(page: str) -> None:
    """Show the open question, if it was put on this page; call it before the page runs."""
    st.session_state[_PAGE] = page
    asked: _Asked | None = st.session_state.get(_ASKED)
    with st.container(key="asking"):
        if asked is None:
            return
        if asked.page != page:
            answered()
            return

        @st.dialog(asked.question, on_dismiss=answered)
        def dialog() -> None:
            if st.session_state.get(_ASKED) is not asked:
                st.rerun()  # it was answered; the page is shown as it is now
            asked.content()
            if asked.problem:
                st.text(asked.problem)

        asked.is_shown = True
        dialog()
