"""The check-in: how the day was, besides the marks; an earlier day can be filled in, too."""

import streamlit as st

from bodymap.atlas import WHOLE_BODY
from bodymap.ui import tried_list, wayfinding
from bodymap.ui.choice import Choice, to_address
from bodymap.ui.day_answers import changed_list, day_answers, pick_day
from bodymap.ui.emergency import help_link
from bodymap.ui.saving import save
from bodymap.ui.session import open_session

KEY = "day_answers"


@st.fragment
def check_in() -> None:
    """Run alone after each answer, so that the rest of the page is not sent again."""
    session = open_session()
    saving = save(session, KEY)
    latest = session.check_ins(tried_list.LATEST)
    changed = changed_list(KEY)
    refused = (
        tried_list.keep(session, latest, changed.offered, changed.taken_out) if changed else ""
    )
    day = pick_day("check_in_day")
    day_answers(
        key=KEY,
        day=day,
        things=tried_list.things(session.preferences(), latest),
        refused=refused,
        answers=session.answers(day),
        saving=saving,
    )


wayfinding.leave()
st.title("How was your day?", anchor=False)
with st.container(key="card-bad-day", border=True):
    st.header("Bad day?", anchor=False)
    st.markdown("One number for today is enough. The rest is here if you want to say more.")
    with st.container(key="contents"):
        st.page_link(
            "bodymap/ui/pages/explore.py",
            label="How bad is it today, all in all?",
            query_params=to_address(Choice(area=WHOLE_BODY, side="midline")),
        )
check_in()
help_link()
