"""What the browser fetches once: its address, how long it may be kept, what can't be asked for."""

import gzip
import re
from urllib.parse import unquote

import asking
import pytest
from starlette.responses import PlainTextResponse

from bodymap.shell.assets import FOLDERS, STATIC, Assets, entries, imports_of, version

SCRIPTS = sorted(path.name for path in (STATIC / "body_map").glob("*.js"))


def ask(address, *, base_path="", **asked):
    """Ask as the server does for a browser; the app behind it answers everything else."""
    app = Assets(PlainTextResponse("the app"), lambda: base_path)
    return asking.ask(app, unquote(address), **asked)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_has_an_address_that_never_changes_its_content(folder):
    for path in (STATIC / folder).iterdir():
        answer = ask(f"/assets/{version()}/{folder}/{path.name}")

        assert answer.body == path.read_bytes()
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("body_map/map.js", "text/javascript; charset=utf-8"),
        ("body_map/map.css", "text/css; charset=utf-8"),
        ("map/catalog.json", "application/json"),
        ("figures/female-back-body.svg", "image/svg+xml"),
    ],
)
def test_a_file_says_what_it_is_and_is_compressed_for_who_can_read_that(name, type_):
    address = f"/assets/{version()}/{name}"
    packed, plain = ask(address, accept_encoding="gzip, br"), ask(address)

    assert packed.headers["content-type"] == plain.headers["content-type"] == type_
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body == (STATIC / name).read_bytes()
    assert len(packed.body) < 0.6 * len(plain.body)


def test_who_tries_again_gets_the_same_file_under_another_address():
    first, again = (ask(f"/assets/{version()}{which}/body_map/map.js") for which in ("", ".1"))

    assert first.body == again.body


@pytest.mark.parametrize(
    "address",
    [
        "/assets/",
        "/assets/000000000000/body_map/map.js",
        f"/assets/{version()}/",
        f"/assets/{version()}/body_map",
        f"/assets/{version()}/body_map/nothing.js",
        f"/assets/{version()}/body_map/../map/catalog.json",
        f"/assets/{version()}/../../app.py",
        f"/assets/{version()}/%2e%2e/app.py",
        f"/assets/{version()}.1.2/body_map/map.js",
        f"/assets/{version()}.1000/body_map/map.js",
    ],
)
def test_nothing_else_can_be_asked_for_and_the_refusal_is_not_kept(address):
    answer = ask(address)

    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"


def test_a_file_can_only_be_read():
    assert ask(f"/assets/{version()}/body_map/map.js", method="POST").status == 405
    assert ask(f"/assets/{version()}/body_map/map.js", method="HEAD").status == 200


def test_everything_else_is_left_to_the_app():
    for address in ("/", "/my-marks", "/assetsish", "/x/assets/y"):
        assert ask(address).body == b"the app"


def test_it_lies_below_the_path_that_the_app_lies_under():
    below = f"/clinic/bodymap/assets/{version()}/map/catalog.json"

    assert ask(below, base_path="/clinic/bodymap/").status == 200
    assert ask(below, base_path="clinic/bodymap").status == 200
    assert ask("/clinic/bodymap/", base_path="clinic/bodymap").body == b"the app"
    assert ask(below).body == b"the app"


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_imports_plainly_so_that_every_engine_can_load_it(script):
    """WebKit can't load modules that wait at their top level for others."""
    text = (STATIC / "body_map" / script).read_text(encoding="utf-8")
    plain = re.findall(r'^import .* from "\./([a-z_]+\.js)";$', text, re.MULTILINE)

    assert len(plain) == len(re.findall(r"^\s*(?:import|export .* from)\b", text, re.MULTILINE))
    assert not re.search(r"\bimport\(|^(?:const|let|await)\b.*\bawait\b", text, re.MULTILINE)
    assert set(plain) <= set(SCRIPTS)
    assert {f"body_map/{name}" for name in plain} <= set(imports_of(f"body_map/{script}"))


def test_the_scripts_of_the_components_are_those_that_no_other_imports():
    registered = {
        call[1]
        for path in (STATIC.parent / "bodymap" / "ui").rglob("*.py")
        for call in re.finditer(r' component\("\w+", "(\w+)"', path.read_text(encoding="utf-8"))
    }

    assert set(entries()) == {f"body_map/{name}.js" for name in registered}


def test_all_that_a_script_needs_is_known_beforehand():
    needed = imports_of("body_map/map.js")

    assert "body_map/geometry.js" in needed
    assert len(needed) == len(set(needed))
    assert "body_map/map.js" not in needed
