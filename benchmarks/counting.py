"""A line between browser and server that counts what a WebSocket sends, both ways."""

import asyncio
import threading


class Line:
    """A port of this computer that leads to another one; `size` is the WebSockets' bytes so far.

    The first request of a connection tells whether it becomes a WebSocket. That request and its
    answer are counted, too.
    """

    def __init__(self, port: int):
        self.to_port = port
        self.port = 0
        self.size = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def __enter__(self) -> "Line":
        self._thread.start()
        opening = asyncio.start_server(self._connect, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(opening, self._loop).result(10)
        self.port = server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connect(self, reader, writer) -> None:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.to_port)
        head = await reader.read(65536)
        is_socket = b"upgrade: websocket" in head.lower()
        self.size += len(head) if is_socket else 0
        up_writer.write(head)
        await asyncio.gather(
            self._carry(reader, up_writer, is_socket),
            self._carry(up_reader, writer, is_socket),
            return_exceptions=True,
        )

    async def _carry(self, reader, writer, is_socket: bool) -> None:
        while data := await reader.read(65536):
            self.size += len(data) if is_socket else 0
            writer.write(data)
            await writer.drain()
        writer.close()
