"""Settings: the country, the record as a file, and deleting days or everything."""

from collections.abc import Callable
from datetime import date
from math import ceil

import streamlit as st

from bodymap.exchange.record_json import (
    MAX_BYTES,
    RecordFileError,
    dump,
    dump_in_parts,
    parse,
)
from bodymap.records import StoreError
from bodymap.ui import wayfinding
from bodymap.ui.deleted import confirm, tell_the_tab
from bodymap.ui.preferences import pick_country
from bodymap.ui.session import PERSON, now, open_session, today

EARLIEST = date(1900, 1, 1)  # of what a record may hold

wayfinding.leave()
session = open_session()


def where_it_is_kept() -> None:
    """Say where the record is, or that nothing is kept."""
    if session.is_guest:
        st.markdown(
            "Other people can reach this app. So we keep nothing here. Save your file before you "
            "go, and open it when you come back."
        )
    elif session.store.path is not None:
        st.markdown("What you mark stays on this computer, in this file:")
        st.code(str(session.store.path), language=None, wrap_lines=True)


def save_as_a_file() -> None:
    """Offer the whole record for download: as one file, or in parts where one could not be read."""
    if is_short():
        # Read only when it is asked for.
        offer_a_file("Save my record as a file", "", lambda: dump(session.store.record(PERSON)))
        return
    parts = dump_in_parts(session.record())
    if len(parts) == 1:
        offer_a_file("Save my record as a file", "", lambda: parts[0])
        return
    st.markdown(
        f"Your record is long, so it comes in {len(parts)} parts. Save each of them. To bring "
        "everything back, open them one after another."
    )
    with st.container(horizontal=True):
        for number, part in enumerate(parts, start=1):
            offer_a_file(
                f"Save part {number} of {len(parts)}",
                f"-part-{number}-of-{len(parts)}",
                lambda part=part: part,
            )


def is_short() -> bool:
    """Tell, without reading it, that a record surely fits in one file."""
    path = session.store.path
    # Of all that a row holds, text grows most in JSON: two bytes of UTF-8 become six.
    return path is not None and path.stat().st_size * 3 <= MAX_BYTES


def offer_a_file(label: str, part: str, data: Callable[[], bytes]) -> None:
    """Offer one file; ``part`` is what its name says of which part it is."""
    instant, _, _ = now()
    st.download_button(
        label,
        data=data,
        # Unique, because Streamlit tells large files apart by a sample of their bytes.
        file_name=f"bodymap-record-{instant:%Y-%m-%d-%H%M%S}{part}.json",
        mime="application/json",
        on_click="ignore",
    )


def open_a_file() -> None:
    """Read a record file, say what it holds, and add it when asked to."""
    uploaded = st.file_uploader(
        "Open a record file",
        # Any type: what another kind of file is, and what to open instead, we say ourselves.
        # Streamlit counts in millions of bytes, and a part may be as large as a file can be.
        max_upload_size=ceil(MAX_BYTES / 10**6),
    )
    if uploaded is None:
        return
    try:
        record = parse(uploaded.getvalue())
    except RecordFileError as error:
        st.markdown("**We can't read this file. Nothing was changed.**")
        st.text(str(error))
        return
    days = len(record.check_ins)
    st.markdown(
        f"This file holds {days} {'day' if days == 1 else 'days'}. "
        "What you have marked here stays; the file's marks are added."
    )
    if st.button("Add them to my record", type="primary"):
        try:
            session.store.merge(PERSON, record)
        except StoreError as error:
            st.text(str(error))
        else:
            st.markdown(":green[:material/check: **Added.**] You find them in *My marks*.")


def delete_days() -> None:
    """Offer to delete one day or a period, and say how many days with entries that is."""
    with st.container(horizontal=True):
        first, last = (
            st.date_input(label, value=today(), min_value=EARLIEST, format="DD/MM/YYYY")
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
    if st.button("Delete this day" if is_one else f"Delete these {days} days"):
        confirm(
            "Delete this day?" if is_one else f"Delete these {days} days?",
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
    if st.button("Delete all my marks"):
        confirm(
            "Delete all marks?",
            "Keep them",
            "Delete all",
            session.delete_everything,
            "All marks are deleted.",
        )


with st.container(key="reading"):
    st.title("Settings", anchor=False)
    st.header("Emergency and crisis numbers", anchor=False)
    pick_country(session)
    st.header("My record as a file", anchor=False)
    where_it_is_kept()
    save_as_a_file()
    open_a_file()
    st.header("Delete one day or a period", anchor=False)
    delete_days()
    tell_the_tab(session)
    st.header("Delete everything", anchor=False)
    delete_everything()
