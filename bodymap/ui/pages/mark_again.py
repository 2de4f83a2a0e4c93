"""Mark again: today's places a second time, to learn how far two answers of a person differ."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from bodymap.measures.repeatability import pairs, pairs_summary, smallest_change, summary
from bodymap.records import CheckIn, Mark
from bodymap.records.drawing import NO_DRAWING
from bodymap.ui import new_day, wayfinding
from bodymap.ui.again import is_finished, mark_again, scales_of
from bodymap.ui.clock import now, today
from bodymap.ui.emergency import help_link
from bodymap.ui.panel import DRAW_PAGE
from bodymap.ui.saving import save
from bodymap.ui.session import Session, open_session

KEY = "mark_again"
EXPLORE_PAGE = "bodymap/ui/pages/explore.py"
_SOON = timedelta(hours=1)  # before that, people remember what they marked


@st.fragment
def exercise() -> None:
    """Run alone after each answer, so that the rest of the page is not sent again."""
    session = open_session()
    saving = save(session, KEY)
    sitting = new_day.current_sitting(session.look(new_day.RECENT, saving.problem).check_ins)
    of_today = None if sitting.is_undecided else sitting.check_in
    marks = of_today.marks if of_today else ()
    is_done = is_finished(KEY) or (of_today is not None and _is_complete(of_today))
    with st.container():  # always, so that the questions are not mounted anew under the hand
        if not marks:
            st.markdown("There are no marks of today yet. Mark a place on the map first.")
            st.page_link(EXPLORE_PAGE, label="To the map", icon=":material/accessibility:")
        elif not is_done and _was_only_now(marks):
            st.markdown(
                "You marked a place less than an hour ago. This works best after an hour or later "
                "in the day, when you no longer think of your numbers. You can also go on now."
            )
    # Without marks, too: what is still on its way since yesterday must arrive.
    mark_again(
        key=KEY,
        day=today(),
        marks=marks,
        again=of_today.again if of_today else (),
        saving=saving,
    )
    if of_today and marks and is_done:
        with st.container(key="far-apart"):
            _result(session, of_today)


def _was_only_now(marks: Sequence[Mark]) -> bool:
    instant, _, _ = now()
    return instant - max(mark.at for mark in marks) < _SOON


def _is_complete(check_in: CheckIn) -> bool:
    return len(pairs([check_in])) == sum(len(scales_of(mark)) for mark in check_in.marks)


def _result(session: Session, of_today: CheckIn) -> None:
    st.header("How far apart", anchor=False)
    st.markdown(f"**{pairs_summary(pairs([of_today]))}**")
    st.markdown(" ".join(summary(smallest_change(pairs(session.marked_twice())))))
    if of_today.drawing != NO_DRAWING:
        st.page_link(
            DRAW_PAGE,
            label="Draw it again, too",
            icon=":material/draw:",
            query_params={"again": "1"},
        )


wayfinding.leave()
st.title("Mark again", anchor=False)
st.markdown(
    "Two answers of yours can differ although nothing has changed; marking twice on one day shows "
    "how much. We hide what you marked first, and you can stop at any time."
)
exercise()
help_link()
