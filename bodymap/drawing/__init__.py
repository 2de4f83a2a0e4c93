"""A figure, some layers and marks become one stand-alone SVG text. Pure: nothing is stored here."""

from bodymap.drawing.marks import DrawnMark, MarksFileError, parse_marks
from bodymap.drawing.picture import LAYERS, figure_svg
from bodymap.drawing.ramp import RAMP, Shade

__all__ = [
    "LAYERS",
    "RAMP",
    "DrawnMark",
    "MarksFileError",
    "Shade",
    "figure_svg",
    "parse_marks",
]
