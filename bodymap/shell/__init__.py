"""The web around the app: what the browser fetches once, who may come in, what each answer carries.

Knows no session and no record.
"""

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.middleware import Middleware

from bodymap.shell.assets import Assets
from bodymap.shell.headers import FixedHeaders
from bodymap.shell.last_words import LastWords
from bodymap.shell.opening import opens_the_page
from bodymap.shell.page import FirstScript
from bodymap.shell.start_key import SETTING, StartKey
from bodymap.shell.visitors import Visitors


def lifespan(
    option: Callable[[str], Any],
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what begins and ends with the app; ``option`` returns a setting by name."""
    return opens_the_page(
        lambda: _address(option),
        # With a key there is one address to open, which is printed.
        lambda: not option("server.headless") and not _asks_for_key(),
    )


def middleware(
    option: Callable[[str], Any], take_last_words: Callable[[bytes], None]
) -> list[Middleware]:
    """Return what stands in front of the app.

    option: returns a setting of Streamlit by name. take_last_words: is handed what a page of the
        person at this computer sent while it was being left.
    """

    def base_path() -> str:
        return option("server.baseUrlPath") or ""

    def listens_on() -> str | None:
        return option("server.address")

    return [
        Middleware(FixedHeaders),
        Middleware(Assets, base_path=base_path),
        *([Middleware(StartKey, address=lambda: _address(option))] if _asks_for_key() else []),
        Middleware(LastWords, take=take_last_words, base_path=base_path, listens_on=listens_on),
        Middleware(Visitors, listens_on=listens_on),
        Middleware(FirstScript),
    ]


def _address(option: Callable[[str], Any]) -> str:
    scheme = "https" if option("server.sslCertFile") else "http"
    base = (option("server.baseUrlPath") or "").strip("/")
    host = f"{option('browser.serverAddress')}:{option('server.port')}"
    return f"{scheme}://{host}/{base}".rstrip("/")


def _asks_for_key() -> bool:
    return os.environ.get(SETTING, "0") not in ("", "0")
