"""Learn: short pages about pain, one at a time at /learn?page=<slug>, or the list of them all."""

import streamlit as st

from bodymap.atlas import Atlas, Section, Text
from bodymap.atlas.emergency import CountryNumbers
from bodymap.atlas.texts import HONESTY, Level
from bodymap.ui import knowledge, wayfinding, wording
from bodymap.ui.emergency import (
    crisis_lines,
    help_link,
    long_alarm,
    numbers,
    print_hint,
)
from bodymap.ui.learning import LEARN_PAGE, PAGE, area_link, learn_link, learn_title
from bodymap.ui.preferences import country_of
from bodymap.ui.session import open_session
from bodymap.ui.therapies import show_therapies

UNKNOWN_PAGE = "We don't know this page. Here are all of them."
# The note of this name is about despair, so crisis lines stand below it.
MOOD = "mood"

wayfinding.leave()


def contents(atlas: Atlas) -> None:
    """List all pages in their order."""
    st.title("Learn", anchor=False)
    st.markdown(
        "Short pages about pain: what is known, how sure it is, and where it comes from. "
        "Read one a day, or only the one that you need."
    )
    with st.container(key="contents"):
        for text in atlas.learn_pages:
            learn_link(text, f"**{learn_title(text)}** – {text.summary}", width="stretch")
    help_link()


def one(atlas: Atlas, text: Text, country: CountryNumbers | None) -> None:
    """Show one page."""
    with st.container(key="on-screen"):
        st.page_link(LEARN_PAGE, label="All pages", icon=":material/arrow_back:")
    st.title(learn_title(text), anchor=False)
    if text.emergency:
        st.html(long_alarm(country, text.emergency))
    if text.emergency == MOOD:
        crisis(country)
    level = wording.pick_level()
    with st.container(key="lead"):
        st.html(wording.paragraphs(text.lead(level)))
    for section in text.sections(level):
        if section.heading != HONESTY:
            told(section, level)
    therapies = [atlas.therapies[id_] for id_ in text.page.therapies] if text.page else []
    if therapies:
        show_therapies(therapies, level)
    st.html(wording.honesty(text, level))
    links(atlas, text)
    cited = [statement for therapy in therapies for statement in therapy.statements()]
    wording.sources(atlas, text, level, cited)
    help_link()
    with st.container(key="on-screen-hint"):
        print_hint()


def told(section: Section, level: Level) -> None:
    """Show one section under a heading of its own."""
    st.header(section.heading, anchor=False)
    st.html(f'<div class="told">{wording.answer(section.paragraphs, level)}</div>')


def crisis(country: CountryNumbers | None) -> None:
    """Show whom to call: the person's own country first, then every line that we know."""
    if country is not None:
        numbers(country)
    with st.expander("Crisis lines by country", expanded=country is None):
        crisis_lines()


def links(atlas: Atlas, text: Text) -> None:
    """Lead on: to the map, to related pages, to the page before and after."""
    if text.page is None:
        return
    if text.page.areas:
        st.header("On the map", anchor=False)
        for area_id in text.page.areas:
            area_link(atlas.areas[area_id])
    st.header("Read on", anchor=False)
    for slug in text.page.pages:
        learn_link(atlas.text("learn", slug))
    pages = atlas.learn_pages
    at = pages.index(text)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="on-screen-turn"):
        if at > 0:
            learn_link(pages[at - 1], f"Previous: {learn_title(pages[at - 1])}", _BACK)
        if at + 1 < len(pages):
            learn_link(pages[at + 1], f"Next: {learn_title(pages[at + 1])}", _ON)


_BACK, _ON = ":material/arrow_back:", ":material/arrow_forward:"


def show() -> None:
    """Show the page that the address names."""
    atlas = knowledge.atlas()
    slug = st.query_params.get(PAGE)
    if slug is None:
        contents(atlas)
    elif ("learn", slug) in atlas.texts:
        one(atlas, atlas.text("learn", slug), country_of(open_session().preferences()))
    else:
        st.info(UNKNOWN_PAGE, icon=":material/signpost:")
        contents(atlas)


with st.container(key="reading"):
    show()
