"""Opens the page in the person's browser once the server answers, as a script's is opened."""

import asyncio
import webbrowser
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

_A_MOMENT_S = 1.0  # the server listens only after the app has begun, and tells nobody when it does


def opens_the_page(
    address: Callable[[], str], is_wanted: Callable[[], bool]
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what begins and ends with the app: it opens ``address`` if that is wanted."""

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncGenerator[None]:
        if is_wanted():
            loop = asyncio.get_running_loop()
            loop.call_later(_A_MOMENT_S, loop.run_in_executor, None, webbrowser.open, address())
        yield

    return lifespan
