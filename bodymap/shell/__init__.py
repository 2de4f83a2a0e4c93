"""The web around the app: what the browser fetches once. Knows no session and no record."""

from collections.abc import Callable
from typing import Any

from starlette.middleware import Middleware

from bodymap.shell.assets import Assets


def middleware(option: Callable[[str], Any]) -> list[Middleware]:
    """Return what stands in front of the app; ``option`` returns a setting of Streamlit by name."""
    return [Middleware(Assets, base_path=lambda: option("server.baseUrlPath") or "")]
