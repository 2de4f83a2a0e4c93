"""What leaves the browser, who may ask the server, and what stays behind."""

import base64
import http.client
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from explorer import BY_ITSELF
from playwright.sync_api import expect

from bodymap.shell.assets import version


def test_a_whole_journey_asks_no_other_host(explorer):
    explorer.keeps_addresses().open().search("sitting").press_button("Pain when I sit for long")
    explorer.open().open_area("Between the shoulder blades")
    explorer.choose_point("Rhomboid, upper, left").mark(6).sees_saved()
    explorer.press_button("Layers").press(explorer.page.get_by_role("checkbox", name="Bones"))
    explorer.press_button("Done").back_to_the_whole().switch_view("Front")
    explorer.switch_body("Female body")
    explorer.go_to("My marks").sees_title("My marks")
    expect(explorer.page.get_by_test_id("stPlotlyChart").locator(".trace").first).to_be_visible()
    explorer.go_to("Settings").sees_title("Settings")
    explorer.go_to("When to get help").sees_title("When to get help")

    asked = {
        address for address in explorer.asked if urlsplit(address).scheme not in ("data", "blob")
    }
    assert {urlsplit(address).netloc for address in asked} == {urlsplit(explorer.url).netloc}
    assert any(address.startswith("ws://") for address in asked)
    assert any("/assets/" in address and "/figures/female-front" in address for address in asked)


def test_a_mark_is_in_no_address(explorer):
    explorer.open("/?point=rhomboid-major-upper&side=left")
    address = explorer.page.url
    explorer.keeps_addresses().asked.clear()

    explorer.mark(7).mark(3, BY_ITSELF).sees_saved()
    explorer.press_button("Undo").sees_saved()

    assert explorer.page.url == address
    assert parse_qs(urlsplit(address).query) == {
        "point": ["rhomboid-major-upper"],
        "side": ["left"],
    }
    assert explorer.asked == []


def test_nothing_of_a_saved_mark_stays_in_the_browser(explorer):
    explorer.open("/?point=rhomboid-major-upper&side=left").mark(7).sees_saved()

    kept = explorer.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    cookies = explorer.page.context.cookies()

    assert "rhomboid" not in kept
    assert "touched" not in kept
    assert [cookie["name"] for cookie in cookies if "streamlit" not in cookie["name"]] == []


def test_a_foreign_host_name_cannot_open_the_socket(shared_server):
    """A web page elsewhere could point its own name at this computer (DNS rebinding).

    All that is anyone's own travels over the socket; the files beside it hold nothing private.
    """
    own = f"localhost:{shared_server.port}"

    for host in ("evil.example", f"evil.example:{shared_server.port}"):
        for origin in (f"http://{host}", f"http://{own}"):
            assert status(shared_server, "/_stcore/stream", host=host, origin=origin) == 403
    assert status(shared_server, "/_stcore/stream", host=own, origin=f"http://{own}") == 101


def test_a_page_from_elsewhere_cannot_open_the_socket(shared_server):
    own = f"localhost:{shared_server.port}"

    assert status(shared_server, "/_stcore/stream", host=own, origin="http://evil.example") == 403
    assert status(shared_server, "/_stcore/stream", host=own, origin=f"http://{own}") == 101


def test_what_is_fetched_holds_nothing_but_the_map(shared_server):
    own = f"localhost:{shared_server.port}"
    assets = f"/assets/{version()}"
    _, map_of_points = ask(shared_server, f"{assets}/map/catalog.json", own)
    assert b"rhomboid" in map_of_points

    for folder in (assets, "/app/static"):
        for path in ("../data/points.csv", "%2e%2e/data/points.csv", "/etc/hostname", "../app.py"):
            _, content = ask(shared_server, f"{folder}/{path}", own)
            assert b"rhomboid" not in content
            assert b"streamlit as st" not in content


EVERY_ANSWER = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/", 200),
        ("/my-marks", 200),
        ("/_stcore/health", 200),
        ("/_stcore/host-config", 200),
        ("/media/none.json", 404),
        ("/assets/none/none.js", 404),
        ("/app/static/icon.svg", 200),
        ("/app/static/none.svg", 404),
        ("/%2e%2e/app.py", 400),
    ],
)
def test_every_answer_has_the_fixed_headers(shared_server, path, answers):
    connection = http.client.HTTPConnection("localhost", shared_server.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    connection.close()

    assert answer.status == answers
    for name, value in EVERY_ANSWER.items():
        assert answer.headers.get_all(name) == [value]
    (policy,) = answer.headers.get_all("Permissions-Policy")
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(policy.split(", "))


def test_a_page_of_another_address_frames_nothing(windows, shared_server, another_address):
    own = f"localhost:{shared_server.port}"
    for source in (f"http://{own}/", f"http://{own}/settings", f"http://{own}/_stcore/health"):
        page = windows().new_page()
        page.goto(another_address(f'<iframe src="{source}" width="900" height="700"></iframe>'))
        (frame,) = page.frames[1:]

        assert frame.url.startswith("chrome-error:")
        assert frame.locator("iframe, script, [data-testid]").count() == 0
        page.close()


def test_a_page_on_another_port_gets_nothing_over_the_socket(
    windows, shared_server, another_address
):
    own = f"localhost:{shared_server.port}"
    page = windows().new_page()
    page.goto(another_address("<p>A game on this computer</p>"))

    opened = page.evaluate(
        """address => new Promise((done) => {
          const socket = new WebSocket(address, ["streamlit"]);
          socket.onopen = () => done("open");
          socket.onclose = () => done("closed");
        })""",
        f"ws://{own}/_stcore/stream",
    )
    read = page.evaluate(
        "address => fetch(address).then(() => 'read', () => 'refused')", f"http://{own}/"
    )
    page.close()

    assert (opened, read) == ("closed", "refused")


@pytest.fixture
def another_address():
    """Return ``serve(body)``: the address of a page on another port of this computer."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:

        def serve(body: str) -> str:
            class Page(BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.send_header("Content-Type", "text/html")
                    self.end_headers()
                    self.wfile.write(body.encode())

                def log_message(self, *_):
                    pass

            server.RequestHandlerClass = Page
            return f"http://localhost:{server.server_address[1]}/"

        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield serve
        server.shutdown()


def status(server, path, host, origin=None):
    return ask(server, path, host, origin)[0]


def ask(server, path, host, origin=None):
    """Ask as any program could, a socket as a browser does; return the status and the content."""
    headers = {"Host": host}
    if path.endswith("/stream"):
        headers |= {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Origin": origin or f"http://localhost:{server.port}",
        }
    connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
