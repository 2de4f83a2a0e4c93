"""Who may reach this app, and so whose record it may keep.

Local: the visitor is at this computer, and only this computer can reach the server, so there is one
private record on its disk. Guest: anybody else, and nothing is kept on the server. The shell
decides at the handshake (``bodymap/shell/visitors.py``); one sign of a visitor from elsewhere is
enough for guest mode, so that strangers can never share one record (docs/PRIVACY.md).
"""

from enum import Enum

import streamlit as st

from bodymap.shell.visitors import LOCAL_HEADER


class Access(Enum):
    """How far the app can be reached, decided anew for each session."""

    LOCAL = "local"
    GUEST = "guest"


def current() -> Access:
    """Return the access mode of the running session; without a shell in front, a guest's."""
    return Access.LOCAL if LOCAL_HEADER in st.context.headers else Access.GUEST
