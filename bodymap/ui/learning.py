"""Links to the learn pages and from them to the map."""

from typing import Literal

import streamlit as st

from bodymap.atlas import Area, Text

LEARN_PAGE = "bodymap/ui/pages/learn.py"
EXPLORE_PAGE = "bodymap/ui/pages/explore.py"
PAGE = "page"  # /learn?page=<slug>


def learn_title(text: Text) -> str:
    """Return the title of a learn page."""
    return text.page.title if text.page else text.id


def learn_link(
    text: Text,
    label: str | None = None,
    icon: str = ":material/menu_book:",
    width: Literal["content", "stretch"] = "content",
) -> None:
    """Show a link to a learn page."""
    st.page_link(
        LEARN_PAGE,
        label=label or learn_title(text),
        icon=icon,
        query_params={PAGE: text.id},
        width=width,
    )


def area_link(area: Area) -> None:
    """Show a link to an area on the map."""
    st.page_link(
        EXPLORE_PAGE,
        label=area.name,
        icon=":material/accessibility:",
        query_params={"area": area.id},
    )
