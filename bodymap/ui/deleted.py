"""What was deleted, told to the tab: its outboxes must not offer it again.

The deletion goes to the browser on the page where it was made, where no outbox is. So all that the
tab keeps then was made before, whatever its clock says, and what is made afterwards stays.
"""

from collections.abc import Callable
from uuid import uuid4

import streamlit as st

from bodymap.records import StoreError
from bodymap.records.errors import PartlyDeletedError
from bodymap.ui.asking import Question, button
from bodymap.ui.browser import component
from bodymap.ui.session import Session

_TOLD = "told_of_deleting"  # {"said": what was deleted, "left": what was not}


def delete_button(
    label: str,
    question: str,
    keep: str,
    delete: str,
    does: Callable[[], None],
    said: str,
    *,
    word: str | None = None,
    key: str | None = None,
) -> None:
    """Draw a button that asks once more: deleting is the only thing in the app that asks.

    keep, delete: the words of the two buttons. said: one sentence, shown after ``does``. word: what
    has to be typed first, in small letters, so that no two stray or stolen clicks delete.
    """
    # Of its own each time: a word typed into a dialog that was left again must not count.
    field = f"word-{uuid4().hex}"
    told: dict[str, str] = st.session_state.setdefault(_TOLD, {})

    def draw(asked: Question) -> None:
        st.markdown("This can't be undone.")
        is_meant = word is None or _is_typed(word, field)
        with st.container(horizontal=True):
            st.button(keep, on_click=asked.answer)
            st.button(delete, type="primary", disabled=not is_meant, on_click=now, args=(asked,))

    def now(asked: Question) -> None:
        try:
            does()
        except PartlyDeletedError as error:
            told["left"] = str(error)
        except StoreError as error:
            asked.problem = str(error)
            return
        else:
            told["said"] = said
        asked.answer()

    button(label, question, draw, key=key)


def _is_typed(word: str, field: str) -> bool:
    typed = st.text_input(
        f"Type the word **{word}** first", key=field, autocomplete="off", live="100ms"
    )
    # A phone begins with a capital letter, and ends a suggested word with a space.
    return (typed or "").strip().casefold() == word


def tell_the_tab(session: Session) -> None:
    """Have the tab forget what was deleted in this session; call it where things are deleted.

    Only once it has, the page says what was deleted.
    """
    told: dict[str, str] = st.session_state.setdefault(_TOLD, {})
    said, left = told.pop("said", ""), told.pop("left", "")
    if left:
        st.text(left)
    if not session.deletions:
        return
    _component(
        key="deleted",
        data={
            "deletions": [deletion.sent() for deletion in session.deletions],
            "said": said,
        },
    )


_component = component("bodymap_deleted", "deleted", "page")
