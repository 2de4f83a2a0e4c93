"""What every component of ours shares with its script in ``static/``.

The scripts are fetched once, under an address that changes with their content; the few lines that
are registered with Streamlit only import them. What a component sends back is plain state, and
whatever is not exactly as our script sends it is passed over: the browser is not ours.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field

STATIC = Path(__file__).parents[2] / "static"
MOST_OPERATIONS = 5000
"""More than a person can make in one sitting; a longer outbox is not read at all."""
MOST_NAMES, DEEPEST = 64, 8
"""Of one object that a script sends: names in it, and objects one within another."""


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
    return st.components.v2.component(
        name,
        js=f"""
export default async function (component) {{
  const address = new URL("app/static/body_map/{script}.js?v={version()}", document.baseURI);
  try {{
    return (await import(address.href)).render(component);
  }} catch (error) {{
    console.error(error);
    component.parentElement.textContent = "The {what} did not load. Please reload the page.";
  }}
}}
""",
    )


def outbox(state: Any) -> Sequence[Any]:
    """Return the operations in a component's state as plain values; nothing if it isn't a list."""
    sent = state.get("outbox") if isinstance(state, Mapping) else None
    if not isinstance(sent, Sequence) or isinstance(sent, str) or len(sent) > MOST_OPERATIONS:
        return ()
    return [plain(item) for item in sent]


def plain(value: Any, deepest: int = DEEPEST) -> Any:
    """Return what a script sent with dictionaries in place of Streamlit's own mapping type.

    What is larger or deeper than anything our scripts send becomes None.
    """
    if not isinstance(value, Mapping):
        return value
    if len(value) > MOST_NAMES or not deepest:
        return None
    return {name: plain(each, deepest - 1) for name, each in value.items()}


def nothing() -> None:
    """Do nothing on a change.

    Meaning is derived from state on every run, never from a change event that could be missed.
    """


@cache
def slots() -> dict[tuple[str, str], int]:
    """Return the catalog's fixed order of places, the same file that the browser reads."""
    catalog = json.loads((STATIC / "map" / "catalog.json").read_text(encoding="utf-8"))
    return {(target, side): at for at, (target, side) in enumerate(catalog["slots"])}


@cache
def version() -> str:
    """Return a short hash of everything that is fetched.

    Streamlit's static handler sends no Cache-Control, so browsers guess how long a file is fresh;
    under an address that changes with the content, no guess can be wrong.
    """
    digest = hashlib.sha256()
    for folder in ("body_map", "map", "figures"):
        for file in sorted((STATIC / folder).glob("*")):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
