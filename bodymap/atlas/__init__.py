"""What is known: figures, landmarks, areas, points, muscles, texts and their sources.

Read-only and immutable. Nothing here draws, stores or asks anything.
"""

from bodymap.atlas.atlas import DATA, Atlas, load
from bodymap.atlas.figure import Figure
from bodymap.atlas.model import (
    BODIES,
    SIDES,
    VIEWS,
    WHOLE_BODY,
    Area,
    Complaint,
    DataError,
    Muscle,
    Point,
    Side,
    Source,
    View,
)
from bodymap.atlas.texts import Section, Statement, Text
from bodymap.atlas.therapies import Therapy, Verdict

__all__ = [
    "BODIES",
    "DATA",
    "SIDES",
    "VIEWS",
    "WHOLE_BODY",
    "Area",
    "Atlas",
    "Complaint",
    "DataError",
    "Figure",
    "Muscle",
    "Point",
    "Section",
    "Side",
    "Source",
    "Statement",
    "Text",
    "Therapy",
    "Verdict",
    "View",
    "load",
]
