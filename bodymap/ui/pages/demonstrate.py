"""Demonstrate: a clinician shows one thing at a time, large; marks are never written here.

/demonstrate lists the storyboards, /demonstrate?story=<id> presents one, and
/demonstrate?point=<id>&side=<side> or ?area=<id> presents what was open on the map.
"""

import streamlit as st

from bodymap.ui import knowledge, wayfinding
from bodymap.ui.choice import from_address
from bodymap.ui.emergency import help_link
from bodymap.ui.learning import EXPLORE_PAGE
from bodymap.ui.presenting import DEMONSTRATE_PAGE, STORY, present, steps_of_choice, steps_of_story

wayfinding.leave()
atlas = knowledge.atlas()
query = {name: st.query_params.get_all(name) for name in st.query_params}
query.pop("step", None)  # the browser's own: which step a story opens with
story = atlas.storyboards.get(query.pop(STORY, [""])[0])
shown = from_address(atlas, query) if query else None

if story is not None:
    ended = present(story.title, steps_of_story(atlas, story), body="neutral", story=story.id)
    if ended:
        st.switch_page(DEMONSTRATE_PAGE)
elif shown is not None and shown.target in (*atlas.points, *atlas.areas):
    ended = present("", steps_of_choice(atlas, shown), body=shown.body)
    if ended:
        wayfinding.choose(shown)
        st.switch_page(EXPLORE_PAGE)
else:
    st.title("Demonstrate", anchor=False)
    st.markdown(
        "Show one thing at a time, large, with a patient beside you. Marks are not shown unless "
        "you switch them on, and none are made here. The keys are written on the buttons; a "
        "presenter's remote works, too."
    )
    with st.container(key="contents"):
        for each in atlas.storyboards.values():
            st.page_link(
                DEMONSTRATE_PAGE,
                label=f"**{each.title}** – {len(each.steps)} steps",
                icon=":material/slideshow:",
                query_params={STORY: each.id},
                width="stretch",
            )
    st.markdown("A point or an area opens here from the map with *Show large*.")
    help_link()
