"""Charts of the days so far: lines broken where nothing was given, over what was tried."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from bodymap.measures.change import Period
from bodymap.measures.history import Gap, Line
from bodymap.ui.own_words import in_plotly

_LINES = {
    "light": ("#a23e75", "#34439c", "#1d5f5a"),
    "dark": ("#e6a571", "#ced5ff", "#93d3c9"),
}
_DASHES = ("solid", "dash", "dot")
_SYMBOLS = ("circle", "square-open", "diamond")
_INK = {"light": "#5f554c", "dark": "#bfb4a8"}
_GRID = {"light": "#e3dacd", "dark": "#3d3630"}
_GAP = {"light": "#f3ede4", "dark": "#2a2622"}
_BAND = {"light": "#1d5f5a", "dark": "#2e8179"}
_TALL_PX, _BAND_PX, _TOP_PX, _FOOT_PX = 300, 34, 44, 40
_SHORT_DAYS = 7  # fewer days than this stand in the middle of as many
_FEW_POINTS = 60  # more dots than this melt into a band; the line says it alone then


def chart(
    lines: Mapping[str, Line],
    gaps: Sequence[Gap],
    tried: Sequence[tuple[str, Sequence[Period]]],
    theme: str,
    *,
    unit: str = "of 10",
    highest: float = 10,
) -> go.Figure:
    """Return lines over the days, at most three, with their gaps, and bands of what was tried.

    Lines differ by shape and dash too, so that colour is never alone. tried: each thing's name,
    in a person's own words perhaps, and the runs of days with it.
    """
    bands_px = _BAND_PX * len(tried)
    figure = make_subplots(
        rows=2 if tried else 1,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.04 if tried else 0,
        row_heights=[_TALL_PX, bands_px] if tried else None,
    )
    for index, (name, points) in enumerate(lines.items()):
        figure.add_scatter(
            x=[day for day, _ in points],
            y=[value for _, value in points],
            name=in_plotly(name),
            mode="lines" if len(points) > _FEW_POINTS else "lines+markers",
            connectgaps=False,
            line={"width": 2.4, "dash": _DASHES[index], "color": _LINES[theme][index]},
            marker={"size": 11, "symbol": _SYMBOLS[index], "line": {"width": 2}},
            hovertemplate=f"%{{y:.3~g}} {unit}, %{{x|%-d %B %Y}}<extra>%{{fullData.name}}</extra>",
            row=1,
            col=1,
        )
    for gap in gaps:
        figure.add_vrect(
            x0=gap.first, x1=gap.last, fillcolor=_GAP[theme], line_width=0, layer="below", row=1
        )
    for at, (name, runs) in enumerate(tried):
        _band(figure, at, name, runs, theme)
    axis = {
        "gridcolor": _GRID[theme],
        "tickfont": {"color": _INK[theme], "size": 15},
        "title": None,
        "fixedrange": True,
        "zeroline": False,
    }
    step = 2 if highest == 10 else None
    figure.update_yaxes(**axis, range=[-0.05 * highest, 1.05 * highest], dtick=step, row=1)
    figure.update_xaxes(**axis, **_days(lines), showgrid=False, tickformat="%-d %b", tickangle=0)
    if tried:
        names = {
            "tickvals": list(range(len(tried))),
            "ticktext": [in_plotly(name) for name, _ in tried],
        }
        figure.update_yaxes(
            **axis, **names, range=[len(tried) - 0.5, -0.5], showgrid=False, row=2, automargin=True
        )
    figure.update_layout(
        showlegend=len(lines) > 1,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"color": _INK[theme], "size": 15},
        },
        margin={"l": 34, "r": 14, "t": _TOP_PX, "b": _FOOT_PX},
        height=_TALL_PX + bands_px + _TOP_PX + _FOOT_PX,
        hovermode="closest",
        hoverlabel={"namelength": -1},  # cut short, an escaped sign would be cut in half
    )
    return figure


def _days(lines: Mapping[str, Line]) -> dict[str, object]:
    """Return the range and the ticks of the days: never less than a day between two ticks."""
    days = [day for points in lines.values() for day, _ in points]
    first, last = min(days), max(days)
    if (last - first).days < _SHORT_DAYS:
        wide = timedelta(days=_SHORT_DAYS - (last - first).days) / 2
        begin, end = (datetime.combine(day, time()) for day in (first, last))
        return {"range": [begin - wide, end + wide], "dtick": 2 * 24 * 3600 * 1000}
    return {"nticks": 4}


def _band(figure: go.Figure, at: int, name: str, runs: Sequence[Period], theme: str) -> None:
    """Add the days with one thing as a band, each run from the first morning to the last night."""
    half_a_day = timedelta(hours=12)
    x: list[datetime | None] = []
    for run in runs:
        begin, end = (datetime.combine(day, time()) for day in (run.first, run.last))
        x += [begin - half_a_day, end + half_a_day, None]
    figure.add_scatter(
        x=x,
        y=[at if day else None for day in x],
        name=in_plotly(name),
        mode="lines",
        line={"width": 15, "color": _BAND[theme]},
        showlegend=False,
        hovertemplate="%{x|%-d %B %Y}<extra>%{fullData.name}</extra>",
        row=2,
        col=1,
    )
