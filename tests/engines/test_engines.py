"""The same journey in the engine of every browser: Chromium's, Firefox's and WebKit's (each iPhone).

Missing browsers skip, with the packages they need; under BODYMAP_REQUIRE_BROWSER=1 they fail.

Nothing here touches with two fingers: WebKit on Linux has no touch screen (``maxTouchPoints`` is 0).
That is shown in Chromium, in tests/browser.
"""

import os
from collections.abc import Iterator

import pytest
from engines import Browser, missing, running
from marking import days_ago, operation
from PIL import Image
from server import Server
from visitor import Visitor

from bodymap.ui.session import PERSON

LOADS_IN_A_ROW = 10
STORY = "/demonstrate?story=between-the-shoulder-blades&step=3"  # one that shows referred pain
ZONES = ".zone-fill"
AREA, POINT = "^Between the shoulder blades", "^Rhomboid, upper, left"
TOUCHED = '[role="radiogroup"][aria-label^="When touched"] input'

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    one = Server(tmp_path_factory.mktemp("engines") / "record.sqlite")
    one.start()
    yield one
    one.stop()


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def engine(request) -> Iterator[Browser]:
    packages = missing(request.param)
    if packages and os.environ.get("BODYMAP_REQUIRE_BROWSER") != "1":
        pytest.skip(f"not on this machine: {', '.join(packages)}")
    assert not packages, f"BODYMAP_REQUIRE_BROWSER=1, but there is no {', '.join(packages)}"
    with running(request.param) as one:
        yield one


@pytest.fixture
def visitor(engine, server) -> Iterator[Visitor]:
    """A person with an empty record, whose browser reports not one error of a script."""
    server.forget()
    one = Visitor(engine, server.url).resize(1280, 900)
    yield one
    assert not one.errors


def test_a_mark_is_made_saved_and_there_after_a_reload(visitor, server):
    visitor.go().press(".target", AREA).press(".target", POINT)
    visitor.press(TOUCHED, "^6")
    visitor.sees(".saved", "^Saved$")
    ((mark,),) = [check_in.marks for check_in in server.check_ins()]
    assert (mark.target, mark.side, mark.touched_nrs) == ("rhomboid-major-upper", "left", 6)

    visitor.reload()

    visitor.sees(".target", f"{POINT}, marked 6 of 10 when touched")
    visitor.sees(f"{TOUCHED}:checked", "^6")
