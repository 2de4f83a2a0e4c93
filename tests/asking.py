"""An ASGI app asked as the server asks it, without a server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp


@dataclass
class Answer:
    status: int
    headers: Headers
    body: bytes


def ask(app: ASGIApp, path: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask once and return the whole answer; a header is written as a name of Python's is."""
    sent = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    # In a thread of its own: the loop of a browser's driver may be running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    begun, *parts = sent
    body = b"".join(part.get("body", b"") for part in parts)
    return Answer(begun["status"], Headers(raw=begun["headers"]), body)
