"""What every component of ours shares with its script in ``static/``.

The scripts are fetched once, under an address that changes with their content; the few lines that
are registered with Streamlit (``loading.js``) only import them. What a component sends back is
plain state, and whatever is not exactly as our script sends it is passed over: the browser is not
ours.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field

from bodymap.shell import assets

MOST_OPERATIONS = 5000
"""More than a person can make in one sitting; a longer outbox is not read at all."""


class Sent(BaseModel):
    """A part of what a script sends: exactly these fields, exactly these types."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SentStatement(Sent):
    """What every operation in an outbox has."""

    id: Annotated[str, Field(max_length=36)]
    at: Annotated[str, Field(max_length=40)]
    zone: Annotated[str, Field(max_length=64)]
    offset_min: int

    def made(self) -> dict[str, Any]:
        """Return id, time and zone as a statement of the record takes them.

        Raises:
            ValueError: ``at`` is no time.
        """
        return {
            "id": self.id,
            "at": datetime.fromisoformat(self.at),
            "zone": self.zone,
            "utc_offset_min": self.offset_min,
        }


def component(name: str, script: str, what: str):
    """Register a component whose script is ``static/body_map/<script>.js``.

    what: "map", "board" … for the sentence shown where it can't be fetched.
    """
    entry = f"body_map/{script}.js"
    given = {
        "VERSION": assets.version(),
        "SCRIPT": entry,
        "NEEDS": list(assets.imports_of(entry)),
        "WHAT": what,
    }
    constants = "".join(f"const {key} = {json.dumps(value)};\n" for key, value in given.items())
    return st.components.v2.component(name, js=constants + _LOADING)


_LOADING = (Path(__file__).parent / "loading.js").read_text(encoding="utf-8")


def outbox(state: Any) -> Sequence[Any]:
    """Return the operations in a component's state as plain values; nothing if it isn't a list."""
    sent = state.get("outbox") if isinstance(state, Mapping) else None
    if not isinstance(sent, Sequence) or isinstance(sent, str) or len(sent) > MOST_OPERATIONS:
        return ()
    return [plain(item) for item in sent]


def plain(value: Any) -> Any:
    """Return what a script sent with dictionaries in place of Streamlit's own mapping type."""
    if not isinstance(value, Mapping):
        return value
    return {name: plain(each) for name, each in value.items()}


def nothing() -> None:
    """Do nothing on a change.

    Meaning is derived from state on every run, never from a change event that could be missed.
    """


@cache
def slots() -> dict[tuple[str, str], int]:
    """Return the catalog's fixed order of places, the same file that the browser reads."""
    catalog = json.loads((assets.STATIC / "map" / "catalog.json").read_text(encoding="utf-8"))
    return {(target, side): at for at, (target, side) in enumerate(catalog["slots"])}
