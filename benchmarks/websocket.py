"""Count the bytes on the WebSocket, both ways, for each choice and each mark.

    python benchmarks/websocket.py              # every area and point, four times (~10 minutes)
    python benchmarks/websocket.py --every 10   # every tenth, for a quick look

Every area and every point is chosen and marked in a real browser: in patient and in clinical
wording, with nothing marked and with every place marked. Also measured: the choice after a burst of
quick marks. The bound is 12 KB (12 000 bytes) for the greatest. Counted is what travels between
browser and server on the WebSocket's own connection, both ways, headers and all, compressed as
.streamlit/config.toml says: the browser talks to the server through a line that counts. The lists
of what each part weighs are of the frames before compression.
"""

import argparse
import re
import sys
import tempfile
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from browsing import (
    SIDES,
    Place,
    chromium,
    go,
    level,
    open_map,
    out_to,
    places,
    target,
    wait_until_saved,
)
from counting import Line
from playwright.sync_api import Locator, Page
from reporting import machine, verdict
from serving import Server, running
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bodymap import atlas
from bodymap.records import MarkOperation, open_store

BOUND = 12_000
PERSON = "local"
QUIET_S = 0.2
BURST = 60


@dataclass
class Sample:
    """One action, the bytes it took on the line, and the frames it caused."""

    what: str
    name: str
    size: int
    frames: list[tuple[str, bytes]] = field(default_factory=list)

    def parts(self) -> Counter:
        """Return the bytes by kind of message, before compression."""
        sizes = Counter()
        for direction, payload in self.frames:
            sizes[kind_of(direction, payload)] += len(payload)
        return sizes


def kind_of(direction: str, payload: bytes) -> str:
    """Name a frame by what it carries."""
    if direction == "sent":
        message = BackMsg.FromString(payload)
        return f"browser: {message.WhichOneof('type')}"
    message = ForwardMsg.FromString(payload)
    kind = message.WhichOneof("type")
    if kind != "delta":
        return kind
    change = message.delta.WhichOneof("type")
    part = getattr(message.delta, change)
    return f"{'block' if change == 'add_block' else 'element'} {part.WhichOneof('type')}"


class Wire:
    """Every frame of a page's WebSocket since the last clearing."""

    def __init__(self, page: Page, line: Line):
        self.page = page
        self.line = line
        self.frames: list[tuple[str, bytes]] = []
        self.last = 0.0
        page.on("websocket", self._listen)

    def _listen(self, socket) -> None:
        socket.on("framesent", lambda payload: self._add("sent", payload))
        socket.on("framereceived", lambda payload: self._add("received", payload))

    def _add(self, direction: str, payload: bytes | str) -> None:
        data = payload.encode() if isinstance(payload, str) else payload
        # the heartbeat comes by the clock, not from what a person does
        if "heartbeat" not in kind_of(direction, data):
            self.frames.append((direction, data))
            self.last = time.monotonic()

    def measure(self, what: str, name: str, act) -> Sample:
        """Do something that must make the script run once; return all it caused."""
        self.settle()
        self.frames = []
        before = self.line.size
        act()
        deadline = time.monotonic() + 60
        while not self._has_finished():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{what} {name}: the page did not finish a run")
            self.page.wait_for_timeout(10)
        self.settle()
        return Sample(what, name, self.line.size - before, list(self.frames))

    def _has_finished(self) -> bool:
        return any(
            direction == "received" and kind_of(direction, payload) == "script_finished"
            for direction, payload in self.frames
        )

    def settle(self) -> None:
        """Wait until the line is quiet."""
        while time.monotonic() - self.last < QUIET_S:
            self.page.wait_for_timeout(20)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--every", type=int, default=1, help="only every n-th place")
    arguments.add_argument("--top", type=int, default=3, help="how many of each kind to take apart")
    options = arguments.parse_args()
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory(prefix="bodymap-bytes-") as folder, chromium() as browser:
        print(machine(browser), flush=True)
        for state in ("nothing marked", "all marked"):
            server = Server(Path(folder) / state.replace(" ", "-"))
            server.record.parent.mkdir()
            if state == "all marked":
                mark_everything(server.record_url)
            with running(server), Line(server.port) as line:
                for wording in ("patient", "clinical"):
                    found = walk(browser, line, wording, state, options.every)
                    samples += found
                    report(f"{wording}, {state}", found, options.top)
                found = [after_a_burst(browser, line)]
                samples += found
                report(f"after {BURST} quick marks, {state}", found, 1)
    greatest = max(sample.size for sample in samples)
    return verdict(
        greatest <= BOUND,
        f"one choice or one mark is at most {BOUND} bytes (greatest {greatest})",
    )


def mark_everything(url: str) -> None:
    """Fill the record of today: both numbers at every place."""
    slots = atlas.load().slots
    now = datetime.now(UTC)
    with open_store(url) as store:
        store.apply(
            PERSON,
            [
                MarkOperation(
                    id=str(uuid.uuid4()),
                    target=target,
                    side=side,
                    touched_nrs=4,
                    by_itself_nrs=4,
                    at=now,
                    zone="UTC",
                    utc_offset_min=0,
                )
                for target, side in slots
            ],
        )


def walk(browser, line: Line, wording: str, state: str, every: int) -> list[Sample]:
    """Choose and mark every area and point once."""
    page = open_map(browser, None, timezone_id="UTC", reduced_motion="reduce")
    wire = Wire(page, line)
    go(page, line.url)
    prepare(page, wording)
    # a level that is there already would be no mark: each walk sets another one
    nrs = 7 if wording == "patient" else 8
    samples = []
    view = "back"
    for area, inside in visits(every):
        if area.view != view:
            view = area.view
            wire.measure("view", view, partial(view_switch(page, view).check, force=True))
        samples.append(wire.measure("choose", area.id, target(page, area).click))
        samples += mark(page, wire, area, state, nrs)
        for point in inside:
            samples.append(wire.measure("choose", point.id, target(page, point).click))
            samples += mark(page, wire, point, state, nrs)
            wire.measure("back", point.id, out_to(page, area.name).click)
        wire.measure("back", area.id, out_to(page, f"Whole {view}").click)
    page.context.close()
    return samples


def view_switch(page: Page, view: str) -> Locator:
    return page.get_by_role("radio", name=view.capitalize(), exact=True)


def visits(every: int) -> list[tuple[Place, list[Place]]]:
    """Return the areas to open, each with the points to choose in it.

    A point that is only on the right, in an area that opens on one side, needs that side.
    """
    everything = places()[::every]
    wanted = {place.id for place in everything}
    found = []
    for area in places():
        if area.area:
            continue
        inside = [place for place in everything if place.area == area.id]
        other = [p for p in inside if not area.is_whole and p.side not in (area.side, "midline")]
        same = [place for place in inside if place not in other]
        if area.id in wanted or same:
            found.append((area, same))
        if other:
            found.append((replace(area, side=other[0].side), other))
    return found


def prepare(page: Page, wording: str) -> None:
    """Show the tender points too; open an area once to switch the wording."""
    any_area = next(place for place in places() if place.id == "interscapular")
    target(page, any_area).click()
    page.get_by_role("heading", level=1, name=any_area.name).wait_for()
    if wording == "clinical":
        page.get_by_text("Clinical wording").click()
        page.locator(".facts small").first.wait_for()
    out_to(page, "Whole back").click()
    page.get_by_role("heading", level=1, name="Where does it hurt?").wait_for()
    page.get_by_role("button", name="Layers").click()
    page.get_by_role("checkbox", name="Tender points").check()
    page.get_by_role("button", name="Done").click()


def mark(page: Page, wire: Wire, place: Place, state: str, nrs: int) -> list[Sample]:
    """Mark the chosen place; where nothing else is marked, clear it again."""
    opened = False
    whole = page.get_by_role("group", name="Mark the whole area")
    if not place.area and whole.is_visible():
        side = re.compile(rf"^Mark the whole area|, {SIDES[place.side]}(,|$)")
        whole.get_by_role("button", name=side).click()
        opened = True
        page.get_by_role("radiogroup", name="When touched").wait_for()
        wire.settle()
    marked = wire.measure("mark", place.id, level(page, nrs).click)
    if state == "nothing marked":
        wire.measure("clear", place.id, page.get_by_role("button", name="Clear", exact=True).click)
    if opened:
        out_to(page, place.name).click()
        whole.wait_for()
        wire.settle()
    return [marked]


def after_a_burst(browser, line: Line) -> Sample:
    """Mark faster than the server answers, wait until all is saved, then choose a point."""
    area, point = (
        next(place for place in places() if place.id == id_)
        for id_ in ("interscapular", "rhomboid-major-upper")
    )
    page = open_map(browser, None, timezone_id="UTC", reduced_motion="reduce")
    wire = Wire(page, line)
    go(page, f"{line.url}/?point={point.id}&side=left")
    level(page, 1).wait_for()
    levels = [level(page, number).element_handle() for number in (2, 3)]
    wire.settle()
    page.evaluate(
        """async ([levels, times]) => {
          for (let i = 0; i < times; i++) {
            levels[i % 2].click();
            await new Promise((done) => setTimeout(done));
          }
        }""",
        [levels, BURST],
    )
    wait_until_saved(page)
    wire.settle()
    wire.measure("back", point.id, out_to(page, area.name).click)
    sample = wire.measure("choose", f"{point.id} ({area.name})", target(page, point).click)
    page.context.close()
    return sample


def report(title: str, samples: list[Sample], top: int) -> None:
    print(f"\n{title}")
    for what in sorted({sample.what for sample in samples}):
        ranked = sorted(
            (sample for sample in samples if sample.what == what), key=lambda s: -s.size
        )
        sizes = [sample.size for sample in ranked]
        over = sum(size > BOUND for size in sizes)
        print(
            f"  {what}: {len(sizes)}, median {sizes[len(sizes) // 2]}, greatest {sizes[0]}, "
            f"{over} over {BOUND}"
        )
        for sample in ranked[:top]:
            parts = ", ".join(f"{kind} {size}" for kind, size in sample.parts().most_common(9))
            print(f"    {sample.size:6} {sample.name}: {parts}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
