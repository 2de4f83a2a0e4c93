"""What the browser fetches once, under an address that holds a hash of all of it.

``/assets/<hash>/body_map/map.js``: a file under such an address never changes, so the browser keeps
it for ever; and a script that imports ``./dom.js`` gets the one of its own version, because the
hash stands before the file's name.

A script that could not be fetched once may be remembered as failed by the browser, with every
script that imports it. So the hash may be followed by a number, ``<hash>.2``, which means the same
files: who tries again asks for the next one.
"""

import gzip
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

STATIC = Path(__file__).parents[2] / "static"
FOLDERS = ("body_map", "map", "figures")

_ADDRESS = re.compile(r"/assets/(?P<version>[0-9a-f]{12})(\.[0-9]{1,3})?/(?P<name>.+)")
_IMPORT = re.compile(r'^import [^;]*? from "(\./[a-z_]+\.js)";$', re.MULTILINE)
_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}


@cache
def version() -> str:
    """Return a short hash of everything that is fetched."""
    digest = hashlib.sha256()
    for name, path in sorted(_files().items()):
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def imports_of(script: str) -> Sequence[str]:
    """Return the scripts that one needs, such as ``body_map/dom.js``; each once, nearest first.

    The browser can ask for all of them at once instead of finding out level by level.
    """
    found = [script]
    for each in found:
        folder = posixpath.dirname(each)
        for name in _IMPORT.findall(_files()[each].read_text(encoding="utf-8")):
            needed = posixpath.normpath(posixpath.join(folder, name))
            if needed not in found:
                found.append(needed)
    return tuple(found[1:])


@cache
def entries() -> Sequence[str]:
    """Return the scripts that no other one imports: each is fetched for itself."""
    scripts = [name for name in _files() if name.endswith(".js")]
    imported = {needed for name in scripts for needed in imports_of(name)}
    return tuple(sorted(set(scripts) - imported))


class Assets:
    """Answers for ``/assets/…`` and leaves everything else to the app behind it.

    base_path: returns the path that the whole app lies under, "" for none; asked at each request,
    because it is settled only after the app was made.
    """

    def __init__(self, app: ASGIApp, base_path: Callable[[], str]):
        self._app = app
        self._base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        path = self._below_the_base(scope["path"]) if scope["type"] == "http" else ""
        if not path.startswith("/assets/"):
            await self._app(scope, receive, send)
            return
        await _answer(path, scope["method"], Headers(scope=scope))(scope, receive, send)

    def _below_the_base(self, path: str) -> str:
        base = self._base_path().strip("/")
        return path.removeprefix(f"/{base}") if base else path


def _answer(path: str, method: str, headers: Headers) -> Response:
    asked = _ADDRESS.fullmatch(path)
    name = asked["name"] if asked and asked["version"] == version() else ""
    if name not in _files():
        return PlainTextResponse(
            "There is no such file in this version of Bodymap.",
            status_code=404,
            headers={"Cache-Control": "no-store"},
        )
    if method not in ("GET", "HEAD"):
        return PlainTextResponse("This can only be read.", status_code=405)
    sent = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
    body = _files()[name].read_bytes()
    if "gzip" in headers.get("accept-encoding", ""):
        body = _compressed(name)
        sent["Content-Encoding"] = "gzip"
    suffix = posixpath.splitext(name)[1]
    media_type = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    return Response(body, headers=sent, media_type=media_type)


@cache
def _files() -> dict[str, Path]:
    """Return every file that can be asked for, by its name: nothing else can."""
    return {
        f"{folder}/{path.name}": path for folder in FOLDERS for path in (STATIC / folder).iterdir()
    }


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress(_files()[name].read_bytes(), compresslevel=9, mtime=0)
