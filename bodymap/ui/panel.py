"""The explanation beside the map: the start, an area, a point, or the day as a whole."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from bodymap.atlas import WHOLE_BODY, Area, Atlas, Point, Statement, Text
from bodymap.atlas.emergency import CountryNumbers
from bodymap.atlas.texts import DERIVED, GENERAL, Level
from bodymap.ui import wayfinding
from bodymap.ui.choice import Choice
from bodymap.ui.emergency import HELP_PAGE, long_alarm, short_alarm, short_alarm_text
from bodymap.ui.names import SIDE_WORDS, WHOLE_BODY_NAME

_HONESTY = "How sure is this?"
_WORDING = "clinical_wording"
_SOURCE_WORDS = {GENERAL: "general teaching", DERIVED: "placed for this map"}
_STARTS = ("interscapular", "lower-back")


def show(
    atlas: Atlas, choice: Choice, country: CountryNumbers | None, *, is_guest: bool = False
) -> None:
    """Show the explanation of what is chosen, with the emergency number of a country."""
    if choice.point is not None:
        _point(atlas, atlas.points[choice.point], choice, country)
    elif choice.area == WHOLE_BODY:
        _whole_body()
    elif choice.area is not None:
        _area(atlas, atlas.areas[choice.area], choice, country)
    else:
        _start(atlas, choice, is_guest)


def alarm_line(atlas: Atlas, choice: Choice, country: CountryNumbers | None) -> str | None:
    """Return the emergency line of what is chosen, for the sheet below the map on a phone."""
    if choice.area in (None, WHOLE_BODY):
        return None
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
    st.page_link(HELP_PAGE, label="When to get help", icon=":material/warning:")


def _whole_body() -> None:
    st.title(WHOLE_BODY_NAME, anchor=False)
    st.markdown(
        "On a bad day, one number is enough. Pick how much it hurts by itself, all in all.\n\n"
        "You can stop here. Your number is saved, and the days you mark stay side by side in "
        "*My marks*."
    )
    st.page_link(HELP_PAGE, label="When to get help", icon=":material/warning:")


def _area(atlas: Atlas, area: Area, choice: Choice, country: CountryNumbers | None) -> None:
    text = atlas.text("area", area.id)
    _title(area, choice.side)
    st.markdown(f":gray[Clinical name: {area.clinical_name}]")
    if text.emergency:
        long_alarm(country, text.emergency)
    level = _level()
    _paragraphs(text.lead(level))
    _honesty(text, level)
    _points_here(atlas, area)
    _facts(text, level, stacked=True)
    _sources(atlas, text, level)


def _point(atlas: Atlas, point: Point, choice: Choice, country: CountryNumbers | None) -> None:
    text = atlas.text("point", point.id)
    _title(point, choice.side)
    st.markdown(f":gray[{_kind(point)}. Clinical name: {point.clinical_name}]")
    if text.emergency:
        short_alarm(country, text.emergency)
    level = _level()
    _paragraphs(text.lead(level))
    _facts(text, level)
    _honesty(text, level)
    _sources(atlas, text, level)


def _title(place: Area | Point, side: str | None) -> None:
    # A place that only lies in the middle needs no side, here as on the map.
    has_side = side is not None and place.sides != ("midline",)
    chip = f" :green-badge[{SIDE_WORDS[side]}]" if has_side else ""
    st.title(f"{place.name}{chip}", anchor=False)


def _kind(point: Point) -> str:
    return {
        "trigger": "Trigger point, as taught",
        "tender": "Tender point, from an older examination",
        "control": "Comparison site of an older examination",
    }[point.kind]


def _level() -> Level:
    clinical = st.toggle("Clinical wording", key=_WORDING, persist_state="session")
    return "clinical" if clinical else "patient"


def _paragraphs(statements: Sequence[Statement]) -> None:
    if statements:
        st.markdown("\n\n".join(statement.text for statement in statements))


def _facts(text: Text, level: Level, *, stacked: bool = False) -> None:
    """Show headings beside their answers (or above, where answers are long), as one list."""
    rows = "".join(
        f'<div class="row"><dt>{escape(section.heading)}</dt>'
        f"<dd>{_answer(section.paragraphs, level)}</dd></div>"
        for section in text.sections(level)
        if section.heading != _HONESTY
    )
    layout = "facts stacked" if stacked else "facts"
    st.html(f'<div class="facts-box"><dl class="{layout}">{rows}</dl></div>')


def _answer(statements: Sequence[Statement], level: Level) -> str:
    parts = []
    for is_item, run in groupby(statements, key=lambda statement: statement.is_item):
        tag = "li" if is_item else "p"
        answers = "".join(f"<{tag}>{_worded(statement, level)}</{tag}>" for statement in run)
        parts.append(f"<ul>{answers}</ul>" if is_item else answers)
    return "".join(parts)


def _worded(statement: Statement, level: Level) -> str:
    if level == "patient":
        return escape(statement.text)
    names = (_SOURCE_WORDS.get(source, source) for source in statement.sources)
    return f"{escape(statement.text)} <small>{', '.join(names)}</small>"


def _honesty(text: Text, level: Level) -> None:
    section = next(part for part in text.sections(level) if part.heading == _HONESTY)
    with st.container(key="honest", border=True):
        words = " ".join(statement.text for statement in section.paragraphs)
        st.markdown(f":material/balance: **{_HONESTY}** {words}")


def _points_here(atlas: Atlas, area: Area) -> None:
    trigger = [point for point in atlas.points_in(area.id) if point.kind == "trigger"]
    if not trigger:
        return
    each_side = " on each side" if trigger[0].sides == ("left", "right") else ""
    st.header(f"Points here :gray[:small[{len(trigger)}{each_side}]]", anchor=False)
    st.markdown(
        "\n".join(
            f"- **{point.name}** – {atlas.text('point', point.id).summary}" for point in trigger
        )
    )


def _sources(atlas: Atlas, text: Text, level: Level) -> None:
    statements = tuple(text.statements(level))
    general = sum(GENERAL in statement.sources for statement in statements)
    label = f"{len(text.sources)} sources"
    if general:
        label += f"; {general} of {len(statements)} statements are general teaching"
    # Sent only when asked for: the list is longer than the explanation.
    closed = st.expander(label, key=f"sources-{text.id}", on_change="rerun")
    if closed.open:
        closed.markdown("\n".join(f"- {_source_line(atlas, source)}" for source in text.sources))


def _source_line(atlas: Atlas, source_id: str) -> str:
    source = atlas.sources[source_id]
    links = " ".join(f"[{url}]({url})" for url in source.urls[:1])
    return f"**{source.id}** {source.citation} {links}"
