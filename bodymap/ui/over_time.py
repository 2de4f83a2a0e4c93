"""One thing over time: a chart of at most three lines, its words, its table; what was tried."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import streamlit as st

from bodymap.atlas import WHOLE_BODY, Atlas
from bodymap.measures.change import levels_of
from bodymap.measures.history import History, Line, line, line_said
from bodymap.measures.saying import day_said, level_said
from bodymap.measures.tried import ThingTried, things_tried, tried_said
from bodymap.records import CheckIn
from bodymap.records.model import Place
from bodymap.records.scales import SCALES
from bodymap.ui.day_answers import tried_name
from bodymap.ui.history_chart import chart
from bodymap.ui.names import name_of_target
from bodymap.ui.tables import show_table

_WHOLE = (WHOLE_BODY, "midline")
MOST_BANDS = 4
"""So many things tried fit under a chart; the section on what was tried has all."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What one chart can show: its name, and how each of its lines reads a check-in."""

    name: str
    lines: Mapping[str, Callable[[CheckIn], int | None]]


def topics(atlas: Atlas, check_ins: Sequence[CheckIn], so_far: History) -> list[Topic]:
    """Return what has something to show: places by how often, the day as a whole, the answers."""
    often: Counter[tuple[str, str]] = Counter()
    for series in so_far.series:
        answered = sum(level is not None for level in series.levels)
        place = series.target, series.side
        often[place] = max(often[place], answered)
    found = [
        Topic(
            name_of_target(atlas, *place),
            {words: partial(_level, place, scale) for scale, words in SCALES.items()},
        )
        for place, _ in often.most_common()
        if place != _WHOLE
    ]
    found.append(
        Topic(
            "Pain of the day as a whole",
            {
                "all in all": partial(_level, _WHOLE, "by_itself"),
                "worst": partial(_answer, "worst_nrs"),
                "least": partial(_answer, "least_nrs"),
            },
        )
    )
    found.append(
        Topic(
            "Sleep, tiredness, mood",
            {
                "sleep": partial(_answer, "sleep_nrs"),
                "tiredness": partial(_answer, "fatigue_nrs"),
                "mood": partial(_answer, "mood_nrs"),
            },
        )
    )
    return [
        topic
        for topic in found
        if any(value_of(one) is not None for value_of in topic.lines.values() for one in check_ins)
    ]


@st.fragment
def over_time(
    check_ins: Sequence[CheckIn], so_far: History, listed: Sequence[Topic], theme: str
) -> None:
    """Show the chart of what is picked, with its words and its table."""
    st.header("Over time", anchor=False)
    names = [topic.name for topic in listed]
    picked = st.selectbox("What to show", names, key="over_time")
    topic = listed[names.index(picked) if picked in names else 0]
    lines = {
        name: points
        for name, value_of in topic.lines.items()
        if _has_any(points := line(check_ins, value_of))
    }
    tried = tried_in(check_ins)
    bands = [(_capital(tried_name(thing.what)), thing.runs) for thing in tried[:MOST_BANDS]]
    sentences = [
        sentence
        for name, points in lines.items()
        if (sentence := line_said(points, f"{topic.name}, {name}"))
    ]
    st.plotly_chart(
        chart(lines, so_far.gaps, bands, theme),
        key="chart",
        config={"displayModeBar": False},
        alt=" ".join(sentences),
    )
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
    if st.toggle("Show as a table", key="chart_table"):
        show_table(topic.name, ["Day", *lines], _rows(lines), are_numbers=True)


def what_was_tried(check_ins: Sequence[CheckIn]) -> None:
    """Say for each thing tried how often, what the person said of it, and the levels around it."""
    st.header("What you tried", anchor=False)
    for thing in tried_in(check_ins):
        name, *others = tried_said(thing, _capital(tried_name(thing.what)))
        st.text(" ".join([name, *others]))


def tried_in(check_ins: Sequence[CheckIn]) -> tuple[ThingTried, ...]:
    """Return everything that was tried on some days, most days first."""
    answers = [(one.local_date, one.answers) for one in check_ins if one.answers]
    return things_tried(answers, check_ins)


def _level(place: Place, scale: str, check_in: CheckIn) -> int | None:
    for mark in check_in.marks:
        if mark.place == place:
            return levels_of(mark)[scale]
    return None


def _answer(field: str, check_in: CheckIn) -> int | None:
    return getattr(check_in.answers, field) if check_in.answers else None


def _has_any(points: Line) -> bool:
    return any(value is not None for _, value in points)


def _rows(lines: Mapping[str, Line]) -> list[list[str]]:
    """Return the newest day first; days without any value are left out."""
    by_day = [dict(points) for points in lines.values()]
    days = sorted({day for points in by_day for day in points}, reverse=True)
    rows = []
    for day in days:
        values = [points.get(day) for points in by_day]
        if any(value is not None for value in values):
            cells = ["–" if value is None else level_said(value) for value in values]
            rows.append([escape(day_said(day)), *cells])
    return rows


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
