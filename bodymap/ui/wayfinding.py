"""Which choice holds: the address, a link in the panel, or what was touched on the map.

The newest wins. Each choice made on the server's side gets a higher command number; the map
echoes the number it has applied, so a touch from before a command can't undo it.
"""

import streamlit as st

from bodymap.atlas import Atlas
from bodymap.ui.arriving import is_going_through_history
from bodymap.ui.choice import Choice, accepted, from_address, to_address

_CHOICE = "choice"
_COMMAND = "choice_command"
_TOLD = "choice_command_told"
_ADDRESS = "choice_address"
_LOST = "choice_address_unknown"
_LOOK = "choice_look_at_address"
_HERE = "on_explore"
UNKNOWN_ADDRESS = "We don't know this address. Here is the whole back."


def follow(atlas: Atlas, touched: Choice | None, applied_command: int) -> None:
    """Settle the choice for this run; ``write_address`` then makes the address say it."""
    state = st.session_state
    state.setdefault(_CHOICE, Choice())
    state.setdefault(_COMMAND, 0)
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    came_back = not query and state.get(_HERE) is False
    is_news = query != state.get(_ADDRESS, {}) and not came_back
    if state.pop(_LOOK, False) and is_news and (not state.get(_HERE) or is_going_through_history()):
        read = from_address(atlas, query)
        state[_LOST] = read is None
        choose(read or Choice())
    elif (
        touched not in (None, state[_CHOICE])
        and applied_command >= state[_COMMAND]
        and accepted(atlas, touched)
    ):
        state[_CHOICE] = touched
        state[_LOST] = False
    if state.get(_LOST):
        st.info(UNKNOWN_ADDRESS, icon=":material/signpost:")
    state[_HERE] = True


def look_at_address() -> None:
    """Let the next ``follow`` read the address; call it where the whole page runs.

    It is read where somebody arrives, or goes back or forward; that always runs the whole page. All
    else that the page sends may carry the address from before, on a slow line, which must not undo
    the choice.
    """
    st.session_state[_LOOK] = True


def chosen() -> Choice:
    """Return the choice that holds."""
    return st.session_state[_CHOICE]


def chosen_body() -> str:
    """Return the body that was chosen on the map, for pages that draw one."""
    return st.session_state.get(_CHOICE, Choice()).body


def command() -> int:
    """Return the number of the newest choice that was made here, not on the map."""
    return st.session_state[_COMMAND]


def is_news_to_the_map() -> bool:
    """Tell whether the map in the page has not been sent the newest command yet."""
    return st.session_state.get(_TOLD) not in (None, command())


def choose(choice: Choice) -> None:
    """Choose from the server's side: a link in the panel, an address."""
    st.session_state[_CHOICE] = choice
    st.session_state[_COMMAND] = st.session_state.get(_COMMAND, 0) + 1


def leave() -> None:
    """Note that another page is shown, so that coming back keeps the choice."""
    st.session_state[_HERE] = False


def write_address() -> None:
    """Make the address say what is chosen; last, because nobody waits for it.

    By then the map has been sent the newest command, too.
    """
    st.session_state[_TOLD] = command()
    wanted = to_address(chosen())
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[_ADDRESS] = {name: [value] for name, value in wanted.items()}
