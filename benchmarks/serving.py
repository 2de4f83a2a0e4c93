"""A real Streamlit server for a benchmark: started, killed, started again on the same port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app.py"
BARE_APP = Path(__file__).with_name("bare_app.py")
START_SECONDS = 90


class Server:
    """`streamlit run` of one app, on a free port of this computer."""

    def __init__(self, folder: Path, app: Path = APP, *options: str):
        self.record = folder / "record.sqlite"
        self.app = app
        self.options = options
        # the bare app is to run with Streamlit's own defaults, not with this project's settings
        self.cwd = ROOT if app == APP else folder
        self.log = folder / f"{app.stem}.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def record_url(self) -> str:
        return f"sqlite:///{self.record}"

    def start(self) -> None:
        """Start, and return when the server answers."""
        command = [sys.executable, "-m", "streamlit", "run", str(self.app)]
        command += ["--server.port", str(self.port), "--server.headless", "true"]
        command += ["--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
        command += ["--server.fileWatcherType", "none", *self.options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.cwd,
                env=os.environ | {"BODYMAP_DATABASE_URL": self.record_url},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)  # the process gives no sign when it listens; it is asked
        raise RuntimeError(f"the server did not start:\n{self.log.read_text('utf-8')}")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def running(*servers: Server):
    """Start the servers, and stop them whatever happens."""
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.stop()
