"""My marks: each day, what changed and how sure that is, and everything over time."""

from datetime import date, timedelta

import streamlit as st

from bodymap.measures.history import NOTHING_YET, ahead_said, history, summary
from bodymap.measures.repeatability import pairs, smallest_change
from bodymap.measures.saying import day_said
from bodymap.records import CheckIn
from bodymap.records.scales import SCALES
from bodymap.ui import comparing, knowledge, new_day, over_time, wayfinding
from bodymap.ui.clock import today
from bodymap.ui.day_view import day_view
from bodymap.ui.deleted import delete_button, tell_the_tab
from bodymap.ui.names import name_of_target
from bodymap.ui.panel import MARK_AGAIN_PAGE
from bodymap.ui.session import Session, open_session
from bodymap.ui.strip import strip
from bodymap.ui.tab import wait_for_the_record

EXPLORE_PAGE = "bodymap/ui/pages/explore.py"
WINDOWS = {"Last 30": 30, "Last 100": 100, "All": None}
BETWEEN = "Dates"
_CHOSEN = "chosen_day"


def pick_days(session: Session) -> tuple[CheckIn, ...]:
    """Return the check-ins of the time that the person wants to look at."""
    picked = st.radio("Days to look at", [*WINDOWS, BETWEEN], horizontal=True, key="window")
    if picked != BETWEEN:
        return session.check_ins(WINDOWS[picked])
    first = session.first_day()
    days = st.date_input(
        "First and last day",
        value=(max(first, date(today().year, 1, 1)), today()),
        min_value=first,
        max_value=today(),
        format="DD/MM/YYYY",
        key=f"window_days_{today()}",
    )
    if not isinstance(days, tuple) or len(days) != 2:
        return ()
    return session.check_ins(between=(days[0], days[1]))


@st.fragment
def each_day(
    session: Session, so_far: tuple[CheckIn, ...], later: tuple[CheckIn, ...], scale: str
) -> None:
    """Show the strip and the day that was chosen in it; run alone when another one is.

    later: tomorrow's check-in, shown last, and never as the one that counts for now.
    """
    body = wayfinding.chosen_body()
    check_ins = so_far + later
    ids = [check_in.id for check_in in check_ins]
    chosen = st.session_state.get(_CHOSEN)
    chosen = chosen if chosen in ids else (so_far or later)[-1].id
    with st.container(key="card-strip", border=True):
        st.header("Each day you marked", anchor=False)
        st.markdown(":gray[Days without marks stay empty. That is fine.]")
        picked = strip(check_ins, scale, body, chosen)
        if picked is not None and picked in ids:
            st.session_state[_CHOSEN] = chosen = picked
        at = ids.index(chosen)
        shown = check_ins[at]
        day = shown.local_date
        name = f"{day:%A}, {day_said(day)}"
        if day > today():
            name = f"Tomorrow: {name}"
        st.subheader("Today" if day == today() else name, anchor=False)
        if day > today():
            st.markdown(":gray[This day is still to come, so it is not compared with the others.]")
        day_view(session, knowledge.atlas(), shown, check_ins[:at], body)
        with st.expander("Delete something of this day"):
            offer_to_delete(session, shown)


def offer_to_delete(session: Session, check_in: CheckIn) -> None:
    """Offer to delete a whole day, or one mark of it with its earlier values."""
    day = check_in.local_date
    everything = "Everything of this day"
    names = {name_of_target(knowledge.atlas(), *mark.place): mark.place for mark in check_in.marks}
    what = st.radio("What to delete", [everything, *names], key=f"delete_{check_in.id}")
    thing, deletes = (
        ("mark", lambda: session.delete_mark(day, names[what]))
        if what in names
        else ("day", lambda: session.delete_days(day, day))
    )
    delete_button(
        "Delete this",
        f"Delete this {thing}?",
        "Keep it",
        "Delete it",
        deletes,
        f"That {thing} is deleted.",
        key=f"delete_of_{check_in.id}",
    )


def say_ahead(session: Session, ahead: tuple[CheckIn, ...]) -> None:
    """Name the days that lie ahead, and offer to delete them: a clock was wrong."""
    st.markdown(ahead_said([check_in.local_date for check_in in ahead]))
    with st.expander("Delete something that lies ahead", key="lies-ahead", on_change="rerun"):
        picked = st.selectbox(
            "Day", ahead, format_func=lambda one: day_said(one.local_date), key="ahead"
        )
        offer_to_delete(session, picked)
        if len(ahead) > 1:
            delete_button(
                f"Delete these {len(ahead)} days",
                f"Delete these {len(ahead)} days?",
                "Keep them",
                "Delete them",
                lambda: session.delete_days(ahead[0].local_date, ahead[-1].local_date),
                f"{len(ahead)} days are deleted.",
            )


wayfinding.leave()
session = open_session()
wait_for_the_record(session)
atlas = knowledge.atlas()
recent = session.check_ins(new_day.RECENT)
ahead = session.ahead()
later = tuple(one for one in ahead if one.local_date - today() == timedelta(days=1))

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title("My marks", anchor=False, width="content")
    if recent:
        with st.container(horizontal=True, width="content"):
            st.page_link(EXPLORE_PAGE, label="Mark today", icon=":material/edit:", width="content")
            st.page_link(
                MARK_AGAIN_PAGE, label="Mark again", icon=":material/repeat:", width="content"
            )
tell_the_tab(session)
if far := ahead[len(later) :]:
    say_ahead(session, far)
if not recent and not later:
    st.markdown(NOTHING_YET)
    st.page_link(EXPLORE_PAGE, label="To the map", icon=":material/accessibility:")
    st.stop()

sitting = new_day.current_sitting(recent)
if sitting.is_undecided:
    new_day.offer(session, sitting)
new_day.offer_more(session, recent, sitting)

with st.container(horizontal=True, vertical_alignment="bottom"):
    check_ins = pick_days(session)
    scale = st.radio(
        "Numbers shown",
        list(SCALES),
        format_func=lambda each: SCALES[each].capitalize(),
        horizontal=True,
        key="scale",
    )
if not check_ins:
    if later:
        each_day(session, (), later, scale)
    else:
        st.markdown("Nothing was marked on these days.")
    st.stop()
so_far = history(check_ins)
twice = pairs(session.marked_twice())
smallest = smallest_change(twice)
theme = st.context.theme.type or "light"

comparing.lead(atlas, check_ins, smallest)
for sentence in summary(so_far, today()):
    st.markdown(sentence)
each_day(session, check_ins, later, scale)

chart_side, change_side = st.columns(2, gap="medium")
with chart_side, st.container(key="card-chart", border=True):
    listed = over_time.topics(atlas, check_ins, so_far)
    if listed:
        over_time.over_time(check_ins, so_far, listed, theme)
with change_side, st.container(key="card-change", border=True):
    comparing.start_now_change(atlas, check_ins, scale, smallest, wayfinding.chosen_body())
    comparing.how_sure(atlas, session, twice)
if len(check_ins) > 1:
    with st.container(key="card-heat", border=True):
        comparing.heat(atlas, check_ins, scale, wayfinding.chosen_body())
if over_time.tried_in(check_ins):
    with st.container(key="card-tried", border=True):
        over_time.what_was_tried(check_ins)
