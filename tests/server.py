"""The real server on a record of its own, for those who visit it with a browser.

Each server is a process of its own, which does what ``streamlit run app.py`` does. It is forked
from one that has read the libraries already, because reading them takes most of a start.
"""

import multiprocessing
import multiprocessing.forkserver
import os
import signal
import socket
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bodymap.records import CheckIn, MarkOperation, Store, open_store
from bodymap.ui.session import PERSON

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
LIBRARIES = [
    "pandas",
    "plotly.graph_objects",
    "pydantic",
    "streamlit.web.cli",
    "streamlit.web.server.starlette.starlette_app",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.h11_impl",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
]
NURSERY = multiprocessing.get_context("forkserver")

_free_ports: list[int] = []  # of servers that have stopped: a browser has their files already


@dataclass
class Server:
    """`streamlit run app.py` on a record of its own, with options a test may add."""

    record: Path
    options: tuple[str, ...] = ()
    host: str = "localhost"
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: _free_ports.pop() if _free_ports else free_port())
    process: multiprocessing.process.BaseProcess | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def __enter__(self) -> "Server":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        _free_ports.append(self.port)

    def start(self) -> None:
        """Start and wait until the server answers, or raise with what it printed."""
        open_nursery()
        self.process = NURSERY.Process(
            target=run,
            daemon=True,
            args=(
                self.record.with_suffix(".log"),
                os.environ
                | {"BODYMAP_DATABASE_URL": f"sqlite:///{self.record}"}
                | self.environment,
                *("run", str(ROOT / "app.py")),
                *("--server.port", str(self.port), "--server.headless", "true"),
                *self.options,
            ),
        )
        self.process.start()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not self.process.is_alive():
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except OSError:
                select_wait(0.1)
        raise RuntimeError(
            f"The server did not start:\n{self.record.with_suffix('.log').read_text()}"
        )

    def pause(self) -> None:
        """Stop answering, as a computer that sleeps does."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Wake up again and answer what has arrived since."""
        os.kill(self.process.pid, signal.SIGCONT)

    def opened_record(self) -> Store:
        """Return the store on this server's record, to be used in a ``with`` statement."""
        return open_store(f"sqlite:///{self.record}")

    def check_ins(self) -> tuple[CheckIn, ...]:
        """Return what is on the disk now."""
        with self.opened_record() as store:
            return store.check_ins(PERSON)

    def operations(self) -> tuple[MarkOperation, ...]:
        """Return every mark ever made in this record, superseded ones too, oldest first."""
        with self.opened_record() as store:
            return store.record(PERSON).operations

    def forget(self) -> None:
        """Empty the record, for the next test."""
        with self.opened_record() as store:
            store.erase(PERSON)

    def kill(self) -> None:
        """Kill at once, as a power cut would."""
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        if self.process and self.process.is_alive():
            self.resume()
            self.process.terminate()
            self.process.join(timeout=10)
            if self.process.is_alive():
                self.kill()


@cache
def open_nursery() -> None:
    """Start the process that has read the libraries, from which servers are forked."""
    NURSERY.set_forkserver_preload([*LIBRARIES, "nursery"])
    usual = os.environ.get("PYTHONPATH")
    # the one way to tell it where "nursery" is: its own path is not handed on, and what it can't
    # import it passes over without a word
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        del os.environ["PYTHONPATH"]
        if usual is not None:
            os.environ["PYTHONPATH"] = usual


def run(log: Path, environment: dict[str, str], *arguments: str) -> None:
    """Be the server, in a process of its own: what it prints goes to ``log``."""
    assert "nursery" in sys.modules, "the process that servers are forked from has not read it"
    with log.open("ab") as printed:
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["streamlit", *arguments]
    from streamlit.web.cli import main

    main()


def select_wait(seconds: float) -> None:
    """Wait between two polls of a starting server (there is no event to wait for)."""
    import select

    select.select([], [], [], seconds)


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
