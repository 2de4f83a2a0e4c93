"""The explanation beside the map: the start, an area, a point, or the day as a whole."""

from html import escape

import streamlit as st

from bodymap.atlas import WHOLE_BODY, Area, Atlas, Muscle, Point
from bodymap.atlas.emergency import CountryNumbers
from bodymap.atlas.lookup import Answer, TouchedArea
from bodymap.atlas.texts import Level
from bodymap.ui import topics, wayfinding, wording
from bodymap.ui.choice import Choice
from bodymap.ui.emergency import (
    help_link,
    long_alarm,
    short_alarm,
    short_alarm_text,
)
from bodymap.ui.learning import learn_link, learn_title
from bodymap.ui.names import SIDE_WORDS, WHOLE_BODY_NAME

DRAW_PAGE = "bodymap/ui/pages/draw.py"
CHECK_IN_PAGE = "bodymap/ui/pages/check_in.py"
MARK_AGAIN_PAGE = "bodymap/ui/pages/mark_again.py"
_STARTS = ("interscapular", "lower-back")


def show(
    atlas: Atlas,
    choice: Choice,
    country: CountryNumbers | None,
    found: Answer | None = None,
    *,
    is_guest: bool = False,
    has_marks_today: bool = False,
) -> None:
    """Show the explanation of what is chosen, with the emergency number of a country.

    ``found``: of a look-up, what the places that hurt lead to. ``has_marks_today``: there is
    something to mark again.
    """
    if found is not None:
        topics.look_up(atlas, choice, country, found)
    elif choice.complaint is not None:
        topics.complaint(atlas, atlas.complaints[choice.complaint], choice, country)
    elif choice.muscle is not None:
        topics.muscle(atlas, atlas.muscles[choice.muscle], choice, country)
    elif choice.point is not None:
        _point(atlas, atlas.points[choice.point], choice, country)
    elif choice.area == WHOLE_BODY:
        _whole_body()
    elif choice.area is not None:
        _area(atlas, atlas.areas[choice.area], choice, country)
    else:
        _start(atlas, choice, is_guest, has_marks_today)


def alarm_line(atlas: Atlas, choice: Choice, country: CountryNumbers | None) -> str | None:
    """Return the emergency line of what is chosen, for the sheet below the map on a phone."""
    if choice.hurts:
        return (
            " ".join(short_alarm_text(country, key) for key in topics.alarms(atlas, choice)) or None
        )
    if choice.complaint:
        key = atlas.complaints[choice.complaint].emergency
    elif choice.muscle:
        key = atlas.text("muscle", choice.muscle).emergency
    elif choice.area in (None, WHOLE_BODY):
        return None
    else:
        kind, id_ = ("point", choice.point) if choice.point else ("area", choice.area)
        key = atlas.text(kind, id_).emergency
    return short_alarm_text(country, key) if key else None


def _start(atlas: Atlas, choice: Choice, is_guest: bool, has_marks_today: bool) -> None:
    st.title("Where does it hurt?", anchor=False)
    with st.container(key="lead"):
        st.markdown("Touch the place on the body or in the list.")
    st.markdown("You can then read about it and mark how much it hurts. Each mark saves by itself.")
    with st.container(key="card-start", border=True):
        st.header("People often start here", anchor=False)
        for area_id in _STARTS:
            area = atlas.areas[area_id]
            st.button(
                area.name,
                key=f"start-{area_id}",
                width="stretch",
                on_click=wayfinding.choose,
                args=(Choice(view=area.view, body=choice.body, area=area_id),),
            )
        st.button(
            "Several places, or not sure which",
            width="stretch",
            on_click=wayfinding.choose,
            args=(Choice(choice.view, choice.body, hurts=()),),
        )
    with st.container(key="card-bad-day", border=True):
        st.header("Bad day?", anchor=False)
        st.markdown("One number for today is enough.")
        st.button(
            "Give one number and finish",
            on_click=wayfinding.choose,
            args=(Choice(choice.view, choice.body, area=WHOLE_BODY, side="midline"),),
        )
    with st.container(key="card-more", border=True):
        st.header("More to say?", anchor=False)
        st.page_link(DRAW_PAGE, label="Draw where it hurts", icon=":material/draw:")
        st.page_link(CHECK_IN_PAGE, label="Sleep, mood and what you tried", icon=":material/edit:")
        if has_marks_today:
            st.page_link(
                MARK_AGAIN_PAGE, label="Mark the same places again", icon=":material/repeat:"
            )
    kept = (
        "Other people can reach this app. So we keep nothing here. Save your file before you go."
        if is_guest
        else "What you mark stays on this computer."
    )
    with st.container(key="quiet"):
        st.markdown(
            f":material/lock: {kept}\n\n"
            ":material/favorite: Mark from memory or a light touch. Please don't press.\n\n"
            ":material/info: This is not a test. It can't tell you what you have."
        )
    help_link()


def _whole_body() -> None:
    st.title(WHOLE_BODY_NAME, anchor=False)
    st.markdown(
        "On a bad day, one number is enough. Pick how much it hurts by itself, all in all.\n\n"
        "You can stop here. Your number is saved, and the days you mark stay side by side in "
        "*My marks*."
    )
    help_link()


def _area(atlas: Atlas, area: Area, choice: Choice, country: CountryNumbers | None) -> None:
    text, level = atlas.text("area", area.id), wording.level()
    alarm = long_alarm(country, text.emergency) if text.emergency else ""
    st.html(
        _title(area, choice.side, "Clinical name")
        + alarm
        + f'<div class="told">{wording.paragraphs(text.lead(level))}</div>'
        + wording.honesty(text, level)
        + _points_here(atlas, area)
        + wording.facts(text.sections(level), level, stacked=True)
        + wording.PRINT
    )
    wording.pick_level()
    st.button(
        "Which points are said to send pain here?",
        key=f"reach-{area.id}",
        width="stretch",
        on_click=wayfinding.choose,
        args=(
            Choice(
                choice.view,
                choice.body,
                hurts=tuple(
                    TouchedArea(area.id, side) for side in area.sides if choice.side in (None, side)
                ),
            ),
        ),
    )
    _read_more(atlas, area)
    if any(point.kind == "tender" for point in atlas.points_in(area.id)):
        _which_kind(atlas, level)
    wording.sources(atlas, text, level)
    if not alarm:
        help_link()


def _point(atlas: Atlas, point: Point, choice: Choice, country: CountryNumbers | None) -> None:
    text, level = atlas.text("point", point.id), wording.level()
    alarm = short_alarm(country, text.emergency) if text.emergency else ""
    st.html(
        _title(point, choice.side, f"{_kind(point)}. Clinical name")
        + alarm
        + f'<div class="told">{wording.paragraphs(text.lead(level))}</div>'
        + wording.facts(text.sections(level), level)
        + wording.honesty(text, level)
        + wording.PRINT
    )
    wording.pick_level()
    if point.kind != "control":
        _which_kind(atlas, level)
    if point.muscle is not None:
        _muscle(atlas, atlas.muscles[point.muscle], choice, level)
    wording.sources(atlas, text, level)
    if not alarm:
        help_link()


def _title(place: Area | Point, side: str | None, before_name: str) -> str:
    # A place that only lies in the middle needs no side, here as on the map.
    has_side = side is not None and place.sides != ("midline",)
    chip = f' <span class="chip">{SIDE_WORDS[side]}</span>' if has_side else ""
    name = escape(place.clinical_name)
    return f'<h1>{escape(place.name)}{chip}</h1><p class="meta">{before_name}: {name}</p>'


def _kind(point: Point) -> str:
    return {
        "trigger": "Trigger point, as taught",
        "tender": "Tender point, from an older examination",
        "control": "Comparison site of an older examination",
    }[point.kind]


def _points_here(atlas: Atlas, area: Area) -> str:
    trigger = [point for point in atlas.points_in(area.id) if point.kind == "trigger"]
    if not trigger:
        return ""
    each_side = " on each side" if trigger[0].sides == ("left", "right") else ""
    head = f"<h2>Points here <small>{len(trigger)}{each_side}</small></h2>"
    return head + wording.points(atlas, trigger)


def _read_more(atlas: Atlas, area: Area) -> None:
    pages = [text for text in atlas.learn_pages if text.page and area.id in text.page.areas]
    if pages:
        st.header("Read more", anchor=False)
        for text in pages:
            learn_link(text)


def _which_kind(atlas: Atlas, level: Level) -> None:
    """Offer what a trigger point and a tender point are; sent only when asked for."""
    text = atlas.text("learn", "trigger-or-tender-point")
    card = st.expander(learn_title(text), key="card-which-kind", on_change="rerun")
    if card.open:
        with card:
            st.html(f'<div class="told">{wording.paragraphs(text.lead(level))}</div>')
            learn_link(text, "How they differ, and how sure anyone is")


def _muscle(atlas: Atlas, muscle: Muscle, choice: Choice, level: Level) -> None:
    """Offer what is known about the muscle of a point, and its other points."""
    card = st.expander(
        f"The muscle: {muscle.name}", key=f"card-muscle-{muscle.id}", on_change="rerun"
    )
    if not card.open:
        return
    text = atlas.text("muscle", muscle.id)
    with card:
        st.html(wording.facts(text.sections(level), level))
        st.button(
            "Show the whole muscle",
            key=f"whole-muscle-{muscle.id}",
            icon=":material/visibility:",
            width="stretch",
            on_click=wayfinding.choose,
            args=(Choice(choice.view, choice.body, muscle=muscle.id),),
        )
        for point in atlas.points_of(muscle.id):
            st.button(
                point.name,
                key=f"muscle-point-{point.id}",
                help="You are reading about this one." if point.id == choice.point else None,
                disabled=point.id == choice.point,
                width="stretch",
                on_click=wayfinding.choose,
                args=(
                    Choice(
                        view=point.view,
                        body=choice.body,
                        area=point.area,
                        point=point.id,
                        side=choice.side,
                    ),
                ),
            )
        st.html(wording.honesty(text, level))
        wording.sources(atlas, text, level)
