"""Who is at this computer, who is a guest, and which pages are not let in."""

import pytest

from bodymap.shell.visitors import is_another_pages, signs_of_elsewhere


def handshake(
    *more,
    host="localhost:8501",
    origin="http://localhost:8501",
    scheme="ws",
    reached=("127.0.0.1", 8501),
    visitor=("127.0.0.1", 50000),
):
    """What the server passes on of a handshake; None leaves a header out."""
    headers = [("host", host), ("origin", origin), ("sec-websocket-version", "13"), *more]
    return {
        "type": "websocket",
        "scheme": scheme,
        "server": reached,
        "client": visitor,
        "headers": [
            (name.lower().encode(), value.encode()) for name, value in headers if value is not None
        ],
    }


def is_local(*more, listens_on="127.0.0.1", **parts):
    return not list(signs_of_elsewhere(handshake(*more, **parts), listens_on))


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
def test_a_server_that_only_this_computer_can_reach_keeps_a_private_record(address):
    assert is_local(listens_on=address)


@pytest.mark.parametrize(
    "address", [None, "", "0.0.0.0", "::", "192.168.1.5", "clinic.example", "::ffff:10.0.0.7"]
)
def test_a_server_that_others_can_reach_has_only_guests(address):
    assert not is_local(listens_on=address)


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("localhost:8501", ("127.0.0.1", 8501)),
        ("127.0.0.1:8501", ("127.0.0.1", 8501)),
        ("127.0.0.53:8501", ("127.0.0.53", 8501)),
        ("[::1]:8501", ("::1", 8501)),
        ("localhost:8501", ("::1", 8501)),
        ("127.0.0.1:8501", ("::ffff:127.0.0.1", 8501)),
        ("localhost", ("127.0.0.1", 80)),
    ],
)
def test_each_name_of_its_own_address_is_local(host, reached):
    assert is_local(host=host, origin=f"http://{host}", reached=reached, visitor=reached)


def test_with_a_certificate_the_page_is_https():
    there = {"reached": ("127.0.0.1", 443), "host": "localhost"}
    assert is_local(scheme="wss", origin="https://localhost", **there)
    assert not is_local(scheme="wss", origin="http://localhost", **there)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:80",
        "localhost:9999",
        "127.0.0.1:9999",
        "127.0.0.2:8501",
        "[::1]:8501",
        "localhost.:8501",
        "LOCALHOST:8501",
        "clinic.example",
        "clinic.example:8501",
        "localhost:8501.clinic.example",
        "user@localhost:8501",
        "",
        None,
    ],
)
def test_another_name_or_port_is_a_guests(host):
    assert not is_local(host=host, origin=f"http://{host}")
    assert not is_local(host=host)


def test_two_names_are_a_guests():
    assert not is_local(("host", "localhost:8501"))
    assert not is_local(("host", "clinic.example"))
    assert not is_local(("origin", "http://localhost:8501"))


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "",
        "http://localhost",
        "http://localhost:9999",
        "http://127.0.0.1:8501",
        "https://localhost:8501",
        "http://localhost:8501/",
        "http://localhost:8501.clinic.example",
        "http://clinic.example",
        "file://",
    ],
)
def test_only_a_page_of_exactly_this_address_is_local(origin):
    assert not is_local(origin=origin)


@pytest.mark.parametrize(
    "name",
    [
        "Forwarded",
        "Via",
        "X-Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
        "X-Forwarded-Server",
        "X-Forwarded-Prefix",
        "X-Real-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "X-Original-Host",
        "X-Original-URL",
        "X-Original-Forwarded-For",
        "X-ProxyUser-Ip",
        "X-Scheme",
        "X-Request-ID",
        "X-Envoy-External-Address",
        "X-Amzn-Trace-Id",
        "X-Azure-ClientIP",
        "True-Client-IP",
        "Fastly-Client-IP",
        "CF-Connecting-IP",
        "CF-Ray",
        "CDN-Loop",
        "Remote-Addr",
        "Remote-User",
        "Front-End-Https",
        "Client-IP",
        "Proxy-Connection",
        "Authorization",
        "Bodymap-Local",
        "Of-A-Proxy-Nobody-Knows",
    ],
)
def test_a_header_that_browsers_do_not_send_is_a_guests(name):
    assert not is_local((name, "10.0.0.7"))
    assert not is_local((name, ""))


@pytest.mark.parametrize(
    "names",
    [
        # seen of Chromium 156, Firefox 153 and WebKitGTK on Linux
        "Connection Pragma Cache-Control User-Agent Upgrade Accept-Encoding Cookie "
        "Sec-WebSocket-Key Sec-WebSocket-Extensions Sec-WebSocket-Protocol",
        "User-Agent Accept Accept-Language Accept-Encoding Sec-WebSocket-Protocol "
        "Sec-WebSocket-Extensions Sec-WebSocket-Key Connection Cookie Sec-Fetch-Dest "
        "Sec-Fetch-Mode Sec-Fetch-Site Pragma Cache-Control Upgrade",
        "User-Agent Pragma Cache-Control Upgrade Connection Sec-WebSocket-Key "
        "Sec-WebSocket-Protocol Sec-WebSocket-Extensions Accept-Encoding Accept-Language Cookie "
        "Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site",
        "DNT Sec-GPC Priority",
    ],
)
def test_what_browsers_send_is_local(names):
    assert is_local(*((name, "x") for name in names.split()))


@pytest.mark.parametrize("visitor", ["10.0.0.7", "fe80::1", "::ffff:10.0.0.7", "2001:db8::1"])
def test_a_visitor_from_another_address_is_a_guest(visitor):
    assert not is_local(visitor=(visitor, 50000))


@pytest.mark.parametrize("visitor", ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"])
def test_every_address_of_this_computer_alone_is_local(visitor):
    assert is_local(visitor=(visitor, 50000))


def test_what_the_server_cannot_tell_is_a_guests():
    assert not is_local(visitor=None)
    assert not is_local(reached=None)
    assert not is_local(reached=("/run/bodymap.sock", None), visitor=None)
    # started by another program, on an address that the settings do not know
    assert not is_local(
        reached=("192.168.1.5", 8501), host="192.168.1.5:8501", origin="http://192.168.1.5:8501"
    )


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://localhost",
        "http://localhost:9999",
        "http://127.0.0.1:8501",
        "http://evil.example",
        "http://localhost:8501.evil.example",
        "file://",
    ],
)
def test_a_page_of_another_address_is_not_let_in(origin):
    assert is_another_pages(handshake(origin=origin))
    assert is_another_pages(handshake(("origin", origin)))


def test_its_own_pages_and_programs_without_a_page_are_let_in():
    assert not is_another_pages(handshake())
    assert not is_another_pages(handshake(origin=None))
    # behind a proxy that ends TLS
    assert not is_another_pages(handshake(host="clinic.example", origin="https://clinic.example"))
