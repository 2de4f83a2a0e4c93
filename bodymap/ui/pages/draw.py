"""Draw where it hurts: shaded freehand or by whole areas, in layers of quality and level."""

from datetime import date

import streamlit as st

from bodymap.measures.extent import summary
from bodymap.measures.repeatability import overlap, overlap_summary
from bodymap.measures.shapes import shape_of
from bodymap.records import StoreError
from bodymap.records.drawing import drawing_of
from bodymap.ui import knowledge, wayfinding
from bodymap.ui.board import drawing_board
from bodymap.ui.clock import now, today
from bodymap.ui.day_answers import pick_day
from bodymap.ui.emergency import help_link
from bodymap.ui.new_day import name_of
from bodymap.ui.saving import keep_copies_in_the_tab, save
from bodymap.ui.session import PERSON, Session, open_session

KEY = "drawing_board"
_HAS = "drawing_board_has"  # the body, day and drawing whose strokes the browser was sent
_AGAIN = "draw_again"
_PROBLEM = "drawing_problem"


def start_from(session: Session, source: date) -> None:
    """Begin today's drawing with that of an earlier day."""
    instant, zone, offset_min = now()
    try:
        new = session.store.copy_drawing(PERSON, source, instant, zone, offset_min)
        keep_copies_in_the_tab(session, new)
    except StoreError as error:
        st.session_state[_PROBLEM] = str(error)
    else:
        st.session_state[_HAS] = None


def offer_the_last(session: Session, day: date) -> None:
    """Offer to begin with the last drawing, while today has none."""
    last = session.last_drawn(day) if day == today() else None
    if last is not None:
        st.button(
            f"Start from the drawing of {name_of(last)}",
            key="start-from-drawing",
            on_click=start_from,
            args=(session, last),
        )
    if problem := st.session_state.pop(_PROBLEM, None):
        st.text(problem)


@st.fragment
def draw() -> None:
    """Run alone after each stroke, so that the rest of the page is not sent again."""
    session = open_session()
    body, day = wayfinding.chosen_body(), pick_day("draw_day")
    saving = save(session, KEY)
    strokes = session.strokes(day)
    first, again = (
        [stroke for stroke in strokes.values() if stroke.is_again is made] for made in (False, True)
    )
    is_drawn_today = day == today() and bool(drawing_of(first).strokes)
    is_again = is_drawn_today and st.session_state[_AGAIN]
    shown = again if is_again else first
    has = body, day, is_again
    with st.container():  # always, so that the board is not mounted anew
        if not first:
            offer_the_last(session, day)
    said = st.empty()  # for the same reason
    if is_again:
        said.markdown(
            "**You draw it again, the first one hidden.** That shows how much two drawings of "
            "yours differ by themselves. The first one stays as it is."
        )
    drawing_board(
        key=KEY,
        body=body,
        day=day,
        strokes=None if st.session_state.get(_HAS) == has else shown,
        is_again=is_again,
        saving=saving,
    )
    st.session_state[_HAS] = has
    # Below the board, which must not move under the hand when this comes after the first stroke.
    if is_drawn_today:
        st.toggle("Draw it again, the first one hidden", key=_AGAIN, on_change=_write_address)
    else:
        st.session_state[_AGAIN] = False
    st.header("In words", anchor=False)
    drawing = drawing_of(shown)
    for sentence in summary(shape_of(knowledge.atlas(), drawing)):
        st.markdown(sentence)
    # Not while it is drawn again: it would tell how near the hidden drawing is.
    if (
        not is_again
        and (index := overlap(knowledge.atlas(), drawing, drawing_of(again))) is not None
    ):
        for sentence in overlap_summary(index):
            st.markdown(sentence)


def _write_address() -> None:
    if st.session_state[_AGAIN]:
        st.query_params["again"] = "1"
    else:
        st.query_params.pop("again", None)


wayfinding.leave()
st.session_state[_HAS] = None  # a page that opens has nothing yet
st.session_state[_AGAIN] = "again" in st.query_params
st.title("Draw where it hurts", anchor=False)
st.markdown(
    "Shade with a finger, a pen or the mouse, or pick *Whole area* and touch one. If you like, "
    "first pick what it feels like and how much it hurts. Each stroke saves by itself."
)
draw()
help_link()
