"""A line between browser and server that counts what a WebSocket sends, both ways."""

import socket
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

AT_ONCE = 65536


class Line:
    """A port of this computer that leads to another one; `size` is the WebSockets' bytes so far.

    The first request of a connection tells whether it becomes a WebSocket. That request and its
    answer are counted, too.
    """

    def __init__(self, port: int):
        self.to_port = port
        self.size = 0
        self._counting = threading.Lock()
        line = self

        class Connection(BaseRequestHandler):
            def handle(self) -> None:
                line._join(self.request)

        self._server = ThreadingTCPServer(("127.0.0.1", 0), Connection)
        self._server.daemon_threads = True
        self._server.block_on_close = False

    @property
    def url(self) -> str:
        return f"http://localhost:{self._server.server_address[1]}"

    def __enter__(self) -> "Line":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _join(self, browser: socket.socket) -> None:
        head = browser.recv(AT_ONCE)
        is_socket = b"upgrade: websocket" in head.lower()
        if is_socket:
            # For the server, only a page of its own address comes from the person at this computer.
            head = head.replace(_name(self._server.server_address[1]), _name(self.to_port))
        with socket.create_connection(("127.0.0.1", self.to_port)) as server:
            self._pass(head, server, is_socket)
            back = threading.Thread(target=self._carry, args=(server, browser, is_socket))
            back.start()
            self._carry(browser, server, is_socket)
            back.join()

    def _carry(self, source: socket.socket, goal: socket.socket, is_socket: bool) -> None:
        try:
            while data := source.recv(AT_ONCE):
                self._pass(data, goal, is_socket)
            goal.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # either side may go at any time; then the other one is told by the closed line

    def _pass(self, data: bytes, goal: socket.socket, is_socket: bool) -> None:
        goal.sendall(data)
        if is_socket:
            with self._counting:
                self.size += len(data)


def _name(port: int) -> bytes:
    return f"localhost:{port}".encode()
