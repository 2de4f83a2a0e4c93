"""What several points belong to: the places that hurt, a complaint, or a muscle.

The list beside the picture shows the points; this is the explanation in the panel.
"""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from bodymap.atlas import Atlas, Complaint, Muscle
from bodymap.atlas.emergency import CountryNumbers
from bodymap.atlas.lookup import Answer, area_of
from bodymap.atlas.texts import HONESTY
from bodymap.ui import wayfinding, wording
from bodymap.ui.choice import Choice, to_address
from bodymap.ui.emergency import help_link, long_alarm, short_alarm
from bodymap.ui.names import name_of_target


def look_up(atlas: Atlas, choice: Choice, country: CountryNumbers | None, found: Answer) -> None:
    """Show what the places that hurt lead to; the list beside the picture has the points."""
    keys = alarms(atlas, choice)
    # One note in full; several would push everything else out of sight.
    note = long_alarm if len(keys) == 1 else short_alarm
    notes = [note(country, key) for key in keys]
    lead = (
        "Touch every place that hurts, back and front. The list then shows the points whose pain "
        "is said to go there. The best fit comes first."
    )
    st.html(
        "<h1>Where it hurts</h1>"
        + "".join(notes)
        + f'<div class="told"><p>{lead}</p></div>'
        + f'<p class="honest">{wording.icon("balance")}<b>{HONESTY}</b> {_LOOKED_UP}</p>'
        + _uncovered(atlas, found)
        + (_areas_touched(atlas, choice) if choice.hurts else _problems(atlas, choice))
    )
    if not notes:
        help_link()


_LOOKED_UP = (
    "We look this up in old teaching maps. It says nothing about you, and it is no test. Other "
    "things can hurt in the same place."
)


def alarms(atlas: Atlas, choice: Choice) -> list[str]:
    """Return the emergency notes of the areas that were touched, each once."""
    areas = (area_of(atlas, place) for place in choice.hurts or ())
    keys = (atlas.text("area", area[0]).emergency for area in areas if area)
    return list(dict.fromkeys(key for key in keys if key))


def _uncovered(atlas: Atlas, found: Answer) -> str:
    areas = (area_of(atlas, place) for place in found.uncovered)
    names = [escape(name_of_target(atlas, *area)) for area in areas if area]
    if not names:
        return ""
    return f"<p><b>No point of these maps is said to reach:</b> {'; '.join(names)}.</p>"


def _areas_touched(atlas: Atlas, choice: Choice) -> str:
    """Return links to the areas' own explanations; the map follows them without a new page."""
    links = ""
    for area in dict.fromkeys(area_of(atlas, place) for place in choice.hurts or ()):
        if area is not None:
            query = urlencode(to_address(Choice(body=choice.body, area=area[0], side=area[1])))
            name = escape(name_of_target(atlas, *area))
            links += f'<li><a href="?{escape(query)}" target="_self">{name}</a></li>'
    return f"<h2>What else can hurt there</h2><ul>{links}</ul>" if links else ""


def _problems(atlas: Atlas, choice: Choice) -> str:
    """Return links to every complaint, for those who can't say where but can say when."""
    links = ""
    for complaint in atlas.complaints.values():
        query = urlencode({"complaint": complaint.id} | to_address(Choice(body=choice.body)))
        links += f'<li><a href="?{escape(query)}" target="_self">{escape(complaint.words)}</a></li>'
    return f"<h2>Or pick what troubles you</h2><ul>{links}</ul>"


def complaint(
    atlas: Atlas, said: Complaint, choice: Choice, country: CountryNumbers | None
) -> None:
    """Show what is taught about a complaint, and what needs help first."""
    alarm = long_alarm(country, said.emergency) if said.emergency else ""
    st.html(
        f"<h1>{escape(said.words)}</h1>"
        + alarm
        + '<div class="told"><p>Teaching maps name these points when someone says this. The map '
        "shows them on both sides. Open one to read where it is and how sure that is.</p>"
        + _check_first(said)
        + "</div>"
        + f'<p class="honest">{wording.icon("balance")}<b>{HONESTY}</b> {_LOOKED_UP}</p>'
        + "<h2>The points</h2>"
        + wording.points(atlas, (atlas.points[id_] for id_ in said.points))
        + wording.PRINT
    )
    _touch_instead(choice)
    wording.citations(atlas, said.sources, key=f"complaint-{said.id}")
    if not alarm:
        help_link()


def _check_first(complaint: Complaint) -> str:
    """Return what matters more than a muscle point."""
    if not complaint.check_first:
        return ""
    return f"<p><b>Have this looked at first:</b> {escape(complaint.check_first)}</p>"


def _touch_instead(choice: Choice) -> None:
    st.button(
        "Touch where it hurts instead",
        width="stretch",
        on_click=wayfinding.choose,
        args=(Choice(choice.view, choice.body, hurts=()),),
    )


def muscle(atlas: Atlas, shown: Muscle, choice: Choice, country: CountryNumbers | None) -> None:
    """Show what is known about a muscle as a whole."""
    text, level = atlas.text("muscle", shown.id), wording.level()
    alarm = short_alarm(country, text.emergency) if text.emergency else ""
    st.html(
        f'<h1>{escape(shown.name)}</h1><p class="meta">A muscle. The map shows it on both sides, '
        "with where its points are said to send pain.</p>"
        + alarm
        + wording.facts(text.sections(level), level)
        + "<h2>The points</h2>"
        + wording.points(atlas, atlas.points_of(shown.id))
        + wording.honesty(text, level)
        + wording.PRINT
    )
    wording.pick_level()
    wording.sources(atlas, text, level)
    if not alarm:
        help_link()
