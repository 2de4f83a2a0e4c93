"""The chart of the days so far: one line for each mark, broken where days have no marks."""

from collections.abc import Sequence

import plotly.graph_objects as go

from bodymap.measures.history import History, Series

_DASHES = ("solid", "dot", "dash", "dashdot")
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon")
_INK = {"light": "#5f554c", "dark": "#bfb4a8"}
_LINE = {"light": "#e3dacd", "dark": "#3d3630"}


def chart(
    history: History, chosen: Sequence[Series], names: Sequence[str], theme: str
) -> go.Figure:
    """Return the levels (0–10) of the chosen series over the days.

    Lines differ by shape and dash too, so that colour is never alone; a week or more without
    marks leaves a gap.
    """
    figure = go.Figure()
    for index, (series, name) in enumerate(zip(chosen, names, strict=True)):
        points = history.line(series)
        figure.add_scatter(
            x=[day for day, _ in points],
            y=[level for _, level in points],
            name=name,
            mode="lines+markers",
            connectgaps=False,
            line={"width": 2.4, "dash": _DASHES[index % len(_DASHES)]},
            marker={"size": 11, "symbol": _SYMBOLS[index % len(_SYMBOLS)]},
            hovertemplate="%{y} of 10, %{x|%-d %B %Y}<extra>%{fullData.name}</extra>",
        )
    axis = {"gridcolor": _LINE[theme], "tickfont": {"color": _INK[theme], "size": 15}}
    figure.update_layout(
        yaxis=axis
        | {"range": [-0.5, 10.5], "dtick": 1, "title": None, "fixedrange": True, "zeroline": False},
        xaxis=axis | {"title": None, "fixedrange": True, "tickformat": "%-d %b", "nticks": 8},
        legend={"orientation": "h", "y": -0.15, "font": {"color": _INK[theme], "size": 15}},
        margin={"l": 34, "r": 12, "t": 12, "b": 12},
        height=380,
        hovermode="closest",
    )
    return figure
