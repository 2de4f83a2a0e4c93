"""Who may reach this app, and so whose record it may keep.

Local: only this computer can reach the server, so there is one private record on its disk.
Guest: other computers can reach it and nobody logs in, so nothing is kept on the server.
The rule is strict on purpose: one sign of a visitor from elsewhere is enough for guest mode,
so that strangers can never share one record (docs/PRIVACY.md).
"""

from collections.abc import Mapping
from enum import Enum
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


class Access(Enum):
    """How far the app can be reached, decided anew for each session."""

    LOCAL = "local"
    GUEST = "guest"


def decide(
    *, server_address: str | None, headers: Mapping[str, str], client_ip: str | None
) -> Access:
    """Return the access mode for one session.

    ``server_address`` is Streamlit's ``server.address`` (None listens on every interface).
    ``headers`` are those of the WebSocket handshake: a proxy on this computer shows itself by a
    forwarding header, a foreign ``Host`` or a foreign ``Origin`` (browsers always send one).
    ``client_ip`` is the visitor's address, None where Streamlit hides a loopback one.
    """
    names = {name.lower(): value for name, value in headers.items()}
    signs_of_elsewhere = (
        not _is_loopback(server_address),
        client_ip is not None and not _is_loopback(client_ip),
        any(name.lower() in names for name in _FORWARDED),
        "host" in names and not _is_loopback(urlsplit(f"//{names['host']}").hostname),
        "origin" in names and not _is_loopback(urlsplit(names["origin"]).hostname),
    )
    return Access.GUEST if any(signs_of_elsewhere) else Access.LOCAL


def current() -> Access:
    """Return the access mode of the running session."""
    return decide(
        server_address=st.get_option("server.address"),
        headers=st.context.headers.to_dict(),
        client_ip=st.context.ip_address,
    )


def _is_loopback(host: str | None) -> bool:
    if host is None:
        return False
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
