"""The real server, asked as any program can ask: who gets the record of this computer, who not.

What each rule can't do is shown, too: what carries bytes and changes none looks like the person at
the computer, and only a key of the start tells them apart.
"""

import os
import re
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path

import pytest
from forwarding import NGINX, Forwarder, proxy
from server import Server, free_port
from visiting import GUEST, LOCAL, REFUSED, browser_headers, visit

VISITOR = Path(__file__).parents[1] / "visiting.py"
# Every family of headers with which a proxy tells of a visitor, and one that nobody has heard of.
TOLD_BY_PROXIES = (
    *("Forwarded", "Via", "X-Forwarded", "X-Forwarded-For", "X-Forwarded-Host"),
    *("X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Server", "X-Real-IP", "X-Client-IP"),
    *("X-Cluster-Client-IP", "X-Original-Host", "X-Original-URL", "X-ProxyUser-Ip", "X-Scheme"),
    *("X-Envoy-External-Address", "X-Amzn-Trace-Id", "True-Client-IP", "Fastly-Client-IP"),
    *("CF-Connecting-IP", "CDN-Loop", "Client-IP", "Remote-User", "X-Request-ID", "Of-A-Proxy"),
)
needs_nginx = pytest.mark.skipif(
    NGINX is None and os.environ.get("BODYMAP_REQUIRE_NGINX") != "1",
    reason="no nginx on this machine",
)


@pytest.fixture(scope="module")
def own(the_server):
    """The name under which a browser on this computer asks for the server."""
    return f"localhost:{the_server.port}"


@pytest.fixture
def at(the_server):
    return ("127.0.0.1", the_server.port)


@pytest.fixture(scope="module")
def open_server(tmp_path_factory):
    """A server that others can reach."""
    with started(tmp_path_factory.mktemp("open"), "--server.address", "0.0.0.0") as server:
        yield server


@pytest.fixture(scope="module")
def keyed_server(tmp_path_factory):
    """A server with a key of its start, and the line that shows the key."""
    with keyed(tmp_path_factory.mktemp("keyed")) as server_and_cookie:
        yield server_and_cookie


# --- straight to the server


def test_a_page_of_its_own_is_local(at, own):
    assert visit(at, browser_headers(own)) == LOCAL
    assert visit(at, browser_headers(f"127.0.0.1:{at[1]}")) == LOCAL


@pytest.mark.parametrize("name", TOLD_BY_PROXIES)
def test_whoever_a_proxy_tells_of_is_a_guest(at, own, name):
    assert visit(at, browser_headers(own, **{name: "127.0.0.1"})) == GUEST


def test_nobody_marks_themselves_as_local(at, own):
    claims = {"Bodymap-Local": "yes"}

    assert visit(at, browser_headers(own, **claims)) == GUEST
    assert visit(at, browser_headers(own, Origin=None, **claims)) == GUEST


def test_a_program_without_a_page_is_a_guest(at, own):
    assert visit(at, browser_headers(own, Origin=None)) == GUEST


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:1",
        "http://localhost",
        "http://127.0.0.1:{port}",
        "http://[::1]:{port}",
        "http://evil.example",
        "http://localhost:{port}.evil.example",
        "null",
        "file://",
    ],
)
def test_a_page_of_another_address_is_refused(at, own, origin):
    there = origin.format(port=at[1])

    assert visit(at, browser_headers(own, Origin=there)) == REFUSED


def test_a_page_of_another_scheme_is_a_guest(at, own):
    assert visit(at, browser_headers(own, Origin=f"https://{own}")) == GUEST


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1:1"])
def test_asked_under_a_port_that_is_not_its_own_it_has_only_guests(at, host):
    assert visit(at, browser_headers(host)) == GUEST
    assert visit(at, browser_headers(host, Origin=None)) == GUEST


@pytest.mark.parametrize("host", ["evil.example:{port}", "127.0.0.2:{port}", ""])
def test_asked_under_a_name_that_is_not_its_own_it_refuses(at, host):
    there = host.format(port=at[1])

    assert visit(at, browser_headers(there)) == REFUSED
    assert visit(at, browser_headers(there, Origin=None)) == REFUSED


def test_two_host_names_are_never_local(at, own):
    twice = [*browser_headers(own), f"Host: {own}"]
    other = [*browser_headers(own), "Host: evil.example"]

    assert visit(at, twice) != LOCAL
    assert visit(at, other) != LOCAL


def test_each_address_of_this_computer_alone_is_local(at, own):
    assert visit(at, browser_headers(own), come_from="127.0.0.2") == LOCAL


def test_the_server_has_an_address_of_its_own_in_version_6(tmp_path):
    with started(tmp_path, "--server.address", "::1", host="[::1]") as server:
        there = ("::1", server.port)
        assert visit(there, browser_headers(f"[::1]:{server.port}")) == LOCAL
        assert visit(there, browser_headers(f"localhost:{server.port}")) == LOCAL
        assert visit(there, browser_headers(f"127.0.0.1:{server.port}")) == GUEST


def test_a_server_that_listens_everywhere_has_only_guests(open_server):
    for host in ("localhost", "127.0.0.1"):
        name = f"{host}:{open_server.port}"
        assert visit(("127.0.0.1", open_server.port), browser_headers(name)) == GUEST


# --- through what stands between


def test_a_forwarder_on_another_port_has_only_guests(at):
    with Forwarder(("127.0.0.1", 0), at) as between:
        there = ("127.0.0.1", between.server_address[1])
        assert visit(there, browser_headers(f"localhost:{there[1]}")) == GUEST


DEFAULT = ()
HOST_WITHOUT_PORT = ("proxy_set_header Host $host",)
HOST_KEPT = ("proxy_set_header Host $http_host",)
ORIGIN_DROPPED = ('proxy_set_header Origin ""',)
ORIGIN_REWRITTEN = ("proxy_set_header Origin http://$proxy_host",)
TELLS_FOR_WHOM = ("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for",)
TELLS_IP = ("proxy_set_header X-Real-IP $remote_addr",)
STRIPS = tuple(f'proxy_set_header {name} ""' for name in TOLD_BY_PROXIES)


@needs_nginx
@pytest.mark.parametrize(
    ("settings", "taken_for"),
    [
        pytest.param(DEFAULT, REFUSED, id="nginx as it comes"),
        pytest.param(HOST_WITHOUT_PORT, REFUSED, id="host without its port"),
        pytest.param(HOST_KEPT, GUEST, id="host kept"),
        pytest.param((*HOST_KEPT, *TELLS_FOR_WHOM), GUEST, id="as it is usually set up"),
        pytest.param((*HOST_KEPT, *ORIGIN_DROPPED), GUEST, id="host kept, origin dropped"),
        pytest.param(ORIGIN_DROPPED, GUEST, id="host rewritten, origin dropped"),
        pytest.param((*ORIGIN_DROPPED, *STRIPS), GUEST, id="and nothing told"),
        pytest.param((*ORIGIN_REWRITTEN, *TELLS_FOR_WHOM), GUEST, id="rewritten, tells for whom"),
        pytest.param((*ORIGIN_REWRITTEN, *TELLS_IP), GUEST, id="rewritten, tells the address"),
    ],
)
def test_through_a_proxy_nobody_is_local(tmp_path, at, settings, taken_for):
    with proxy(tmp_path, at[1], *settings) as port:
        for host in (f"localhost:{port}", f"127.0.0.1:{port}"):
            assert visit(("127.0.0.1", port), browser_headers(host)) == taken_for


@needs_nginx
def test_through_a_proxy_with_a_name_of_its_own_there_are_guests(tmp_path):
    with (
        started(tmp_path, "--server.allowedHosts", "clinic.example") as server,
        proxy(tmp_path, server.port, *HOST_KEPT) as port,
    ):
        for origin in ("http://clinic.example", "https://clinic.example"):
            headers = browser_headers("clinic.example", Origin=origin)
            assert visit(("127.0.0.1", port), headers) == GUEST
        headers = browser_headers("clinic.example", Origin="http://evil.example")
        assert visit(("127.0.0.1", port), headers) == REFUSED


@needs_nginx
def test_only_a_key_tells_a_proxy_that_rewrites_everything(tmp_path, at, keyed_server):
    hides = (*ORIGIN_REWRITTEN, *STRIPS)
    with proxy(tmp_path, at[1], *hides) as port:
        assert visit(("127.0.0.1", port), browser_headers(f"localhost:{port}")) == LOCAL

    server, cookie = keyed_server
    with proxy(tmp_path, server.port, *hides) as port:
        headers = browser_headers(f"localhost:{port}")
        assert visit(("127.0.0.1", port), headers) == REFUSED
        assert visit(("127.0.0.1", port), [*headers, cookie]) == LOCAL


def test_only_a_key_tells_a_forwarder_that_has_the_servers_port(tmp_path):
    port = free_port()
    name = f"localhost:{port}"
    elsewhere = ("--server.address", "127.0.0.2")
    with (
        started(tmp_path, *elsewhere, host="127.0.0.2", port=port) as server,
        Forwarder(("127.0.0.1", port), ("127.0.0.2", server.port)) as between,
    ):
        assert visit(between.server_address, browser_headers(name)) == LOCAL

    with (
        keyed(tmp_path, *elsewhere, host="127.0.0.2", port=port) as (server, cookie),
        Forwarder(("127.0.0.1", port), ("127.0.0.2", server.port)) as between,
    ):
        assert visit(between.server_address, browser_headers(name)) == REFUSED
        assert visit(between.server_address, [*browser_headers(name), cookie]) == LOCAL


# --- from another computer


@pytest.fixture(scope="module")
def another_computer():
    """Return ``visit_from_there(to, headers)``, and the address that this computer has for it."""
    name = f"bodymap-{uuid.uuid4().hex[:6]}"
    here, there = f"h{name[-6:]}", f"t{name[-6:]}"
    steps = (
        f"ip netns add {name}",
        f"ip link add {here} type veth peer name {there} netns {name}",
        f"ip address add 10.213.77.1/30 dev {here}",
        f"ip link set {here} up",
        f"ip -n {name} address add 10.213.77.2/30 dev {there}",
        f"ip -n {name} link set {there} up",
    )
    try:
        for step in steps:
            try:
                subprocess.run(step.split(), check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError):
                pytest.skip("no network namespace can be made here, so there is no other computer")

        def visit_from_there(to, headers):
            command = [sys.executable, str(VISITOR), to[0], str(to[1]), *headers]
            there = subprocess.run(
                ["ip", "netns", "exec", name, *command], check=True, capture_output=True, text=True
            )
            return there.stdout.strip()

        yield visit_from_there, "10.213.77.1"
    finally:
        if Path("/run/netns", name).exists():
            subprocess.run(["ip", "netns", "delete", name], check=True)


def test_another_computer_reaches_no_server_of_this_one_alone(another_computer, at, own):
    visit_from_there, here = another_computer

    assert visit_from_there((here, at[1]), browser_headers(own)) == "nobody listens"


def test_another_computer_that_says_it_is_this_one_is_a_guest(another_computer, open_server):
    visit_from_there, here = another_computer
    for host in (f"localhost:{open_server.port}", f"127.0.0.1:{open_server.port}"):
        assert visit_from_there((here, open_server.port), browser_headers(host)) == GUEST


def test_only_a_key_keeps_another_computer_from_a_forwarded_port(
    another_computer, at, keyed_server
):
    visit_from_there, here = another_computer
    with Forwarder((here, 0), at) as between:
        through = between.server_address
        assert visit_from_there(through, browser_headers(f"localhost:{through[1]}")) == GUEST
        assert visit_from_there(through, browser_headers(f"{here}:{through[1]}")) == REFUSED
        # A program there can say what a browser here would say.
        assert visit_from_there(through, browser_headers(f"localhost:{at[1]}")) == LOCAL

    server, cookie = keyed_server
    with Forwarder((here, 0), ("127.0.0.1", server.port)) as between:
        says = browser_headers(f"localhost:{server.port}")
        assert visit_from_there(between.server_address, says) == REFUSED
        assert visit_from_there(between.server_address, [*says, cookie[:-1]]) == REFUSED
        assert visit_from_there(between.server_address, [*says, cookie]) == LOCAL


# --- how much a guest can send


def started(folder, *options, environment=None, **where):
    """Return a server of one's own, to be run in a ``with`` statement, with an empty record."""
    return Server(
        folder / f"{uuid.uuid4().hex}.sqlite",
        options=options,
        environment=environment or {},
        **({"host": "127.0.0.1"} | where),
    )


@contextmanager
def keyed(folder, *options, **where):
    """Run a server with a key of its start; yield it and the line that shows the key."""
    with started(folder, *options, environment={"BODYMAP_START_KEY": "1"}, **where) as server:
        (key,) = re.findall(r"/\?key=(\S+)", server.record.with_suffix(".log").read_text())
        yield server, f"Cookie: bodymap_key_{server.port}={key}"
