"""Statements as people make them, for the benchmarks that save and kill or cut the power."""

import sys
import uuid
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bodymap.records import MarkOperation, StrokeOperation

PERSON = "local"
WHOLE = 12  # places in a check-in that is saved or copied at once


def mark(target: str, at: datetime, level: int) -> MarkOperation:
    return MarkOperation(
        id=str(uuid.uuid4()),
        target=target,
        side="midline",
        touched_nrs=level,
        by_itself_nrs=None,
        at=at,
        zone="UTC",
        utc_offset_min=0,
    )


def stroke(at: datetime, number: int) -> StrokeOperation:
    return StrokeOperation(
        id=str(uuid.uuid4()),
        stroke_id=str(uuid.uuid4()),
        view="back",
        tool="brush",
        points=tuple((place, number) for place in range(200)),
        width_mm=28,
        at=at,
        zone="UTC",
        utc_offset_min=0,
    )
