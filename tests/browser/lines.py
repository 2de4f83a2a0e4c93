"""Lines between a page and its server that are worse than the one of this computer.

A tab is on one for good, so it is a tab of the test's own.
"""


class SlowLine:
    """A line on which what comes from the server can be held, and let go later."""

    def __init__(self, page, *, holds=lambda message: False):
        """holds: which message is the first to be held, if not told so by ``hold``."""
        self.held = None
        self.holds = holds
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, page_side):
        server_side = page_side.connect_to_server()

        def on_message(message):
            if self.held is None and self.holds(message):
                self.hold()
            if self.held is None:
                page_side.send(message)
            else:
                self.held.append(message)

        self.send = page_side.send
        server_side.on_message(on_message)

    def hold(self):
        self.held = []

    def is_holding(self, words: bytes) -> bool:
        return any(words in message for message in self.held or ())

    def let_go(self):
        held, self.held = self.held, None
        self.holds = lambda message: False
        for message in held:
            self.send(message)


class BadLine:
    """A line that breaks after so many messages of the server, and is good from then on."""

    def __init__(self, page, messages):
        self.left = messages
        self.is_cut = False
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, page_side):
        server_side = page_side.connect_to_server()
        if self.is_cut:
            return

        def on_message(message):
            if self.left:
                self.left -= 1
                page_side.send(message)
            elif not self.is_cut:
                self.is_cut = True
                page_side.close()
                server_side.close()

        server_side.on_message(on_message)
