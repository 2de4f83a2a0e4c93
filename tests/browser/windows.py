"""Browser windows and tabs, kept for the whole run and emptied between two tests.

A new window fetches every file again, and a tab compiles every script again that is new or was away
from the server's address, on a blank page for one: then the browser gives it another process. Each
takes about as long as all else that a load does.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from explorer import DESK, NOWHERE, PATIENCE_MS, Explorer
from marking import ZONE
from playwright.sync_api import Browser, BrowserContext, Error, Page

_tabs: dict[BrowserContext, list[Page]] = defaultdict(list)  # those that nobody uses at the moment


class Windows:
    """The windows of one browser, each with the options that it was asked for with."""

    def __init__(self, browser: Browser):
        self._browser = browser
        self._shared: dict[str, BrowserContext] = {}
        self._of_strangers: dict[str, list[BrowserContext]] = defaultdict(list)

    def __call__(self, **options) -> BrowserContext:
        """Return the window with these options that all tests share."""
        key = _key(options)
        if key not in self._shared:
            self._shared[key] = new_window(self._browser, **options)
        return self._shared[key]

    @contextmanager
    def of_a_stranger(self, url: str, **options) -> Iterator[BrowserContext]:
        """Lend a window that knows nothing of ``url``, as that of somebody who was never there."""
        free = self._of_strangers[_key(options)]
        window = free.pop() if free else new_window(self._browser, **options)
        yield window
        for page in window.pages:
            if page not in _tabs[window]:
                page.close()
        tab = _tabs[window].pop() if _tabs[window] else window.new_page()
        protocol = window.new_cdp_session(tab)
        protocol.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "all"})
        protocol.detach()
        window.clear_cookies()
        _tabs[window].append(tab)
        free.append(window)


def new_window(browser: Browser, **options) -> BrowserContext:
    """Open a window that is not shared; for who changes it for good, as its scripts."""
    window = browser.new_context(**(DESK | {"timezone_id": ZONE} | options))
    window.set_default_timeout(PATIENCE_MS)
    return window


@contextmanager
def exploring(
    window: BrowserContext,
    url: str,
    *,
    is_calm: bool = True,
    is_changed: bool = False,
    size: tuple[int, int] | None = None,
) -> Iterator[Explorer]:
    """Let someone explore, in a tab that may have been there before and in which nothing is left.

    is_calm: no script may report an error, and all that was said must be saved in the end.
    is_changed: the test changes the tab for good, as its clock or its line; nobody gets it after.
    size: width and height in px, if not the window's.
    """
    if _tabs[window] and not is_changed:
        page = _tabs[window].pop()
        if page.url != url + NOWHERE:
            page.goto(url + NOWHERE)
        page.evaluate("sessionStorage.clear()")
    else:
        page = window.new_page()
    usual = page.viewport_size
    explorer = Explorer(page, url)
    if size:
        page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        yield explorer
        if is_calm and not page.is_closed():
            # or what is sent as the page is left would come to the record of the next test
            explorer.has_all_saved()
    except BaseException:
        page.close()
        raise
    explorer.stop_listening()
    if is_changed or page.is_closed():
        page.close()
    else:
        if size:
            page.set_viewport_size(usual)
        try:
            _leave(page, url)
            _tabs[window].append(page)
        except Error:  # the server is gone
            page.close()
    assert not (is_calm and explorer.errors), explorer.errors


def _leave(page: Page, url: str) -> None:
    """Go away from whatever page is there, also from one that asks whether to stay."""

    def leave(dialog):
        dialog.accept()

    page.unroute_all()
    page.emulate_media(media="null")
    page.on("dialog", leave)
    page.goto(url + NOWHERE)
    page.remove_listener("dialog", leave)


def _key(options: dict) -> str:
    return repr(sorted(options.items()))
