"""The explanation beside the map: the start, an area, a point, or the day as a whole."""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

import streamlit as st

from bodymap.atlas import WHOLE_BODY, Area, Atlas, Complaint, Muscle, Point
from bodymap.atlas.emergency import CountryNumbers
from bodymap.atlas.lookup import Answer, TouchedArea, area_of
from bodymap.atlas.texts import HONESTY, Level
from bodymap.ui import wayfinding, wording
from bodymap.ui.choice import Choice, to_address
from bodymap.ui.emergency import (
    first_alarm,
    first_alarm_text,
    help_link,
    long_alarm,
    short_alarm,
    short_alarm_text,
)
from bodymap.ui.learning import learn_link, learn_title
from bodymap.ui.names import SIDE_WORDS, WHOLE_BODY_NAME, name_of_target

_PRINT = '<p class="hint">To print this as a card, press Ctrl and P (on a Mac ⌘ and P).</p>'
_STARTS = ("interscapular", "lower-back")


def show(
    atlas: Atlas,
    choice: Choice,
    country: CountryNumbers | None,
    found: Answer | None = None,
    *,
    is_guest: bool = False,
) -> None:
    """Show the explanation of what is chosen, with the emergency number of a country.

    ``found``: of a look-up, what the places that hurt lead to.
    """
    if found is not None:
        _look_up(atlas, choice, country, found)
    elif choice.complaint is not None:
        _complaint(atlas, atlas.complaints[choice.complaint], choice, country)
    elif choice.muscle is not None:
        _whole_muscle(atlas, atlas.muscles[choice.muscle], choice, country)
    elif choice.point is not None:
        _point(atlas, atlas.points[choice.point], choice, country)
    elif choice.area == WHOLE_BODY:
        _whole_body()
    elif choice.area is not None:
        _area(atlas, atlas.areas[choice.area], choice, country)
    else:
        _start(atlas, choice, is_guest)


def alarm_line(atlas: Atlas, choice: Choice, country: CountryNumbers | None) -> str | None:
    """Return the emergency line of what is chosen, for the sheet below the map on a phone."""
    if choice.hurts:
        return " ".join(short_alarm_text(country, key) for key in _alarms(atlas, choice)) or None
    if choice.complaint:
        complaint = atlas.complaints[choice.complaint]
        return first_alarm_text(complaint) if complaint.check_first else None
    if choice.muscle:
        kind, id_ = "muscle", choice.muscle
    elif choice.area in (None, WHOLE_BODY):
        return None
    else:
        kind, id_ = ("point", choice.point) if choice.point else ("area", choice.area)
    key = atlas.text(kind, id_).emergency
    return short_alarm_text(country, key) if key else None


def _start(atlas: Atlas, choice: Choice, is_guest: bool) -> None:
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


def _look_up(atlas: Atlas, choice: Choice, country: CountryNumbers | None, found: Answer) -> None:
    keys = _alarms(atlas, choice)
    # One note in full; several would push everything else out of sight.
    note = long_alarm if len(keys) == 1 else short_alarm
    alarms = [note(country, key) for key in keys]
    lead = (
        "Touch every place that hurts, back and front. The list then shows the points whose pain "
        "is said to go there. The best fit comes first."
    )
    st.html(
        "<h1>Where it hurts</h1>"
        + "".join(alarms)
        + f'<div class="told"><p>{lead}</p></div>'
        + f'<p class="honest">{wording.icon("balance")}<b>{HONESTY}</b> {_LOOKED_UP}</p>'
        + _uncovered(atlas, found)
        + (_areas_touched(atlas, choice) if choice.hurts else _problems(atlas, choice))
    )
    if not alarms:
        help_link()


_LOOKED_UP = (
    "We look this up in old teaching maps. It says nothing about you, and it is no test. Other "
    "things can hurt in the same place."
)


def _alarms(atlas: Atlas, choice: Choice) -> list[str]:
    """Return the emergency notes of the areas that were touched, each once."""
    areas = (area_of(atlas, place) for place in choice.hurts or ())
    keys = (atlas.text("area", area[0]).emergency for area in areas if area)
    return list(dict.fromkeys(key for key in keys if key))


def _uncovered(atlas: Atlas, found: Answer) -> str:
    areas = (area_of(atlas, place) for place in found.uncovered)
    names = [escape(name_of_target(atlas, *area)) for area in areas if area]
    if not names:
        return ""
    return f"<p><b>No point of these maps is said to reach:</b> {'; '.join(names)}.</p>"


def _areas_touched(atlas: Atlas, choice: Choice) -> str:
    """Return links to the areas' own explanations; the map follows them without a new page."""
    links = ""
    for area in dict.fromkeys(area_of(atlas, place) for place in choice.hurts or ()):
        if area is not None:
            query = urlencode(to_address(Choice(body=choice.body, area=area[0], side=area[1])))
            name = escape(name_of_target(atlas, *area))
            links += f'<li><a href="?{escape(query)}" target="_self">{name}</a></li>'
    return f"<h2>What else can hurt there</h2><ul>{links}</ul>" if links else ""


def _problems(atlas: Atlas, choice: Choice) -> str:
    """Return links to every complaint, for those who can't say where but can say when."""
    links = ""
    for complaint in atlas.complaints.values():
        query = urlencode({"complaint": complaint.id} | to_address(Choice(body=choice.body)))
        links += f'<li><a href="?{escape(query)}" target="_self">{escape(complaint.words)}</a></li>'
    return f"<h2>Or pick what troubles you</h2><ul>{links}</ul>"


def _complaint(
    atlas: Atlas, complaint: Complaint, choice: Choice, country: CountryNumbers | None
) -> None:
    st.html(
        f"<h1>{escape(complaint.words)}</h1>"
        + (first_alarm(country, complaint) if complaint.check_first else "")
        + '<div class="told"><p>Teaching maps name these points when someone says this. The map '
        "shows them on both sides. Press one to read where it is and how sure that is.</p></div>"
        + f'<p class="honest">{wording.icon("balance")}<b>{HONESTY}</b> {_LOOKED_UP}</p>'
        + "<h2>The points</h2>"
        + _list_of(atlas, (atlas.points[id_] for id_ in complaint.points))
        + _PRINT
    )
    _touch_instead(choice)
    wording.citations(atlas, complaint.sources, key=f"complaint-{complaint.id}")
    if not complaint.check_first:
        help_link()


def _touch_instead(choice: Choice) -> None:
    st.button(
        "Touch where it hurts instead",
        width="stretch",
        on_click=wayfinding.choose,
        args=(Choice(choice.view, choice.body, hurts=()),),
    )


def _whole_muscle(
    atlas: Atlas, muscle: Muscle, choice: Choice, country: CountryNumbers | None
) -> None:
    text, level = atlas.text("muscle", muscle.id), wording.level()
    alarm = short_alarm(country, text.emergency) if text.emergency else ""
    st.html(
        f'<h1>{escape(muscle.name)}</h1><p class="meta">A muscle. The map shows it on both sides, '
        "with where its points are said to send pain.</p>"
        + alarm
        + wording.facts(text.sections(level), level)
        + "<h2>The points</h2>"
        + _list_of(atlas, atlas.points_of(muscle.id))
        + wording.honesty(text, level)
        + _PRINT
    )
    wording.pick_level()
    wording.sources(atlas, text, level)
    if not alarm:
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
        + _PRINT
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
        + _PRINT
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
    return head + _list_of(atlas, trigger)


def _list_of(atlas: Atlas, points: Iterable[Point]) -> str:
    items = "".join(
        f"<li><b>{escape(point.name)}</b> – {escape(atlas.text('point', point.id).summary)}</li>"
        for point in points
    )
    return f'<ul class="points">{items}</ul>'


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
