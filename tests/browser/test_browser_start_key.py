"""A key in the address, for computers that several people share."""

import http.client
import re

import pytest
from playwright.sync_api import expect
from server import Server
from visiting import LOCAL, REFUSED, browser_headers, visit
from windows import exploring

POINT = "/?point=rhomboid-major-upper&side=left"
SENTENCE = "use the whole address that it printed"


@pytest.fixture(scope="module")
def keyed_server(tmp_path_factory):
    record = tmp_path_factory.mktemp("keyed") / "record.sqlite"
    with Server(record, environment={"BODYMAP_START_KEY": "1"}) as one:
        yield one


@pytest.fixture(scope="module")
def key(keyed_server):
    (key,) = re.findall(r"/\?key=(\S+)", printed(keyed_server))
    return key


def printed(server):
    return server.record.with_suffix(".log").read_text()


def test_the_address_with_the_key_opens_the_app_and_loses_the_key(
    another_person, keyed_server, key
):
    person = another_person(keyed_server.url)
    person.page.goto(f"{keyed_server.url}{POINT}&key={key}")
    person.ready().mark(6).sees_saved()

    assert "key" not in person.page.url
    assert person.page.url.endswith(POINT)
    assert key not in person.page.evaluate(
        "JSON.stringify([document.cookie, document.referrer, {...localStorage}, "
        "{...sessionStorage}, history.state])"
    )
    (cookie,) = [one for one in person.page.context.cookies() if one["value"] == key]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["expires"] == -1
    assert cookie["name"] == f"bodymap_key_{keyed_server.port}"

    person.reload().sees_level(6)
    person.open_page("/my-marks")
    expect(person.page.get_by_role("rowheader", name="Rhomboid, upper, left")).to_be_visible()
    assert len(keyed_server.check_ins()) == 1


@pytest.mark.parametrize("address", ["/", "/settings", "/?key=", "/?key=wrong", "/any?key=a&key=b"])
def test_without_the_key_there_is_one_sentence(another_person, keyed_server, address):
    person = another_person(keyed_server.url)
    answer = person.page.goto(f"{keyed_server.url}{address}")

    assert answer.status == 403
    expect(person.page.get_by_text(SENTENCE)).to_be_visible()
    assert person.page.locator("script").count() == 0
    assert person.page.context.cookies() == []


def test_without_the_key_nothing_is_let_in(keyed_server, key):
    at, name = ("127.0.0.1", keyed_server.port), f"localhost:{keyed_server.port}"
    headers = browser_headers(name)
    shows = f"Cookie: bodymap_key_{keyed_server.port}="

    assert visit(at, headers) == REFUSED
    assert visit(at, browser_headers(name, Origin=None)) == REFUSED
    for wrong in ("", "wrong", key[:-1], key.lower(), f"{key}x", "\u00e9"):
        assert visit(at, [*headers, shows + wrong]) == REFUSED
    assert visit(at, [*headers, f"Cookie: bodymap_key_1={key}"]) == REFUSED
    assert visit(at, [*headers, f"Cookie: one=1; {shows[8:]}{key}; two=2"]) == LOCAL
    for method, path in (
        ("GET", "/_stcore/host-config"),
        ("GET", "/media/none.json"),
        ("PUT", "/_stcore/upload_file/none/none"),
        ("GET", "/_stcore/metrics"),
    ):
        assert ask(keyed_server, method, path).status == 403


def test_the_key_makes_nobody_local_who_is_a_guest(keyed_server, key):
    at, name = ("127.0.0.1", keyed_server.port), f"localhost:{keyed_server.port}"
    cookie = f"bodymap_key_{keyed_server.port}={key}"

    assert visit(at, browser_headers(name, Via="1.1 proxy", Cookie=cookie)) == "guest"
    assert visit(at, browser_headers(name, Origin="http://localhost:1", Cookie=cookie)) == REFUSED


def test_the_key_leads_to_no_other_server(keyed_server, key):
    answer = ask(keyed_server, "GET", f"//evil.example/%0d%0ax?key={key}&a=%0d%0ab")

    assert answer.status == 303
    assert answer.headers["Location"] == "/evil.example/%0D%0Ax?a=%0D%0Ab"


def test_the_key_is_printed_once_and_is_another_at_each_start(tmp_path, keyed_server, key):
    assert printed(keyed_server).count(key) == 1
    assert f"http://localhost:{keyed_server.port}/?key={key}" in printed(keyed_server)
    assert len(key) >= 32

    with Server(tmp_path / "record.sqlite", environment={"BODYMAP_START_KEY": "1"}) as with_it:
        pass
    assert "?key=" in printed(with_it) and key not in printed(with_it)


def test_without_the_setting_there_is_no_key(windows, shared_server):
    assert "key" not in printed(shared_server)
    with exploring(windows(), shared_server.url) as person:
        person.open("/?key=anything")


def ask(server, method, path):
    connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
    connection.request(method, path)
    answer = connection.getresponse()
    connection.close()
    return answer
