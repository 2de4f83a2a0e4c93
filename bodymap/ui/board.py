"""The drawing board component: strokes in, committed strokes out, never twice over the wire.

The browser draws in drawing units of the body it shows; here they become places in the frame, which
every body shares, and back. All strokes of the day are sent when the page opens or shows another
body; after that only what was committed is named, because the browser has the rest.
"""

from collections.abc import Iterable
from datetime import date

from bodymap.records.drawing import StrokeOperation
from bodymap.records.qualities import QUALITIES
from bodymap.ui.browser import component, nothing
from bodymap.ui.clock import today
from bodymap.ui.saving import Saving
from bodymap.ui.strokes import sent_stroke


def drawing_board(
    *,
    key: str,
    body: str,
    day: date,
    strokes: Iterable[StrokeOperation] | None,
    is_again: bool = False,
    saving: Saving,
) -> None:
    """Mount the board.

    day: the person's date that is drawn for.
    strokes: all of that day's drawing, also those taken back; None while the browser has them.
    is_again: it is drawn again, the first drawing hidden; ``strokes`` are those made again.
    saving: what became of the statements that it last sent.
    """
    _component(
        key=key,
        data={
            "body": body,
            "day": day.isoformat(),
            "picked": day != today(),
            "qualities": [list(each) for each in QUALITIES.items()],
            "strokes": None
            if strokes is None
            else [sent_stroke(stroke, body) for stroke in strokes],
            "again": is_again,
        }
        | saving.sent(),
        default={"outbox": None},
        on_outbox_change=nothing,
    )


_component = component("bodymap_board", "board", "drawing board")
