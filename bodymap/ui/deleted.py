"""What was deleted, told to the tab: its outboxes must not offer it again.

The deletion goes to the browser on the page where it was made, where no outbox is. So all that the
tab keeps then was made before, whatever its clock says, and what is made afterwards stays.
"""

from collections.abc import Callable

import streamlit as st

from bodymap.records import StoreError
from bodymap.ui.browser import component
from bodymap.ui.session import Session

_SAID = "said_of_deleting"


def confirm(question: str, keep: str, delete: str, does: Callable[[], None], said: str) -> None:
    """Ask once more: deleting is the only thing in the app that asks.

    keep, delete: the words of the two buttons. said: one sentence, shown after ``does``.
    """

    @st.dialog(question)
    def ask() -> None:
        st.markdown("This can't be undone.")
        with st.container(horizontal=True):
            if st.button(keep):
                st.rerun()
            if st.button(delete, type="primary"):
                try:
                    does()
                except StoreError as error:
                    st.text(str(error))
                else:
                    st.session_state[_SAID] = said
                    st.rerun()

    ask()


def tell_the_tab(session: Session) -> None:
    """Have the tab forget what was deleted in this session; call it where things are deleted.

    Only once it has, the page says what was deleted.
    """
    said = st.session_state.pop(_SAID, "")
    if not session.deletions:
        return
    _component(
        key="deleted",
        data={
            "deletions": [
                {
                    "id": deletion.id,
                    "first": deletion.first.isoformat(),
                    "last": deletion.last.isoformat(),
                    "place": deletion.place and list(deletion.place),
                }
                for deletion in session.deletions
            ],
            "said": said,
        },
    )


_component = component("bodymap_deleted", "deleted", "page")
