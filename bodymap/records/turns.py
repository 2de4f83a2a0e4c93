"""Threads taking turns, first come, first served.

SQLite lets writers wait by trying again now and then, and Python's lock goes to whoever asks at the
right moment. With 20 threads that write without pause, either can leave one waiting for many
seconds. A queue makes the longest wait that of the others once.
"""

from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """One thread at a time, in the order in which they asked."""

    def __init__(self):
        self._guard = Lock()  # held for moments only, never while someone has the turn
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    @contextmanager
    def turn(self, timeout_s: float) -> Generator[None]:
        """Wait for the turn and hold it.

        Raises:
            TimeoutError: it did not come in time.
        """
        self._take(timeout_s)
        try:
            yield
        finally:
            self._pass_on()

    def _take(self, timeout_s: float) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            gate = Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=timeout_s):
            return
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                raise TimeoutError
        # The turn came in the very last moment.

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()  # still taken: by the one let through
            else:
                self._is_taken = False
