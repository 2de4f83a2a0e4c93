"""The script of ours that stands first in each page, whatever the app behind it sends."""

import json
import re

import asking
import pytest
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, StreamingResponse

from bodymap.shell import assets
from bodymap.shell.page import FirstScript

PAGE = "<!DOCTYPE html><html><head><title>The app</title></head><body></body></html>"
FOLDER = f"./assets/{assets.version()}"
TAG = f'<script type="module" async src="{FOLDER}/body_map/away.js"></script>'


def ask(app, method="GET", **headers):
    """Ask for "/" as a browser does that goes to an address; return status, headers and body."""
    given = {"accept": "text/html,*/*;q=0.8", "accept_encoding": "gzip"} | headers
    answer = asking.ask(FirstScript(app), "/", method=method, **given)
    return answer.status, answer.headers, answer.body.decode()


def test_it_stands_before_everything_else_in_the_head():
    status, headers, body = ask(HTMLResponse(PAGE))

    assert status == 200
    head, rest = body.split(TAG)
    assert rest == PAGE.split("<head>")[1]
    assert head.startswith("<!DOCTYPE html><html><head><link ")
    for name in (*assets.imports_of("body_map/away.js"), "map/help.json"):
        assert f'href="{FOLDER}/{name}"' in head
    assert int(headers["content-length"]) == len(body)


def test_the_script_that_fetches_the_others_stands_in_the_page_itself():
    _, _, body = ask(HTMLResponse(PAGE))

    inside = body.split(TAG)[0].split('<script type="module">')[1]
    script, end, rest = inside.partition("</script>")
    assert (end, rest) == ("</script>", "")
    assert "window.bodymapRender =" in script
    assert "<!--" not in script
    needs = json.loads(re.match(r"const NEEDS = (.*);\n", script)[1])
    assert {f"body_map/{name}.js" for name in needs["map"]} == set(
        assets.imports_of("body_map/map.js")
    )


def test_a_page_that_comes_in_pieces_is_put_together():
    pieces = [PAGE[:20].encode(), PAGE[20:].encode()]

    _, _, body = ask(StreamingResponse(iter(pieces), media_type="text/html"))

    assert body.count(TAG) == 1
    assert body.endswith(f"{TAG}{PAGE.split('<head>')[1]}")


def test_a_page_is_asked_for_whole_and_never_kept_by_its_old_name(tmp_path):
    """The page changes with our files, of which the app's own tag knows nothing."""
    asked = []
    file = tmp_path / "index.html"
    file.write_text(PAGE)

    async def app(scope, receive, send):
        asked.append(Request(scope).headers)
        await FileResponse(file)(scope, receive, send)

    _, headers, body = ask(app, if_none_match='"old"')

    assert TAG in body
    assert not {"etag", "last-modified"}.intersection(headers)
    assert not {"if-none-match", "accept-encoding"} & set(asked[0])


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (PlainTextResponse("<head>"), {}),
        (HTMLResponse(PAGE), {"accept": "application/json"}),
        (HTMLResponse(PAGE), {"method": "HEAD"}),
    ],
)
def test_what_is_no_page_is_passed_on_as_it_is(answer, asked):
    _, headers, body = ask(answer, **asked)

    assert TAG not in body
    assert headers["content-length"] == str(len(answer.body))
