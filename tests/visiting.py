"""A visitor at the WebSocket's door who writes every byte of the handshake, as any program can.

    python tests/visiting.py 127.0.0.1 8501 'Host: localhost:8501' 'Origin: http://localhost:8501'

prints what the visitor is taken for: "local", "guest", or how it was turned away. Run so, it visits
from wherever it is started: another network, for one.
"""

import base64
import os
import socket
import sys

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LOCAL, GUEST, REFUSED = "local", "guest", "403"
KEPT_HERE = b"What you mark stays on this computer"
KEPT_NOWHERE = b"we keep nothing here"
PATIENCE_S = 60


def browser_headers(host: str, **others: str | None) -> list[str]:
    """Return the lines of a handshake as Chromium sends it to ``host``; None leaves a line out."""
    lines = {
        "Host": host,
        "Connection": "Upgrade",
        "Pragma": "no-cache",
        "Cache-Control": "no-cache",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0",
        "Upgrade": "websocket",
        "Origin": f"http://{host}",
        "Sec-WebSocket-Version": "13",
        "Accept-Encoding": "gzip, deflate, br, zstd",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Protocol": "streamlit",
    } | others
    return [f"{name}: {value}" for name, value in lines.items() if value is not None]


def visit(to: tuple[str, int], headers: list[str], come_from: str | None = None) -> str:
    """Open the app's socket, ask for the settings page, and return what the visitor is taken for.

    come_from: an address of this computer that the visitor has.
    """
    with Door(to, headers, come_from) as door:
        if door.status != 101:
            return str(door.status)
        door.send(BackMsg(rerun_script={"page_name": "settings"}))
        said = door.hear()
    if KEPT_HERE in said:
        return LOCAL
    assert KEPT_NOWHERE in said, said[-2000:]
    return GUEST


class Door:
    """An open handshake: ``status`` is the answer's; 101 means that messages can be exchanged."""

    def __init__(self, to: tuple[str, int], headers: list[str], come_from: str | None = None):
        source = (come_from, 0) if come_from else None
        self._socket = socket.create_connection(to, PATIENCE_S, source)
        asked = ["GET /_stcore/stream HTTP/1.1", *headers, "", ""]
        self._socket.sendall("\r\n".join(asked).encode("latin-1"))
        self._stream = self._socket.makefile("rb")
        first = self._stream.readline()
        self.status = int(first.split()[1]) if first else 0
        while self._stream.readline().strip():
            pass

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *_) -> None:
        self._stream.close()
        self._socket.close()

    def send(self, message: BackMsg, frame_bytes: int = 2**30) -> None:
        """Send one message, in frames of at most so many bytes."""
        data = message.SerializeToString()
        for start in range(0, len(data), frame_bytes):
            part = data[start : start + frame_bytes]
            size = len(part)
            first = (0 if start else 2) | (0x80 if start + size == len(data) else 0)
            head = (
                bytes([first, 0x80 | size])
                if size < 126
                else bytes([first, 0xFE]) + size.to_bytes(2, "big")
                if size < 2**16
                else bytes([first, 0xFF]) + size.to_bytes(8, "big")
            )
            self._socket.sendall(head + bytes(4) + part)  # a mask of zeros changes nothing

    def hear(self) -> bytes:
        """Return all that is sent until a run of the page has ended, or the door is closed."""
        heard = b""
        while frame := self._frame():
            heard += frame
            if ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished":
                break
        return heard

    def _frame(self) -> bytes:
        """Return the next message; nothing once the other side has closed."""
        while True:
            head = self._stream.read(2)
            if len(head) < 2 or head[0] & 0x0F == 8:
                return b""
            size = head[1] & 0x7F
            if size > 125:
                size = int.from_bytes(self._stream.read(2 if size == 126 else 8), "big")
            data = self._stream.read(size)
            if head[0] & 0x0F == 2:
                return data


if __name__ == "__main__":
    try:
        print(visit((sys.argv[1], int(sys.argv[2])), sys.argv[3:]))
    except ConnectionRefusedError:
        print("nobody listens")
