"""What the page has from its first moment, before the app behind it has sent anything.

The page that Streamlit serves loads scripts, opens a socket and waits. If the server goes away in
between, nothing of ours is there yet to say so. So one script of ours stands first in that page;
and before it, in the page itself, the one that fetches the components' scripts, because it must not
be among what did not come.
"""

import json
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bodymap.shell import assets

_SCRIPT = "body_map/away.js"
_HELP = "map/help.json"
_NOT_PASSED_ON = (b"accept-encoding", b"if-none-match", b"if-modified-since")


class FirstScript:
    """Puts scripts of ours first into the head of each page."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; of an answer that is a page, wait for the whole and add the script."""
        if not _asks_for_a_page(scope):
            await self._app(scope, receive, send)
            return
        # The page changes with our files and not only with Streamlit's, so it is asked for whole.
        headers = [each for each in scope["headers"] if each[0].lower() not in _NOT_PASSED_ON]
        page = _Page(send)
        await self._app({**scope, "headers": headers}, receive, page.take)


def _asks_for_a_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")


class _Page:
    """An answer on its way: passed on as it is, or kept until it is whole if it is a page."""

    def __init__(self, send: Send):
        self._send = send
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = b"".join(self._parts).replace(b"<head>", b"<head>" + _tag(), 1)
        headers = MutableHeaders(scope=start)
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


@cache
def _tag() -> bytes:
    """Return the scripts' tags; an address is found as Streamlit's own are, beside the page.

    All that the first one needs is asked for with the page, so that it is there however soon the
    server goes.
    """
    folder = f"./assets/{assets.version()}"
    ahead = [
        f'<link rel="modulepreload" href="{folder}/{name}">' for name in assets.imports_of(_SCRIPT)
    ]
    ahead.append(f'<link rel="preload" as="fetch" crossorigin href="{folder}/{_HELP}">')
    loading = f'<script type="module">{_loading()}</script>'
    # async: the app's own scripts must not wait for it, should it not come
    script = f'<script type="module" async src="{folder}/{_SCRIPT}"></script>'
    return "".join([*ahead, loading, script]).encode()


def _loading() -> str:
    """Return the script that fetches the components' scripts, with all that each of them needs."""
    needs = {
        _short(name): [_short(needed) for needed in assets.imports_of(name)]
        for name in assets.entries()
    }
    parts = (assets.STATIC / "body_map" / "notice.js", Path(__file__).parent / "loading.js")
    constants = f"const NEEDS = {json.dumps(needs, separators=(',', ':'))};\n"
    return constants + "".join(part.read_text(encoding="utf-8") for part in parts)


def _short(name: str) -> str:
    return name.removeprefix("body_map/").removesuffix(".js")
