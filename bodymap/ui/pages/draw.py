"""Draw where it hurts: shaded freehand or by whole areas, in layers of quality and level."""

import streamlit as st

from bodymap.measures.extent import summary
from bodymap.measures.shapes import shape_of
from bodymap.records.drawing import drawing_of
from bodymap.ui import knowledge, wayfinding
from bodymap.ui.board import drawing_board, outbox_of
from bodymap.ui.day_answers import pick_day
from bodymap.ui.emergency import help_link
from bodymap.ui.session import open_session, save

KEY = "drawing_board"
_HAS = "drawing_board_has"  # the body and day whose strokes the browser was sent


@st.fragment
def draw() -> None:
    """Run alone after each stroke, so that the rest of the page is not sent again."""
    session = open_session()
    body, day = wayfinding.chosen_body(), pick_day("draw_day")
    strokes = session.strokes(day)
    statements = outbox_of(KEY, strokes)
    saving = save(session, statements)
    if saving.problem is None:
        strokes |= {statement.stroke_id: statement for statement in statements}
    drawing_board(
        key=KEY,
        body=body,
        day=day,
        strokes=None if st.session_state.get(_HAS) == (body, day) else strokes.values(),
        acknowledged=saving.acknowledged,
        problem=saving.problem,
        keep=session.is_guest,
        record=session.record_name,
        forget=session.deleted_at,
    )
    st.session_state[_HAS] = body, day
    st.header("In words", anchor=False)
    for sentence in summary(shape_of(knowledge.atlas(), drawing_of(strokes.values()))):
        st.markdown(sentence)


wayfinding.leave()
st.session_state[_HAS] = None  # a page that opens has nothing yet
st.title("Draw where it hurts", anchor=False)
st.markdown(
    "Shade with a finger, a pen or the mouse, or pick *Whole area* and touch one. If you like, "
    "first pick what it feels like and how much it hurts. Each stroke saves by itself."
)
draw()
help_link()
