"""The presenting view: large steps over the whole window, drawn and stepped through in the browser.

All steps of a story are sent once. The view sends back two things: that it was ended, and whether
the person's own marks are wanted, which are read and sent only while they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from bodymap.atlas import Atlas, emergency
from bodymap.atlas.storyboards import Step, Storyboard
from bodymap.atlas.texts import DERIVED, GENERAL, Statement
from bodymap.ui import new_day
from bodymap.ui.body_map import packed
from bodymap.ui.browser import component, end_turn, is_asked, nothing, turn
from bodymap.ui.choice import Choice
from bodymap.ui.names import SIDE_WORDS
from bodymap.ui.preferences import emergency_number
from bodymap.ui.session import open_session

DEMONSTRATE_PAGE = "bodymap/ui/pages/demonstrate.py"
STORY = "story"  # /demonstrate?story=<id>

_KEY = "presenting"
_POINT_LAYERS = ("points", "muscles", "spread", "labels")
_AREA_LAYERS = ("points", "muscles", "labels")


def present(title: str, steps: Sequence[Mapping[str, Any]], body: str, story: str = "") -> bool:
    """Cover the window with the steps; return whether the person has ended it.

    ``story`` is the storyboard's id, for the address of each step; "" for a single step.
    """
    result = _component(
        key=_KEY,
        data={
            "title": title,
            "steps": list(steps),
            "body": body,
            "story": story,
            "turn": turn(_KEY),
            **_own_marks(),
        },
        default={"ended": None, "marks": None},
        on_ended_change=nothing,
        on_marks_change=nothing,
        height=1,
    )
    if not is_asked(result, "ended", _KEY):
        return False
    end_turn(_KEY)
    return True


def _own_marks() -> dict[str, str | None]:
    """Return the marks the map would show, and their day; nothing unless asked.

    They are wanted for one opening, so the next one begins without them.
    """
    if not is_asked(st.session_state.get(_KEY), "marks", _KEY):
        return {"marks": None, "day": None}
    sitting = new_day.current_sitting(open_session().check_ins(new_day.RECENT))
    return {
        "marks": packed(sitting.marks),
        "day": sitting.day.isoformat(),
    }


def steps_of_story(atlas: Atlas, story: Storyboard) -> list[dict[str, Any]]:
    """Return a storyboard's steps as the view takes them."""
    return [_step(atlas, step) for step in story.steps]


def steps_of_choice(atlas: Atlas, choice: Choice) -> list[dict[str, Any]]:
    """Return the one step that shows what is open on the map."""
    kind = "point" if choice.point else "area"
    place = atlas.points[choice.point] if choice.point else atlas.areas[choice.area or ""]
    text = atlas.text(kind, place.id)
    sections = text.sections("patient")
    told = [*text.lead("patient"), *(sections[0].paragraphs if choice.point else ())]
    note = emergency.load().notes.get(text.emergency)
    words = " ".join(statement.text for statement in told)
    side = SIDE_WORDS.get(choice.side or "", "") if place.sides != ("midline",) else ""
    return [
        {
            "title": place.name,
            "subtitle": ", ".join(filter(None, (side, place.clinical_name))),
            "text": words,
            **_cited(atlas, [source for statement in told for source in statement.sources]),
            "view": choice.view,
            "areas": [choice.area] if choice.area and not choice.point else [],
            "point": choice.point,
            "side": choice.side,
            "layers": _POINT_LAYERS if choice.point else _AREA_LAYERS,
            "note": _note(note.short if choice.point else note.long) if note else [],
        }
    ]


def _step(atlas: Atlas, step: Step) -> dict[str, Any]:
    return {
        "title": step.title,
        "subtitle": step.subtitle,
        "text": step.statement.text,
        **_cited(atlas, step.statement.sources),
        "view": step.view,
        "areas": list(step.areas),
        "point": step.point,
        "side": step.side,
        "layers": step.layers,
        "note": _note(emergency.load().notes[step.note].long) if step.note else [],
    }


def _cited(atlas: Atlas, ids: Sequence[str]) -> dict[str, Any]:
    """Return the sources in full, each once, and whether general teaching is among them."""
    cited = [atlas.sources[id_] for id_ in dict.fromkeys(ids) if id_ not in (GENERAL, DERIVED)]
    lines = [f"{source.citation} ({source.kind})" for source in cited]
    return {"sources": lines, "general": GENERAL in ids}


def _note(statements: Sequence[Statement]) -> list[tuple[bool, str]]:
    """Return an emergency note as lines, items told apart; read out, so no country's number."""
    number = emergency_number(None)
    return [(line.is_item, line.text.replace("{number}", number)) for line in statements]


_component = component("bodymap_presenting", "present", "presenting view", has_room=False)
