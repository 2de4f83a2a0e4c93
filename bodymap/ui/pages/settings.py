"""Settings: the country, the record as a file, and deleting days or everything."""

from datetime import date

import streamlit as st

from bodymap.ui import restoring, wayfinding
from bodymap.ui.clock import FIRST_DAY, LAST_DAY, today
from bodymap.ui.deleted import delete_button, tell_the_tab
from bodymap.ui.keeping import offer_to_keep
from bodymap.ui.preferences import pick_country
from bodymap.ui.record_file import open_a_file, save_as_a_file
from bodymap.ui.session import PERSON, open_session
from bodymap.ui.tab import wait_for_the_record

wayfinding.leave()
session = open_session()


def where_it_is_kept() -> None:
    """Say where the record is, or that nothing is kept."""
    if session.is_guest:
        st.markdown(
            "Other people can reach this app. So we keep nothing here. Save your file before you "
            "go, and open it when you come back."
        )
        offer_to_keep()
    elif session.store.path is not None:
        st.markdown("What you mark stays on this computer, in this file:")
        st.code(str(session.store.path), language=None, wrap_lines=True)


def delete_days() -> None:
    """Offer to delete one day or a period, and say how many days with entries that is."""
    with st.container(horizontal=True):
        first, last = (
            st.date_input(
                label,
                value=today(),
                min_value=FIRST_DAY,
                max_value=LAST_DAY,  # days that lie ahead can be deleted, too
                format="DD/MM/YYYY",
                key=f"delete_{label}_{today()}",
            )
            for label in ("From", "To")
        )
    if not (isinstance(first, date) and isinstance(last, date)):
        return
    if last < first:
        st.markdown("The second date lies before the first.")
        return
    days = len(session.days(first, last))
    if not days:
        st.markdown("You recorded nothing then.")
        return
    is_one = days == 1
    st.markdown(
        f"You recorded something on **{days} {'day' if is_one else 'days'}** then. Marks, drawings "
        "and answers go, with their earlier values"
        f"{'' if session.is_guest else ' and the backups on this computer'}. Files that you saved "
        "yourself stay."
    )
    label = "Delete this day" if is_one else f"Delete these {days} days"
    delete_button(
        label,
        f"{label}?",
        "Keep it" if is_one else "Keep them",
        "Delete it" if is_one else "Delete them",
        lambda: session.delete_days(first, last),
        "That day is deleted." if is_one else f"{days} days are deleted.",
    )


def delete_everything() -> None:
    """Offer to delete the record."""
    st.markdown(
        "This takes all marks out of this visit."
        if session.is_guest
        else "This takes all marks out of the record and its backups on this computer. It can't "
        "reach files that you saved yourself."
    )
    delete_button(
        "Delete all my marks",
        "Delete all marks?",
        "Keep them",
        "Delete all",
        session.delete_everything,
        "All marks are deleted.",
        word="delete",
    )


with st.container(key="reading"):
    st.title("Settings", anchor=False)
    st.header("Emergency and crisis numbers", anchor=False)
    pick_country(session)
    st.header("My record as a file", anchor=False)
    where_it_is_kept()
    save_as_a_file(session)
    open_a_file(session)
    # Here and not before: the two above keep what they wait for only while they are on the page.
    wait_for_the_record(session)
    if not session.is_guest:
        st.header("Go back to a copy", anchor=False)
        restoring.offer_copies(session.store, PERSON)
    st.header("Delete one day or a period", anchor=False)
    delete_days()
    tell_the_tab(session)
    st.header("Delete everything", anchor=False)
    delete_everything()
