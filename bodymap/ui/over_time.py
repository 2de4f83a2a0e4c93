"""One thing over time: a chart of at most three lines, its words, its table; what was tried."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

import streamlit as st

from bodymap.atlas import WHOLE_BODY, Atlas
from bodymap.measures.change import levels_of
from bodymap.measures.history import History, Line, line, line_said
from bodymap.measures.saying import day_said, level_said
from bodymap.measures.tried import ThingTried, things_tried, tried_said
from bodymap.records import CheckIn
from bodymap.records.scales import SCALES
from bodymap.ui.day_answers import tried_name
from bodymap.ui.history_chart import chart
from bodymap.ui.names import name_of_target
from bodymap.ui.tables import show_table

MOST_BANDS = 4
"""So many things tried fit under a chart; the section on what was tried has all."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What one chart can show: lines by name."""

    name: str
    lines: dict[str, Line] = field(hash=False)


def topics(atlas: Atlas, check_ins: Sequence[CheckIn], so_far: History) -> list[Topic]:
    """Return what has something to show: places by how often, the day as a whole, the answers."""

    def answer(name: str) -> Line:
        return line(check_ins, lambda one: getattr(one.answers, name) if one.answers else None)

    def mark(target: str, side: str, scale: str) -> Line:
        return line(check_ins, lambda one: _level(one, target, side, scale))

    often: dict[tuple[str, str], int] = {}
    for series in so_far.series:
        answered = sum(level is not None for level in series.levels)
        place = series.target, series.side
        often[place] = max(often.get(place, 0), answered)
    whole = {"all in all": mark(WHOLE_BODY, "midline", "by_itself")}
    whole |= {"worst": answer("worst_nrs"), "least": answer("least_nrs")}
    rest = {
        "sleep": answer("sleep_nrs"),
        "tiredness": answer("fatigue_nrs"),
        "mood": answer("mood_nrs"),
    }
    found = [
        Topic(
            name_of_target(atlas, target, side),
            {words: mark(target, side, scale) for scale, words in SCALES.items()},
        )
        for target, side in sorted(often, key=lambda place: -often[place])
        if target != WHOLE_BODY
    ]
    found += [Topic("Pain of the day as a whole", whole), Topic("Sleep, tiredness, mood", rest)]
    return [
        Topic(topic.name, given)
        for topic in found
        if (given := {name: points for name, points in topic.lines.items() if _has_any(points)})
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
    tried = tried_in(check_ins)
    bands = {_capital(tried_name(thing.what)): thing.runs for thing in tried[:MOST_BANDS]}
    sentences = [
        sentence
        for name, points in topic.lines.items()
        if (sentence := line_said(points, f"{topic.name}, {name}"))
    ]
    st.plotly_chart(
        chart(topic.lines, so_far.gaps, bands, theme),
        key="chart",
        config={"displayModeBar": False},
        alt=" ".join(sentences),
    )
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
    if st.toggle("Show as a table", key="chart_table"):
        show_table(topic.name, ["Day", *topic.lines], _rows(topic), are_numbers=True)


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


def _level(check_in: CheckIn, target: str, side: str, scale: str) -> int | None:
    for mark in check_in.marks:
        if mark.place == (target, side):
            return levels_of(mark)[scale]
    return None


def _has_any(points: Line) -> bool:
    return any(value is not None for _, value in points)


def _rows(topic: Topic) -> list[list[str]]:
    """Return the newest day first; days without any value are left out."""
    by_day = [dict(points) for points in topic.lines.values()]
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
