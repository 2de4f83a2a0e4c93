"""One day of the record: its body, its marks as a table, its drawing and its answers in words."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from bodymap.atlas import Atlas
from bodymap.measures.extent import overlap, summary
from bodymap.measures.saying import day_said, listed
from bodymap.measures.shapes import shape_of
from bodymap.records import (
    CheckIn,
    DayOperation,
    Details,
    Mark,
    Operation,
    PainDrawing,
    check_ins_of,
)
from bodymap.records.day import HELPED
from bodymap.records.drawing import NO_DRAWING
from bodymap.records.qualities import CERTAINTIES, COURSES, DEPTHS, QUALITIES
from bodymap.ui.bodies import Picture, bodies
from bodymap.ui.corrections import corrections_said
from bodymap.ui.day_answers import tried_name
from bodymap.ui.names import name_of_target
from bodymap.ui.own_words import as_text, in_html
from bodymap.ui.session import Session
from bodymap.ui.strip import spots_of
from bodymap.ui.tables import show_table

ANSWERS = {
    "worst_nrs": "Worst pain",
    "least_nrs": "Least pain",
    "sleep_nrs": "Sleep (10: hardly slept)",
    "fatigue_nrs": "Tiredness",
    "mood_nrs": "Mood (10: very low)",
}
"""The answers of a day as headings; more is always worse."""

NOT_MARKED = '"–" means not marked, not zero. 0 means no pain here.'


def day_view(
    session: Session, atlas: Atlas, check_in: CheckIn, earlier: Sequence[CheckIn], body: str
) -> None:
    """Show one day. earlier: the check-ins before it, for the drawing before this one."""
    statements = session.statements(check_in.local_date)
    drawing = _drawing_of(statements)
    picture, words = st.columns([2, 3], gap="large")
    with picture:
        _picture(atlas, check_in, drawing, body)
        if drawing.strokes:
            _drawing_said(session, atlas, drawing, earlier)
    with words:
        if check_in.marks:
            show_table(
                f"Marks of {day_said(check_in.local_date)}",
                ["Place", "When touched", "By itself"],
                [_row(atlas, mark) for mark in check_in.marks],
                are_numbers=True,
            )
            st.markdown(f":gray[{NOT_MARKED}]")
        if check_in.answers:
            answers_said(check_in.answers)
        if corrected := corrections_said(atlas, statements, check_in.local_date):
            with st.expander("Changed or entered late"):
                st.text("\n".join(corrected))


def answers_said(answers: DayOperation) -> None:
    """Show the answers of a day: levels as a table, what was tried and the journal as text."""
    levels = [
        (name, getattr(answers, field))
        for field, name in ANSWERS.items()
        if getattr(answers, field) is not None
    ]
    if levels:
        rows = [[escape(name), f"{level} of 10"] for name, level in levels]
        show_table("How the day was", ["Question", "Answer"], rows, are_numbers=True)
    if answers.tried:
        said = [
            f"{tried_name(each.what)} ({HELPED[each.helped]})"
            if each.helped
            else tried_name(each.what)
            for each in answers.tried
        ]
        st.text(f"Tried: {listed(said)}.")
    if answers.journal:
        st.text(as_text(answers.journal))


def details_said(details: Details) -> str:
    """Return what else was said about a mark in a few words, or "" for nothing."""
    words = [QUALITIES[each] for each in details.qualities]
    words += [details.own_word] if details.own_word else []
    for known, given in (
        (COURSES, details.course),
        (DEPTHS, details.depth),
        (CERTAINTIES, details.certainty),
    ):
        words += [known[given]] if given else []
    said = ", ".join(words)
    return f"{said}. {details.note}" if said and details.note else said or details.note


def _drawing_of(statements: Sequence[Operation]) -> PainDrawing:
    """Return the drawing of a day; the check-ins that a page reads come without, as it is long."""
    whole = check_ins_of(statements)
    return (whole[0].drawing if whole else None) or NO_DRAWING


def _row(atlas: Atlas, mark: Mark) -> list[str]:
    name = escape(name_of_target(atlas, mark.target, mark.side))
    said = details_said(mark.details)
    place = f"{name}<small>{in_html(said)}</small>" if said else name
    return [place, _level(mark.touched_nrs), _level(mark.by_itself_nrs)]


def _level(nrs: int | None) -> str:
    return "–" if nrs is None else str(nrs)


def _picture(atlas: Atlas, check_in: CheckIn, drawing: PainDrawing, body: str) -> None:
    spots = spots_of(check_in, "touched")
    if all(spot.level is None for spot in spots):
        spots = spots_of(check_in, "by_itself")
    places = [
        f"{name_of_target(atlas, spot.target, spot.side)} {spot.text}"
        for spot in spots
        if spot.level is not None
    ]
    said = f"Marks of {day_said(check_in.local_date)}: {', '.join(places) or 'none'}."
    if drawing.strokes:
        said += f" {' '.join(summary(shape_of(atlas, drawing)))}"
    bodies(
        key="day_picture",
        kind="large",
        body=body,
        pictures=[Picture(check_in.id, "", "", said, spots, drawing.strokes)],
    )


def _drawing_said(
    session: Session, atlas: Atlas, drawing: PainDrawing, earlier: Sequence[CheckIn]
) -> None:
    shape = shape_of(atlas, drawing)
    sentences = [*summary(shape)]
    for check_in in reversed(earlier):
        if check_in.drawing is None or check_in.drawing.strokes:
            before = shape_of(atlas, _drawing_of(session.statements(check_in.local_date)))
            index = overlap(shape, before).both if before.whole else None
            if index is not None:
                sentences.append(
                    f"It overlaps with the drawing of {day_said(check_in.local_date)} by"
                    f" {index:.2f}: 0 is apart, 1 is the same. When other people drew the same pain"
                    " twice, theirs overlapped by 0.42 to 0.76."
                )
            break
    st.markdown("**Your drawing.** " + " ".join(sentences))
