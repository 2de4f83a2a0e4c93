"""The web around the app: what the browser fetches once, who may come in, what each answer carries.

Knows no session and no record.
"""

import os
from collections.abc import Callable
from typing import Any

from starlette.middleware import Middleware

from bodymap.shell.assets import Assets
from bodymap.shell.headers import FixedHeaders
from bodymap.shell.page import FirstScript
from bodymap.shell.start_key import SETTING, StartKey
from bodymap.shell.visitors import Visitors


def middleware(option: Callable[[str], Any]) -> list[Middleware]:
    """Return what stands in front of the app; ``option`` returns a setting of Streamlit by name."""

    def base_path() -> str:
        return option("server.baseUrlPath") or ""

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
        Middleware(Visitors, listens_on=lambda: option("server.address")),
        Middleware(FirstScript),
    ]
