"""The web around the app: what the browser fetches once, who may come in, what each answer carries.

Knows no session and no record.
"""

import os
from collections.abc import Callable
from typing import Any

from starlette.middleware import Middleware

from bodymap.shell.assets import Assets
from bodymap.shell.headers import FixedHeaders
from bodymap.shell.last_words import LastWords
from bodymap.shell.page import FirstScript
from bodymap.shell.start_key import SETTING, StartKey
from bodymap.shell.visitors import Visitors


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

    def address() -> str:
        scheme = "https" if option("server.sslCertFile") else "http"
        base = base_path().strip("/")
        host = f"{option('browser.serverAddress')}:{option('server.port')}"
        return f"{scheme}://{host}/{base}".rstrip("/")

    asks_for_key = os.environ.get(SETTING, "0") not in ("", "0")
    return [
        Middleware(FixedHeaders),
        Middleware(Assets, base_path=base_path),
        *([Middleware(StartKey, address=address)] if asks_for_key else []),
        Middleware(LastWords, take=take_last_words, base_path=base_path, listens_on=listens_on),
        Middleware(Visitors, listens_on=listens_on),
        Middleware(FirstScript),
    ]
