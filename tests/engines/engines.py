"""The three engines that people's browsers have: how each is started here, without a screen.

Each browser has a folder of its own for whatever it writes, and is gone with it.
"""

import base64
import io
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from server import free_port, select_wait
from webdriver import HttpDriver, Marionette

START_SECONDS = 60
SCREEN = (1400, 1100)
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
MINI_BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"), None)
# nobody needs the buttons of WebKit's window, and they would make it wider than a phone
NO_TOOLBAR = "* { padding: 0; margin: 0; min-width: 0; min-height: 0; border: 0; font-size: 1px; }"


def missing(engine: str) -> list[str]:
    """Return which of the programs that an engine needs are not on this machine."""
    if engine == "chromium":
        return [] if shutil.which("chromedriver") else ["chromium-driver"]
    if engine == "firefox":
        return [] if FIREFOX else ["firefox-esr"]
    needed = {
        "WebKitWebDriver": "webkit2gtk-driver",
        "Xvfb": "xvfb",
        "dbus-run-session": "dbus",
        "import": "imagemagick",
    }
    return [package for program, package in needed.items() if not shutil.which(program)]


@dataclass
class Browser:
    """A running browser with one window.

    display: the X display on which WebKit's window is; the others are asked for a picture.
    """

    engine: str
    driver: HttpDriver | Marionette
    display: str = ""

    def picture(self) -> Image.Image:
        """Return what the page shows, in CSS pixels."""
        if not self.display:
            png = base64.b64decode(self.driver.command("TakeScreenshot"))
            return Image.open(io.BytesIO(png)).convert("RGB")
        # WebKitGTK has no picture of a window without a compositor
        png = subprocess.run(
            ["import", "-display", self.display, "-window", "root", "png:-"],
            capture_output=True,
            check=True,
            timeout=START_SECONDS,
        ).stdout
        left, top, width, height = self.driver.command(
            "ExecuteScript",
            script="return [0, outerHeight - innerHeight, innerWidth, innerHeight]",
            args=[],
        )
        whole = Image.open(io.BytesIO(png)).convert("RGB")
        return whole.crop((left, top, left + width, top + height))


@contextmanager
def running(engine: str) -> Iterator[Browser]:
    """Start an engine's browser, and end it with all that it started."""
    start = {"chromium": _start_chromium, "firefox": _start_firefox, "webkit": _start_webkit}
    with (
        tempfile.TemporaryDirectory(prefix="bodymap-", ignore_cleanup_errors=True) as folder,
        start[engine](Path(folder)) as browser,
    ):
        try:
            yield browser
        finally:
            with suppress(OSError):
                browser.driver.command("DeleteSession")


@contextmanager
def _start_chromium(folder: Path):
    port = free_port()
    options = {
        "args": [
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            *("--no-first-run", f"--user-data-dir={folder}", "--hide-scrollbars"),
        ],
    }
    with _process(["chromedriver", f"--port={port}"], folder, HOME=str(folder)):
        driver = _session(HttpDriver, port, {"goog:chromeOptions": options} | _EARLY)
        yield Browser("chromium", driver)


@contextmanager
def _start_firefox(folder: Path):
    port = free_port()
    settings = {
        "marionette.port": port,
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.update.disabledForTesting": True,
    }
    (folder / "user.js").write_text(
        "".join(f'user_pref("{name}", {str(value).lower()});\n' for name, value in settings.items())
    )
    command = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with _process(command, folder, HOME=str(folder), MOZ_HEADLESS_WIDTH="1400"):
        yield Browser("firefox", _session(Marionette, port, _EARLY))


@contextmanager
def _start_webkit(folder: Path):
    folder.chmod(0o700)
    settings = folder / ".config" / "gtk-3.0"
    settings.mkdir(parents=True)
    (settings / "gtk.css").write_text(NO_TOOLBAR)
    (settings / "settings.ini").write_text("[Settings]\ngtk-enable-animations=0\n")
    port = free_port()
    number, told = os.pipe()
    width, height = SCREEN
    screen = ["Xvfb", "-displayfd", str(told), "-screen", "0", f"{width}x{height}x24"]
    with _process(screen, folder, pass_fds=(told,)):
        os.close(told)
        with os.fdopen(number) as line:
            display = ":" + line.readline().strip()
        environment = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # root may not make one
        }
        options = {"binary": str(MINI_BROWSER), "args": ["--automation"]}
        driver = ["dbus-run-session", "--", "WebKitWebDriver", f"--port={port}"]
        with _process(driver, folder, **environment):
            session = _session(HttpDriver, port, {"webkitgtk:browserOptions": options} | _EARLY)
            yield Browser("webkit", session, display)


# a page is listened to from its first moment, not from when all of it is there
_EARLY = {"pageLoadStrategy": "none"}


def _session(kind, port: int, capabilities: dict):
    """Return a session as soon as the driver listens."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return kind(port, capabilities)
        except ConnectionError:
            if time.monotonic() > deadline:
                raise
            select_wait(0.05)


@contextmanager
def _process(command: list[str], folder: Path, pass_fds=(), **environment: str):
    """Run a command; end it, and whatever it started, at the end."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=os.environ | environment,
            stdout=log,
            stderr=log,
            pass_fds=pass_fds,
            start_new_session=True,
        )
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
