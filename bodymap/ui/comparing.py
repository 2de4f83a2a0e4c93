"""Start, now and change side by side; and how often and how strongly each place was marked."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from bodymap.atlas import Atlas
from bodymap.measures.change import (
    DIRECTIONS,
    FEW,
    Change,
    Heat,
    Period,
    Value,
    change_said,
    changes,
    check_ins_said,
    heat_map,
    heat_said,
    start_and_now,
    summary,
)
from bodymap.measures.repeatability import (
    PUBLISHED_SOURCES,
    LevelPair,
    SmallestChange,
    agreement,
    agreement_said,
    median_overlap,
    overlaps,
)
from bodymap.measures.repeatability import summary as smallest_said
from bodymap.measures.saying import days_said, level_said
from bodymap.records import CheckIn
from bodymap.records.scales import SCALES
from bodymap.ui.bodies import Picture, Spot, bodies
from bodymap.ui.names import name_of_target
from bodymap.ui.panel import MARK_AGAIN_PAGE
from bodymap.ui.session import Session
from bodymap.ui.tables import show_table
from bodymap.ui.wording import source_list

MOST_SAID = 3
"""So many changes are told as sentences; the table has all."""


def lead(atlas: Atlas, check_ins: Sequence[CheckIn], smallest: SmallestChange) -> None:
    """Say in a few sentences what changed from the first days to the last."""
    periods = start_and_now(marked_dates(check_ins))
    if periods is None:
        return
    compared = changes(check_ins, *periods, smallest)
    told = sorted(
        (change for change in compared if change.direction in ("less", "more")),
        key=lambda change: -abs(change.step or 0),
    )
    sentences = [
        change_said(change, name_of_target(atlas, change.target, change.side))
        for change in told[:MOST_SAID]
    ]
    if not told and any(change.direction == "same" for change in compared):
        sentences = ["Nothing changed by more than answers differ by themselves."]
    if sentences:
        with st.container(key="lead"):
            st.markdown(f"{_between(*periods)} {' '.join(sentences)}")


@st.fragment
def start_now_change(
    atlas: Atlas, check_ins: Sequence[CheckIn], scale: str, smallest: SmallestChange, body: str
) -> None:
    """Show three pictures side by side, their sentences and their table."""
    st.header("Start, now and change", anchor=False)
    suggested = start_and_now(marked_dates(check_ins))
    if suggested is None:
        st.markdown("Mark on another day, too. Then you see here what changed.")
        return
    periods = _pick_periods(check_ins, *suggested)
    if periods is None:
        st.markdown("Pick a first and a last day for both.")
        return
    before, after = periods
    compared = changes(check_ins, before, after, smallest)
    on_scale = [change for change in compared if change.scale == scale]
    bodies(
        key="change_pictures",
        kind="row",
        body=body,
        has_legend=True,
        pictures=[
            _level_picture(atlas, "Start", before, [(c, c.before) for c in on_scale]),
            _level_picture(atlas, "Now", after, [(c, c.after) for c in on_scale]),
            _change_picture(atlas, scale, on_scale),
        ],
    )
    st.markdown(" ".join(summary(compared, before, after)))
    spans = [check_ins_said(check_ins, period) for period in periods if period.days > 1]
    if len(spans) == 2 and spans[1].endswith(FEW):
        spans[0] = spans[0].removesuffix(FEW)
    if spans:
        st.markdown(f":gray[{' '.join(spans)}]")
    st.markdown(f":gray[{' '.join(smallest_said(smallest))}]")
    if compared and st.toggle("Show as a table", key="change_table"):
        show_table(
            "Change from the start to now",
            ["Place", "Start", "Now", "Change"],
            [_change_row(atlas, change) for change in compared],
        )


def how_sure(atlas: Atlas, session: Session, twice: Sequence[LevelPair]) -> None:
    """Say what the step of change rests on: the person's own answers made again, and studies."""
    closed = st.expander("How sure is this?", key="how-sure", on_change="rerun")
    if not closed.open:
        return
    with closed:
        st.markdown(
            "Two answers can differ although nothing has changed. So a change counts only from a"
            " step on that answers seldom reach by themselves. With many places, one or two may"
            " cross it by chance."
        )
        found = agreement(twice)
        if found is not None:
            st.markdown(" ".join(agreement_said(found)))
        drawn = overlaps(atlas, session.drawn_twice())
        if (middle := median_overlap(drawn)) is not None:
            st.markdown(
                f"On {days_said(len(drawn))} you drew twice. The overlap was {middle:.2f} in the"
                " middle: 0 is apart, 1 is the same."
            )
        st.page_link(MARK_AGAIN_PAGE, label="Mark again", icon=":material/repeat:")
        st.markdown("Until your own answers are enough, the step comes from these studies:")
        st.markdown(source_list(atlas, PUBLISHED_SOURCES))


@st.fragment
def heat(atlas: Atlas, check_ins: Sequence[CheckIn], scale: str, body: str) -> None:
    """Show how often and how strongly each place was marked over the whole time."""
    period = Period(check_ins[0].local_date, check_ins[-1].local_date)
    heats = [one for one in heat_map(check_ins, period) if one.scale == scale]
    st.header("How often and how strongly", anchor=False)
    if not heats:
        st.markdown(f"Nothing was marked {SCALES[scale]} in this time.")
        return
    picture, words = st.columns([1, 1], gap="large")
    with picture:
        said = [heat_said(one, name_of_target(atlas, one.target, one.side)) for one in heats]
        bodies(
            key="heat_picture",
            kind="large",
            body=body,
            pictures=[Picture("heat", "", "", " ".join(said), [_heat_spot(one) for one in heats])],
        )
        st.markdown(
            ":gray[A large disc: marked on most days. A small one: seldom. The number is the middle"
            " of what you marked.]"
        )
    with words:
        st.markdown(check_ins_said(check_ins, period))
        st.markdown("\n".join(f"- {sentence}" for sentence in said[:MOST_SAID]))
        if st.toggle("Show as a table", key="heat_table"):
            show_table(
                f"How often and how strongly, {SCALES[scale]}",
                ["Place", "Marked on", "Middle", "Lowest to highest"],
                [_heat_row(atlas, one) for one in heats],
            )


def marked_dates(check_ins: Sequence[CheckIn]) -> list[date]:
    """Return the dates with marks."""
    return [check_in.local_date for check_in in check_ins if check_in.marks]


def _pick_periods(
    check_ins: Sequence[CheckIn], start: Period, now: Period
) -> tuple[Period, Period] | None:
    """Return the two periods to compare: those suggested, or others; None while one is half."""
    with st.expander("Compare other days"):
        picked = [
            st.date_input(
                f"{name}: first and last day",
                value=(period.first, period.last),
                min_value=check_ins[0].local_date,
                max_value=check_ins[-1].local_date,
                format="DD/MM/YYYY",
                key=f"compare_{name}_{period.first}_{period.last}",
            )
            for name, period in (("Start", start), ("Now", now))
        ]
    whole = [Period(*each) for each in picked if isinstance(each, tuple) and len(each) == 2]
    return (whole[0], whole[1]) if len(whole) == 2 else None


def _between(before: Period, after: Period) -> str:
    return f"From your first days ({before}) to your last ({after}):"


def _level_picture(
    atlas: Atlas, title: str, period: Period, values: Sequence[tuple[Change, Value | None]]
) -> Picture:
    spots = [
        Spot(change.target, change.side, "level", level_said(value.middle), value.middle)
        for change, value in values
        if value
    ]
    places = [f"{name_of_target(atlas, spot.target, spot.side)} {spot.text}" for spot in spots]
    return Picture(
        title, title, str(period), f"{title}, {period}: {', '.join(places) or 'no marks'}.", spots
    )


def _change_picture(atlas: Atlas, scale: str, compared: Sequence[Change]) -> Picture:
    spots = [
        Spot(change.target, change.side, change.direction, DIRECTIONS[change.direction])
        for change in compared
    ]
    places = [f"{name_of_target(atlas, spot.target, spot.side)} {spot.text}" for spot in spots]
    said = f"Change, {SCALES[scale]}: {'; '.join(places) or 'no marks'}."
    return Picture("change", "Change", SCALES[scale], said, spots)


def _heat_spot(one: Heat) -> Spot:
    middle = one.value.middle
    share = round(0.6 + 0.4 * one.often, 3)  # never too small for its number
    return Spot(one.target, one.side, "level", level_said(middle), middle, share)


def _change_row(atlas: Atlas, change: Change) -> list[str]:
    name = name_of_target(atlas, change.target, change.side)
    return [
        escape(f"{name}, {SCALES[change.scale]}"),
        *(str(value) if value else "–" for value in (change.before, change.after)),
        escape(DIRECTIONS[change.direction]),
    ]


def _heat_row(atlas: Atlas, one: Heat) -> list[str]:
    value = one.value
    spread = f"{value.lowest} to {value.highest}" if value.lowest != value.highest else "–"
    return [
        escape(name_of_target(atlas, one.target, one.side)),
        f"{value.days} of {one.checked_in} days",
        level_said(value.middle),
        spread,
    ]
