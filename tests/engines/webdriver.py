"""W3C WebDriver without a library: a dozen lines over HTTP, and the same commands for Firefox.

Chromium and WebKit bring a driver that speaks HTTP. Firefox's, geckodriver, is not among Debian's
packages; but it only passes each command on to Firefox's own socket (Marionette), and so does this.
"""

import http.client
import json
import socket

ANSWER_SECONDS = 60
# the names are Marionette's, the paths those of HTTP
PATHS = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "PerformActions": "actions",
    "ReleaseActions": "actions",
    "SetWindowRect": "window/rect",
    "TakeScreenshot": "screenshot",
    "DeleteSession": "",
}
METHODS = {"ReleaseActions": "DELETE", "TakeScreenshot": "GET", "DeleteSession": "DELETE"}


class HttpDriver:
    """A session with a driver that listens on ``port``.

    answer_seconds: how long a command may take; then it raises TimeoutError.
    """

    def __init__(self, port: int, capabilities: dict):
        self.port = port
        self.answer_seconds = ANSWER_SECONDS
        self.path = "/session"
        answer = self._send("POST", self.path, {"capabilities": {"alwaysMatch": capabilities}})
        self.path += "/" + answer["sessionId"]

    def command(self, name: str, **what):
        """Return the command's value; raise WebDriverError with what the browser said."""
        path = f"{self.path}/{PATHS[name]}".rstrip("/")
        return self._send(METHODS.get(name, "POST"), path, what)

    def _send(self, method, path, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.answer_seconds)
        try:
            connection.request(method, path, json.dumps(body) if method == "POST" else None)
            value = json.load(connection.getresponse())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise WebDriverError(value)
        return value


class Marionette:
    """A session with the Firefox that listens on ``port``; else as HttpDriver."""

    def __init__(self, port: int, capabilities: dict):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
        self.stream = self.socket.makefile("rb")
        self.answer_seconds = ANSWER_SECONDS
        self.count = 0
        self._read()  # it says hello
        self.command("NewSession", **capabilities)

    def command(self, name: str, **what):
        """Return the command's value; raise WebDriverError with what the browser said."""
        self.count += 1
        self.socket.settimeout(self.answer_seconds)
        message = json.dumps([0, self.count, f"WebDriver:{name}", what]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if name == "DeleteSession":
            self.stream.close()
            self.socket.close()
        if error:
            raise WebDriverError(error)
        return result["value"] if set(result or ()) == {"value"} else result

    def _read(self):
        length = b""
        while (one := self.stream.read(1)) != b":":
            length += one
        return json.loads(self.stream.read(int(length)))


class WebDriverError(Exception):
    """What a browser answered instead of a value."""

    def __init__(self, answer: dict):
        super().__init__(f"{answer['error']}: {answer['message']}")
