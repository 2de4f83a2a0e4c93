"""The command line: the same packages as the app, without a browser.

    python -m bodymap points --body female --format csv
    python -m bodymap landmarks --body female
    python -m bodymap areas --body female
    python -m bodymap render --body female --view back --layers muscles --marks m.csv -o map.svg
    python -m bodymap publish
    python -m bodymap check
    python -m bodymap check --unverified

Wrong arguments or a malformed file: one sentence on standard error, exit status 2, nothing written.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from bodymap.atlas import (
    BODIES,
    VIEWS,
    DataError,
    checks,
    load,
    outlines,
    publish,
)
from bodymap.drawing import LAYERS, MarksFileError, figure_svg, parse_marks
from bodymap.exchange.foreign_files import kind_of

PROGRAM = "python -m bodymap"

POINT_COLUMNS = ("id", "kind", "name", "side", "view", "x_mm", "y_mm", "area")
LANDMARK_COLUMNS = ("name", "side", "x_mm", "y_mm")
AREA_COLUMNS = ("id", "name", "side", "view", "group", "pain_index_area", "area_cm2")


class _Refused(Exception):
    """What was asked can't be done; the message is one sentence for the user."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, without the usage."""
        print(f"{self.prog}: {message}.", file=sys.stderr)
        sys.exit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        print(parser.format_usage().rstrip(), file=sys.stderr)
        return 2
    options = parser.parse_args(given)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # As every file here; what the machine would choose may not know a dash.
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        status = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever read the list has stopped reading ("| head"): no fault of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (_Refused, DataError, MarksFileError) as refusal:
        sentence = str(refusal).rstrip(".")
        print(f"{PROGRAM} {options.command}: {sentence}.", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM, description="The body map without a browser.", allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=_Parser)
    for name, run, says in (
        ("points", _points, "list where every point lies on a body"),
        ("landmarks", _landmarks, "list the landmarks of a body"),
        ("areas", _areas, "list the areas of a body and their size"),
    ):
        command = commands.add_parser(name, help=says, description=says, allow_abbrev=False)
        command.add_argument("--body", choices=BODIES, default=BODIES[0])
        command.add_argument("--format", choices=("csv", "json"), default="csv")
        command.set_defaults(run=run)

    says = "draw a body with layers and marks as one SVG file"
    command = commands.add_parser("render", help=says, description=says, allow_abbrev=False)
    command.add_argument("--body", choices=BODIES, default=BODIES[0])
    command.add_argument("--view", choices=VIEWS, default=VIEWS[0])
    command.add_argument("--layers", type=_layers, default=(), metavar=",".join(LAYERS[1:]))
    command.add_argument("--marks", type=Path, help="CSV with , or ; between: target_id,side,level")
    command.add_argument("--theme", choices=("light", "dark"), default="light")
    command.add_argument("-o", "--output", type=Path, required=True, help="the SVG file to write")
    command.set_defaults(run=_render)

    says = "write static/map, what the browser fetches about the map, from data/"
    command = commands.add_parser("publish", help=says, description=says, allow_abbrev=False)
    command.set_defaults(run=_publish)
    says = "check data/ and everything built from it, and list all that is wrong"
    command = commands.add_parser("check", help=says, description=says, allow_abbrev=False)
    command.add_argument(
        "--unverified",
        action="store_true",
        help="list instead every statement that rests on general teaching, for review",
    )
    command.set_defaults(run=_check)
    return parser


def _layers(value: str) -> tuple[str, ...]:
    names = tuple(value.split(",")) if value else ()
    for name in names:
        if name not in LAYERS:
            raise argparse.ArgumentTypeError(
                f"there is no layer {name!r} among {', '.join(LAYERS)}"
            )
    return names


def _points(options: argparse.Namespace) -> int:
    atlas = load()
    rows = [
        (point.id, point.kind, point.name, side, point.view, *_mm(at), point.area)
        for point in atlas.points.values()
        for side in point.sides
        for at in [atlas.figure(options.body, point.view).place(point.id, side)]
    ]
    return _print_table(POINT_COLUMNS, rows, options.format)


def _landmarks(options: argparse.Namespace) -> int:
    landmarks = load().figure(options.body, "back").landmarks_mm
    rows = []
    for name, (x, y) in landmarks.items():
        sides = ((1, "left"), (-1, "right")) if x else ((0, "midline"),)
        rows += [(name, side, *_mm((x * sign, y))) for sign, side in sides]
    return _print_table(LANDMARK_COLUMNS, rows, options.format)


def _areas(options: argparse.Namespace) -> int:
    atlas = load()
    rows = []
    for area in atlas.areas.values():
        shapes = atlas.figure(options.body, area.view).area_outlines_mm
        for side in area.sides:
            size_cm2 = round(outlines.area(shapes.get((area.id, side), ())) / 100, 1)
            index_area = area.wpi.get(side, "")
            rows.append((area.id, area.name, side, area.view, area.group, index_area, size_cm2))
    return _print_table(AREA_COLUMNS, rows, options.format)


def _render(options: argparse.Namespace) -> int:
    atlas = load()
    marks = ()
    if options.marks is not None:
        try:
            data = options.marks.read_bytes()
        except OSError as error:
            raise _Refused(f"{options.marks} can't be read ({error.strerror})") from None
        kind = kind_of(data)
        if kind not in (None, "a CSV file", "a text file"):
            raise _Refused(f"{options.marks} is {kind}; marks are read from a CSV file")
        try:
            marks = parse_marks(data, atlas.slots)
        except MarksFileError as error:
            raise _Refused(f"{options.marks}, {error}") from None
    figure = atlas.figure(options.body, options.view)
    _write_whole(options.output, figure_svg(figure, options.layers, marks, options.theme))
    return 0


def _publish(_options: argparse.Namespace) -> int:
    changed = publish.publish(load())
    print(f"static/map: {len(changed)} files changed. {' '.join(changed)}".rstrip())
    return 0


def _check(options: argparse.Namespace) -> int:
    if options.unverified:
        return _unverified()
    report = checks.run()
    for intent, problems in report.problems:
        print(f"{'WRONG' if problems else 'ok   '} {intent}")
        for problem in problems:
            print(f"        {problem}")
    for remark in report.remarks:
        print(f"note  {remark}")
    wrong = sum(len(problems) for _, problems in report.problems)
    print(", ".join(f"{number} {what}" for what, number in report.counts))
    print(f"{len(report.problems)} checks, {wrong} thing{'' if wrong == 1 else 's'} wrong.")
    return 0 if report.is_clean else 1


def _unverified() -> int:
    found = checks.unverified_in()
    for one in found:
        print(f"{one.place}: {one.statement.text} [{','.join(one.statement.sources)}]")
    partly = sum(one.is_partly_sourced for one in found)
    print(
        f"{len(found)} statements rest on general teaching, "
        f"{partly} of them in part; a clinician should read them."
    )
    return 0


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> int:
    if form == "json":
        table = [dict(zip(columns, row, strict=True)) for row in rows]
        print(json.dumps(table, ensure_ascii=False, indent=1))
        return 0
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([columns, *rows])
    print(text.getvalue(), end="")
    return 0


def _mm(at: Sequence[float]) -> tuple[float, float]:
    return round(float(at[0]), 1) + 0.0, round(float(at[1]), 1) + 0.0


def _write_whole(path: Path, text: str) -> None:
    """Write beside the target and rename, so that the file is whole or not there."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _Refused(f"{path} can't be written ({error.strerror})") from None
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o666 & ~umask)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _Refused(f"{path} can't be written ({error.strerror})") from None


if __name__ == "__main__":
    sys.exit(main())
