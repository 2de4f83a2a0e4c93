"""Who asks: the person at this computer, a guest, or a page that has no business here.

All that is anyone's own travels over the WebSocket, so its handshake is where this is decided, once
for each connection and from what the connection itself shows. What each rule can and can't do is in
docs/adr/0004.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_HEADER = "Bodymap-Local"
"""Added to the handshake of a visitor at this computer; what anyone sends under it is removed."""

_FROM_BROWSERS = frozenset(
    (
        *("accept", "accept-encoding", "accept-language", "cache-control", "connection", "cookie"),
        *("dnt", "host", "origin", "pragma", "priority", "upgrade", "user-agent"),
        *("content-length", "content-type"),
    )
)
"""All that Chromium, Firefox and WebKit put into a handshake, but for names that begin ``sec-``;
and what comes with a beacon beside that."""

_MARK = LOCAL_HEADER.lower().encode()
_POLICY_VIOLATION = 1008  # before a socket is accepted, every close code becomes a 403

_log = logging.getLogger(__name__)


def is_another_pages(scope: Scope) -> bool:
    """Tell whether a handshake comes from a page of another origin than the one it asks.

    The scheme is left out here: behind a proxy that ends TLS the server can't know it.
    """
    hosts = _values(scope, b"host")
    own = {f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts}
    return any(origin not in own for origin in _values(scope, b"origin"))


def signs_of_elsewhere(scope: Scope, listens_on: str | None) -> Iterator[str]:
    """Yield why a handshake may come from somebody else than the person at this computer.

    None at all: it comes from a page that this server gave to a browser on this computer.
    listens_on: the address that the server was told to listen on; None is every one.
    """
    if not _is_loopback(listens_on):
        yield "the server listens on an address that others can reach"
    reached = scope.get("server")
    if reached is None or not _is_loopback(reached[0]):
        yield "the server was reached at an address that others can reach"
    visitor = scope.get("client")
    if visitor is None or not _is_loopback(visitor[0]):
        yield "the visitor's address is not this computer's"
    for name in {name.decode("latin-1") for name, _ in scope["headers"]}:
        if name not in _FROM_BROWSERS and not name.startswith("sec-"):
            yield f"there is a header that browsers do not send, {_shown(name)}"
    origins, hosts = _values(scope, b"origin"), _values(scope, b"host")
    scheme = "https" if scope["scheme"] in ("wss", "https") else "http"
    if len(hosts) != 1 or hosts[0] not in _own_hosts(reached, scheme):
        yield "the server was asked for under a name or a port that is not its own"
    if len(origins) != 1 or origins != [f"{scheme}://{host}" for host in hosts]:
        yield "no page, or a page of another address, opened the socket"


class Visitors:
    """Lets visitors at this computer and guests in, each marked as such, and other pages not.

    A page of another origin is refused rather than made a guest: nothing here is made to be used by
    other pages, so the record is two decisions away from them instead of one. It also keeps
    Streamlit from looking up the computer's outside address for each of them.
    """

    def __init__(self, app: ASGIApp, listens_on: Callable[[], str | None]):
        self._app = app
        self._listens_on = listens_on  # asked at each handshake: settled after the app was made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Decide about a WebSocket; pass on everything else."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        if is_another_pages(scope):
            asked = _shown(" ".join(_values(scope, b"host")))
            _log.warning("The socket was refused to a page of another address than %s.", asked)
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        listens_on = self._listens_on()
        signs = list(signs_of_elsewhere(scope, listens_on))
        headers = [(name, value) for name, value in scope["headers"] if name != _MARK]
        if not signs:
            headers.append((_MARK, b"yes"))
        elif _is_loopback(listens_on):
            # Whoever started it expects a record of their own, so the log says why there is none.
            _log.warning("A visitor is a guest here, because %s.", " and ".join(signs))
        await self._app(dict(scope) | {"headers": headers}, receive, send)


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for each, value in scope["headers"] if each == name]


def _own_hosts(reached: tuple[str, int | None] | None, scheme: str) -> Iterable[str]:
    """Return what a browser on this computer names as host: its loopback address, or localhost."""
    address = _address(reached[0]) if reached else None
    if reached is None or address is None:
        return ()
    name = f"[{address}]" if address.version == 6 else str(address)
    port = "" if reached[1] == {"http": 80, "https": 443}[scheme] else f":{reached[1]}"
    return (f"localhost{port}", f"{name}{port}")


def _is_loopback(host: str | None) -> bool:
    if host is None:
        return False
    address = _address(host)
    return address.is_loopback if address else host.lower() == "localhost"


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    # Python's versions differ on whether ::ffff:127.0.0.1 is a loopback address.
    mapped = address.ipv4_mapped if address.version == 6 else None
    return mapped or address


def _shown(text: str) -> str:
    """Return what somebody sent as it may appear in a log: ASCII, escaped, short."""
    return ascii(text[:60])
