"""What every component of ours shares with its script in ``static/``.

The scripts are fetched once, under an address that changes with their content, by a script that
stands in the page (``shell/loading.js``). What is registered with Streamlit goes with every message
to the component, so it only calls that script. What a component sends back is plain
state, and whatever is not exactly as our script sends it is passed over: the browser is not ours.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import streamlit as st
from pydantic import BaseModel, ConfigDict

from bodymap.shell import assets

MOST_STATEMENTS = 2000
"""What is read of one message; the browser sends fewer, and what is left comes again."""

MOST_NAMES, DEEPEST = 64, 8
"""Of one object that a script sends: names in it, and objects one within another."""


class Sent(BaseModel):
    """A part of what a script sends: exactly these fields, exactly these types."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def component(name: str, script: str, what: str, *, has_room: bool = True):
    """Register a component whose script is ``static/body_map/<script>.js``.

    what: "map", "drawing board" … for the sentence shown where it can't be fetched.
    has_room: it is seen where it stands; else that sentence lies over the page.
    """
    given = json.dumps([assets.version(), script, what, has_room])[1:-1]
    said = f"The {what} did not load. What you entered is safe. Load this page again."
    return st.components.v2.component(name, js=_CALL % (given, json.dumps(said)))


# A page that the shell did not serve, or that somebody on the way took the script out of, lacks it.
_CALL = """export default (component) => {
  if (window.bodymapRender) return bodymapRender(component, %s);
  const said = Object.assign(document.createElement("p"), { role: "alert", textContent: %s });
  component.parentElement.replaceChildren(said);
};"""


def outbox(state: Any, session_name: str) -> Sequence[Any]:
    """Return the statements in a component's state as plain values.

    Nothing, if they are meant for another session: the browser goes on naming what it sent last,
    and a new session would save again what was acknowledged and perhaps deleted since.
    """
    sent = plain(state.get("outbox")) if isinstance(state, Mapping) else None
    if not isinstance(sent, Mapping) or sent.get("to") != session_name:
        return ()
    items = sent.get("statements")
    return items[:MOST_STATEMENTS] if isinstance(items, list) else ()


def hear_what_came_first(key: str, *, was_known: bool) -> None:
    """Run again where the browser said something before this session knew its component.

    State is read before its component is mounted, but a session knows no ``key`` until then: a
    server that was started anew would pass over what it is asked first. was_known: the key was
    there before the mount.
    """
    if not was_known and any(said is not None for said in st.session_state[key].values()):
        st.rerun()


def plain(value: Any, deepest: int = DEEPEST) -> Any:
    """Return what a script sent with dictionaries in place of Streamlit's own mapping type.

    What is larger or deeper than anything our scripts send becomes None.
    """
    if not isinstance(value, Mapping):
        return value
    if len(value) > MOST_NAMES or not deepest:
        return None
    return {name: plain(each, deepest - 1) for name, each in value.items()}


def turn(key: str) -> int:
    """Return which opening of the component under ``key`` this is.

    Its script gives the number back with what it asks for once, to leave the page. What it sent
    last stays in the session until another page has been shown whole, and a person who is back
    sooner must not be sent away again by what they asked for before.
    """
    return st.session_state.setdefault(_turn_of(key), 0)


def end_turn(key: str) -> None:
    """Note that what was asked for in this opening is being done."""
    st.session_state[_turn_of(key)] = turn(key) + 1


def is_asked(state: Any, what: str, key: str) -> bool:
    """Tell whether the state of the component under ``key`` asks for ``what`` in this opening."""
    given = state.get(what) if isinstance(state, Mapping) else None
    return type(given) is int and given == turn(key)


def _turn_of(key: str) -> str:
    return f"{key}_turn"


def nothing() -> None:
    """Do nothing on a change.

    Meaning is derived from state on every run, never from a change event that could be missed.
    """


@cache
def slots() -> dict[tuple[str, str], int]:
    """Return the catalog's fixed order of places, the same file that the browser reads."""
    catalog = json.loads((assets.STATIC / "map" / "catalog.json").read_text(encoding="utf-8"))
    return {(target, side): at for at, (target, side) in enumerate(catalog["slots"])}
