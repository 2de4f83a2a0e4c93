"""A mark or a drawing of an earlier day, made again for another: "as last time"."""

import json
import uuid
from dataclasses import asdict, replace
from datetime import datetime

from bodymap.records.drawing import StrokeOperation
from bodymap.records.model import Mark, MarkOperation
from bodymap.records.statement import checked_instant, zone_or_unknown

_COPY = uuid.UUID("6f1f5b0e-7b0a-5f43-9d52-2c8b8f6f4c11")
"""Namespace of the ids of copied statements."""


def copied(
    mark: Mark, source_check_in_id: str, at: datetime, zone: str, utc_offset_min: int
) -> MarkOperation:
    """Return the statement that a mark is today as it was on an earlier date.

    What it feels like comes along. The note does not: it was about that day.
    """
    zone = zone_or_unknown(zone)
    details = replace(mark.details, note="")
    content = (source_check_in_id, mark.target, mark.side, mark.touched_nrs, mark.by_itself_nrs)
    when = (checked_instant(at).isoformat(), zone, utc_offset_min)
    # The id follows from the content, so that the same copy made twice is one statement, and two
    # different ones never share an id.
    return MarkOperation(
        id=str(uuid.uuid5(_COPY, json.dumps([*content, asdict(details), *when]))),
        target=mark.target,
        side=mark.side,
        touched_nrs=mark.touched_nrs,
        by_itself_nrs=mark.by_itself_nrs,
        details=details,
        at=at,
        zone=zone,
        utc_offset_min=utc_offset_min,
    )


def copied_stroke(
    stroke: StrokeOperation, source_check_in_id: str, at: datetime, zone: str, utc_offset_min: int
) -> StrokeOperation:
    """Return the statement that draws a stroke of an earlier date again, as a new stroke."""
    zone = zone_or_unknown(zone)
    when = (checked_instant(at).isoformat(), zone, utc_offset_min)
    content = [source_check_in_id, stroke.stroke_id, *when]
    return replace(
        stroke,
        id=str(uuid.uuid5(_COPY, json.dumps(["statement", *content]))),
        stroke_id=str(uuid.uuid5(_COPY, json.dumps(["stroke", *content]))),
        at=at,
        zone=zone,
        utc_offset_min=utc_offset_min,
        day=None,
    )
