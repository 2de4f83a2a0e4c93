"""What a person records, and the store that keeps it.

This package knows neither the atlas nor Streamlit. It is the only one that opens a database: SQL is
in ``rows.py``, ``columns.py``, ``schema.py`` and the migrations; what is special to SQLite is in
``sqlite_file.py``, ``journals.py``, ``restoring.py`` and ``opening.py``.
"""

from bodymap.records.changing import Change
from bodymap.records.corrections import values_of_answers, values_of_mark
from bodymap.records.day import DayOperation, Tried
from bodymap.records.drawing import PainDrawing, StrokeOperation
from bodymap.records.errors import InvalidValue, StoreError
from bodymap.records.merging import Comparison, Difference, Merged
from bodymap.records.model import (
    SIDES,
    CheckIn,
    Mark,
    MarkOperation,
    Operation,
    Record,
    check_ins_of,
)
from bodymap.records.opening import default_url
from bodymap.records.qualities import Details
from bodymap.records.room import Room
from bodymap.records.statement import zone_or_unknown
from bodymap.records.store import Store, open_store

__all__ = [
    "SIDES",
    "Change",
    "CheckIn",
    "Comparison",
    "DayOperation",
    "Details",
    "Difference",
    "InvalidValue",
    "Mark",
    "MarkOperation",
    "Merged",
    "Operation",
    "PainDrawing",
    "Record",
    "Room",
    "Store",
    "StoreError",
    "StrokeOperation",
    "Tried",
    "check_ins_of",
    "default_url",
    "open_store",
    "values_of_answers",
    "values_of_mark",
    "zone_or_unknown",
]
