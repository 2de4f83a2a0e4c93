"""One question over the page, which stays until it is answered.

Streamlit closes a dialog with the next run of the whole page, and such a run may come at any time:
something is sent again, midnight passes, another tab speaks up. So the question is kept in the
session and shown anew by each run, always at the same place of the page.

A press is heard by the function that its button is given (``on_click``), which Streamlit calls
before the run: a run may be broken off before it comes to the button, and a press that is only
asked for there would be gone. Such a function touches plain objects only: where another message
waits, Streamlit ends it at its first look at the session, without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

_DESK = "asking"


@dataclass(slots=True)
class Question:
    """A question over the page. page: where it was put.

    draw: draws what stands below it: buttons, of which one calls ``answer``. problem: why it could
    not be done so far. is_shown: a run of the whole page has shown it.
    """

    page: str
    text: str
    draw: Callable[[Question], None]
    problem: str = ""
    is_shown: bool = False
    is_answered: bool = False

    def answer(self) -> None:
        """Close it."""
        self.is_answered = True


@dataclass(slots=True)
class _Desk:
    """What a session has of questions: the page that is shown, and the one that is open."""

    page: str = ""
    open: Question | None = None


def button(
    label: str,
    question: str,
    draw: Callable[[Question], None],
    *,
    is_first: bool = False,
    key: str | None = None,
) -> None:
    """Draw a button that puts a question; is_first: it is what most people want here."""
    desk: _Desk = st.session_state[_DESK]

    def ask() -> None:
        desk.open = Question(desk.page, question, draw)

    st.button(label, type="primary" if is_first else "secondary", key=key, on_click=ask)
    if desk.open is not None and not desk.open.is_shown:
        st.rerun()  # the button is in a part of the page that runs alone


def show(page: str) -> None:
    """Show the open question, if it was put on this page; call it before the page runs."""
    desk: _Desk = st.session_state.setdefault(_DESK, _Desk())
    desk.page = page
    if desk.open is not None and (desk.open.is_answered or desk.open.page != page):
        desk.open = None
    question = desk.open
    with st.container(key="asking"):
        if question is None:
            return

        @st.dialog(question.text, on_dismiss=question.answer)
        def dialog() -> None:
            if question.is_answered:
                st.rerun()  # by a press just now; the page is shown as it is
            question.draw(question)
            if question.problem:
                st.text(question.problem)

        question.is_shown = True
        dialog()
