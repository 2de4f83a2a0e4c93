"""What a page sends while it is being left: a message that outlives it.

A connection of the page's own may end before anything written to it leaves. What a browser sends as
a beacon arrives even so; nobody is there for an answer. Only the person at this computer has a
record that outlives the page, so only theirs is taken.
"""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bodymap.shell.visitors import signs_of_elsewhere

MOST_BYTES = 64 * 1024
"""What a browser sends as a beacon is no longer than this (https://fetch.spec.whatwg.org/)."""


class LastWords:
    """Answers for ``/statements`` and leaves everything else to the app behind it.

    take: is handed what was sent; base_path, listens_on: settings, asked at each request.
    """

    def __init__(
        self,
        app: ASGIApp,
        take: Callable[[bytes], None],
        base_path: Callable[[], str],
        listens_on: Callable[[], str | None],
    ):
        self._app = app
        self._take = take
        self._base_path = base_path
        self._listens_on = listens_on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        base = self._base_path().strip("/")
        address = f"/{base}/statements" if base else "/statements"
        if scope["type"] != "http" or scope["path"] != address:
            await self._app(scope, receive, send)
            return
        await Response(status_code=await self._status(scope, receive))(scope, receive, send)

    async def _status(self, scope: Scope, receive: Receive) -> int:
        if scope["method"] != "POST":
            return 405
        if any(signs_of_elsewhere(scope, self._listens_on())):
            return 403
        body = b""
        try:
            async for part in Request(scope, receive).stream():
                body += part
                if len(body) > MOST_BYTES:
                    return 413
        except ClientDisconnect:
            return 400
        await run_in_threadpool(self._take, body)
        return 204
