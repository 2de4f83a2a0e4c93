"""What a person records, and the store that keeps it.

This package knows neither the atlas nor Streamlit. It is the only one that opens a database: SQL is
in ``rows.py``, ``schema.py`` and the migrations; what is special to SQLite is in ``sqlite_file.py``
and ``opening.py``.
"""

from bodymap.records.errors import InvalidValue, StoreError
from bodymap.records.model import (
    SIDES,
    CheckIn,
    Mark,
    MarkOperation,
    Record,
    check_ins_of,
    zone_or_unknown,
)
from bodymap.records.opening import default_url
from bodymap.records.store import Merged, Store, open_store

__all__ = [
    "SIDES",
    "CheckIn",
    "InvalidValue",
    "Mark",
    "MarkOperation",
    "Merged",
    "Record",
    "Store",
    "StoreError",
    "check_ins_of",
    "default_url",
    "open_store",
    "zone_or_unknown",
]
