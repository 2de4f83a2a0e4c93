"""A key in the address, for computers that several people share (``BODYMAP_START_KEY=1``).

Other accounts of a computer, and whatever forwards its port, can look like the person at it in
every other way. So the server makes a key at each start and prints it once, in an address. Who
opens that address gets a cookie that no script and no other site sees, and the key leaves the
address bar. Without the key there is one sentence, not even a guest's page.
"""

import secrets
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SETTING = "BODYMAP_START_KEY"
IN_ADDRESS = "key"
SENTENCE = (
    "To open Bodymap here, use the whole address that it printed when it was started; "
    "it ends with a key."
)

_PAGE = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Bodymap</title>
<body style="font: 18px/1.5 sans-serif; max-width: 36em; margin: 3em auto; padding: 0 1em">
<p>{SENTENCE}</p>
"""
_POLICY_VIOLATION = 1008  # before a socket is accepted, every close code becomes a 403


class StartKey:
    """Lets in who has the key of this start, and tells it once.

    address: returns where the app is opened; asked when the server has started.
    """

    def __init__(self, app: ASGIApp, address: Callable[[], str]):
        self._app = app
        self._address = address
        self._key = secrets.token_urlsafe(24)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer who has no key; take the key from who has, and pass everything else on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, self._telling(send))
        elif scope["type"] == "websocket":
            if self._has_cookie(scope):
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        elif scope["path"].endswith("/_stcore/health"):
            await self._app(scope, receive, send)  # tells that the server runs, and nothing else
        elif (answer := self._answer(scope)) is not None:
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _telling(self, send: Send) -> Send:
        async def tell(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                key = urlencode({IN_ADDRESS: self._key})
                print(f"  Open it with its key: {self._address()}/?{key}\n", flush=True)
            await send(message)

        return tell

    def _answer(self, scope: Scope) -> Response | None:
        """Return what ends a request here, None for one that goes on."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        others = [(name, value) for name, value in query if name != IN_ADDRESS]
        if len(others) < len(query) and self._is_key(dict(query)[IN_ADDRESS]):
            # Never "//…", which would lead to another server.
            path = "/" + scope["path"].lstrip("/")
            answer = RedirectResponse(f"{path}?{urlencode(others)}" if others else path, 303)
            answer.set_cookie(
                _cookie(scope),
                self._key,
                httponly=True,
                samesite="strict",
                secure=scope["scheme"] == "https",
            )
            answer.headers["Cache-Control"] = "no-store"
            return answer
        if self._has_cookie(scope):
            return None
        return HTMLResponse(_PAGE, 403, {"Cache-Control": "no-store"})

    def _has_cookie(self, scope: Scope) -> bool:
        return self._is_key(HTTPConnection(scope).cookies.get(_cookie(scope), ""))

    def _is_key(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._key.encode())


def _cookie(scope: Scope) -> str:
    # Cookies know no ports, so that another server on this computer would replace ours.
    port = scope["server"][1] if scope.get("server") else None
    return f"bodymap_key_{port}"
