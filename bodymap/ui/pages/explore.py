"""Explore: the map, and beside it the explanation of what is chosen."""

import streamlit as st

from bodymap.atlas.lookup import look_up
from bodymap.records.qualities import most_used_first
from bodymap.ui import knowledge, new_day, panel, wayfinding
from bodymap.ui.body_map import DEMONSTRATE, body_map, map_state
from bodymap.ui.browser import end_turn
from bodymap.ui.choice import to_address
from bodymap.ui.learning import LEARN_PAGE, PAGE
from bodymap.ui.preferences import country_of
from bodymap.ui.presenting import DEMONSTRATE_PAGE
from bodymap.ui.saving import save
from bodymap.ui.session import open_session

KEY = "body_map"


@st.fragment
def explore() -> None:
    """Run alone after each touch, so that the rest of the page is not sent again."""
    atlas = knowledge.atlas()
    session = open_session()
    state = map_state(KEY)
    saving = save(session, KEY)
    # Always, so that the map is not mounted anew under the hand when something comes or goes here.
    above = st.container(key="above")
    with above:
        wayfinding.follow(atlas, state.choice, state.command)
    choice = wayfinding.chosen()
    if state.page is not None:
        end_turn(KEY)
        if state.page == DEMONSTRATE:
            st.switch_page(DEMONSTRATE_PAGE, query_params=to_address(choice))
        st.switch_page(LEARN_PAGE, query_params={PAGE: state.page})
    seen = session.look(new_day.RECENT, saving.problem)
    country = country_of(seen.preferences)

    sitting = new_day.current_sitting(seen.check_ins)
    with above:
        if sitting.is_undecided:
            new_day.offer(session, sitting)
        new_day.say_tomorrow(seen.ahead)

    found = look_up(atlas, choice.hurts) if choice.hurts is not None else None
    with st.container(horizontal=True, key="explore"):
        map_room, panel_room = st.container(key="map"), st.container(key="panel")

    def show_map() -> None:
        with map_room:
            body_map(
                key=KEY,
                choice=choice,
                command=wayfinding.command(),
                marks=sitting.marks,
                day=sitting.day,
                saving=saving,
                last_time=new_day.last_time(seen.check_ins, choice.target),
                qualities=most_used_first(
                    mark.details for check_in in seen.check_ins for mark in check_in.marks
                ),
                alarm=panel.alarm_line(atlas, choice, country),
                number=country.emergency if country else "",
                reached=found.hits if found else (),
            )

    def explain() -> None:
        with panel_room:
            panel.show(
                atlas,
                choice,
                country,
                found,
                is_guest=session.is_guest,
                has_marks_today=bool(sitting.marks) and not sitting.is_undecided,
            )

    # The text is sent first: it is what the person is waiting for. But the map must have heard of
    # what was chosen in the text before that changes: a touch in between would count as older.
    for send in (show_map, explain) if wayfinding.is_news_to_the_map() else (explain, show_map):
        send()
    wayfinding.write_address()


wayfinding.look_at_address()
explore()
