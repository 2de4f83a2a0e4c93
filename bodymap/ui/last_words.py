"""Takes what a page sent while it was being left, outside of any session."""

import json

from bodymap.records import Change, StoreError
from bodymap.ui.browser import MOST_STATEMENTS
from bodymap.ui.session import PERSON, record_on_disk
from bodymap.ui.statements import read, strokes_among


def take(body: bytes) -> None:
    """Save the statements in a message of the person at this computer.

    What can't be read or saved now stays with the tab, which sends it again from the page that
    comes next, and is told there.
    """
    try:
        sent = json.loads(body)
        items = sent["statements"][:MOST_STATEMENTS]
        store = record_on_disk()
        told = read(
            (item for item in items if isinstance(item, dict)),
            lambda day: strokes_among(store.record(PERSON, day, day).operations),
        )
        store.change(PERSON, [one for one in told.said if isinstance(one, Change)])
    except (ValueError, TypeError, KeyError, RecursionError, StoreError):
        return
