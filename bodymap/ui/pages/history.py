"""My marks: what is marked today, and the days so far as a chart and in words."""

import streamlit as st

from bodymap.measures.history import NOTHING_YET, history, series_summary, summary
from bodymap.records.scales import SCALES
from bodymap.ui import knowledge, new_day, wayfinding
from bodymap.ui.history_chart import chart
from bodymap.ui.names import name_of_target
from bodymap.ui.session import open_session, today

AT_FIRST = 3  # lines that the chart begins with; more than that is hard to tell apart

wayfinding.leave()
session = open_session()
atlas = knowledge.atlas()
check_ins = session.check_ins()
so_far = history(check_ins)

st.title("My marks", anchor=False)
if not so_far.dates:
    st.markdown(NOTHING_YET)
    st.page_link("bodymap/ui/pages/explore.py", label="To the map", icon=":material/accessibility:")
    st.stop()

sitting = new_day.current_sitting(check_ins)
if sitting.is_undecided:
    new_day.offer(session, sitting)

st.header("Today" if sitting.day == today() else sitting.day_name, anchor=False)
if sitting.marks:

    def words(nrs: int | None) -> str:
        """Return a level as the table says it."""
        return "–" if nrs is None else str(nrs)

    st.table(
        [
            {
                "Place": name_of_target(atlas, mark.target, mark.side),
                "When touched": words(mark.touched_nrs),
                "By itself": words(mark.by_itself_nrs),
            }
            for mark in sitting.marks.values()
        ]
    )
    st.markdown(':gray["–" means not marked, not zero. 0 means no pain here.]')
else:
    st.markdown(NOTHING_YET)
new_day.offer_more(session, check_ins, sitting)

st.header("Each day you marked", anchor=False)
for sentence in summary(so_far, today()):
    st.markdown(sentence)
names = [
    f"{name_of_target(atlas, series.target, series.side)} ({SCALES[series.scale]})"
    for series in so_far.series
]
newest_first = sorted(
    range(len(names)),
    key=lambda index: -sum(level is not None for level in so_far.series[index].levels),
)
picked = st.multiselect(
    "Show these marks",
    newest_first,
    default=newest_first[:AT_FIRST],
    format_func=names.__getitem__,
)
if picked:
    chosen = [so_far.series[index] for index in picked]
    sentences = [
        series_summary(so_far, series, name_of_target(atlas, series.target, series.side))
        for series in chosen
    ]
    st.plotly_chart(
        chart(so_far, chosen, [names[index] for index in picked], st.context.theme.type or "light"),
        key="levels",
        config={"displayModeBar": False},
        alt=" ".join(sentences),
    )
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
