"""What stands between a visitor and the server: a plain TCP forwarder, and a real nginx."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

from server import free_port

NGINX = shutil.which("nginx")
AT_ONCE = 65536


class Forwarder(ThreadingTCPServer):
    """Carries every byte both ways and changes none; use it in a ``with`` statement."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, at: tuple[str, int], to: tuple[str, int]):
        class Connection(BaseRequestHandler):
            def handle(self) -> None:
                with socket.create_connection(to) as server:
                    back = threading.Thread(target=_carry, args=(server, self.request))
                    back.start()
                    _carry(self.request, server)
                    back.join()

        super().__init__(at, Connection)

    def __enter__(self) -> "Forwarder":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.shutdown()
        self.server_close()


def _carry(source: socket.socket, goal: socket.socket) -> None:
    try:
        while data := source.recv(AT_ONCE):
            goal.sendall(data)
        goal.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # either side may go at any time; then the other one is told by the closed line


@contextmanager
def proxy(folder: Path, to: int, *settings: str, at: str = "127.0.0.1") -> Iterator[int]:
    """Run nginx before port ``to`` with these settings of a location; yield its own port."""
    assert NGINX, "BODYMAP_REQUIRE_NGINX=1, but there is no nginx on this machine"
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"""
        daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr warn;
        events {{ worker_connections 64; }}
        http {{
            access_log off;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
            scgi_temp_path {folder}/scgi;
            server {{
                listen {at}:{port};
                location / {{
                    proxy_pass http://127.0.0.1:{to};
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "Upgrade";
                    {" ".join(f"{setting};" for setting in settings)}
                }}
            }}
        }}
        """
    )
    command = [NGINX, "-p", str(folder), "-c", str(configuration)]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(at, port, process)
            yield port
        finally:
            process.terminate()


def _wait_for(at: str, port: int, process: subprocess.Popen) -> None:
    while process.poll() is None:
        try:
            socket.create_connection((at, port), 1).close()
        except ConnectionRefusedError:
            continue
        return
    raise RuntimeError("nginx did not start")
