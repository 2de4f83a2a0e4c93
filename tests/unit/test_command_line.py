"""The command line, run as a user runs it."""

import csv
import io
import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from bodymap.__main__ import main
from bodymap.atlas import BODIES, load


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_without_arguments_it_says_how_to_use_it():
    done = subprocess.run([sys.executable, "-m", "bodymap"], capture_output=True, text=True)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("usage: python -m bodymap")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_what_it_lists_is_utf_8_whatever_the_machine_writes(encoding):
    command = [sys.executable, "-m", "bodymap", "check", "--unverified"]
    environment = os.environ | {"PYTHONIOENCODING": encoding}

    done = subprocess.run(command, capture_output=True, env=environment)

    assert done.stderr == b""
    assert "–" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("body", BODIES)
def test_points_are_listed_for_every_body(capsys, body):
    assert main(["points", "--body", body, "--format", "csv"]) == 0
    rows = table(capsys.readouterr().out)

    assert list(rows[0]) == ["id", "kind", "name", "side", "view", "x_mm", "y_mm", "area"]
    assert len(rows) == 147
    by_place = {(row["id"], row["side"]): row for row in rows}
    left = by_place["rhomboid-major-upper", "left"]
    right = by_place["rhomboid-major-upper", "right"]
    assert left["area"] == "interscapular"
    assert left["kind"] == "trigger"
    assert float(left["x_mm"]) == -float(right["x_mm"]) > 0
    at = load().figure(body, "back").place("rhomboid-major-upper", "left")
    assert (float(left["x_mm"]), float(left["y_mm"])) == (round(at[0], 1), round(at[1], 1))


def test_json_holds_the_same_rows(capsys):
    main(["points", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    main(["points", "--format", "csv"])

    assert [{k: str(v) for k, v in row.items()} for row in rows] == table(capsys.readouterr().out)


def test_landmarks_are_listed_with_their_sides(capsys):
    assert main(["landmarks", "--body", "larger"]) == 0
    rows = table(capsys.readouterr().out)

    sides = {row["name"]: [] for row in rows}
    for row in rows:
        sides[row["name"]].append(row["side"])
    assert sides["C7"] == ["midline"]
    assert sides["PSIS"] == ["left", "right"]


def test_areas_are_listed_with_their_size(capsys):
    assert main(["areas", "--body", "male"]) == 0
    rows = table(capsys.readouterr().out)

    assert len(rows) == 69
    assert all(float(row["area_cm2"]) > 5 for row in rows)
    assert {"calf", "jaw"} <= {row["id"] for row in rows}


@pytest.fixture
def marks(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("target_id,side,level\nrhomboid-minor,left,7\n", encoding="utf-8")
    return path


def test_render_writes_a_marked_figure(tmp_path, marks):
    out = tmp_path / "map.svg"
    figure = ["--body", "female", "--view", "back", "--layers", "muscles,areas"]

    assert main(["render", *figure, "--marks", str(marks), "-o", str(out)]) == 0
    root = ElementTree.parse(out).getroot()
    assert root.get("aria-label") == "Female body, back, 1 mark"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_render_replaces_an_older_file(tmp_path):
    out = tmp_path / "map.svg"
    out.write_text("old", encoding="utf-8")

    assert main(["render", "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("nose,left,7", "marks.csv, line 2, target_id: there is no 'nose'."),
        ("calf,left,11", "marks.csv, line 2, level: '11' is not a whole number from 0 to 10."),
    ],
)
def test_a_malformed_marks_file_writes_nothing(tmp_path, capsys, line, complaint):
    marks = tmp_path / "marks.csv"
    marks.write_text(f"target_id,side,level\n{line}\n", encoding="utf-8")
    out = tmp_path / "map.svg"
    out.write_text("old", encoding="utf-8")

    assert main(["render", "--marks", str(marks), "-o", str(out)]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith(f"{complaint}\n")
    assert printed.err.count("\n") == 1
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.svg", "marks.csv"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04" + b"\0" * 30 + b"[Content_Types].xml xl/workbook.xml", "an Excel file"),
        ("target_id,side,level\n".encode("utf-16"), "text in UTF-16"),
        (b"%PDF-1.7\n", "a PDF"),
    ],
)
def test_a_file_of_another_kind_in_place_of_marks_is_named(tmp_path, capsys, data, kind):
    marks = tmp_path / "marks.csv"
    marks.write_bytes(data)

    assert main(["render", "--marks", str(marks), "-o", str(tmp_path / "map.svg")]) == 2

    printed = capsys.readouterr().err
    assert printed.endswith(f"marks.csv is {kind}; marks are read from a CSV file.\n")
    assert printed.count("\n") == 1


def test_a_marks_file_that_is_not_there_is_named(tmp_path, capsys):
    out = tmp_path / "map.svg"

    assert main(["render", "--marks", str(tmp_path / "none.csv"), "-o", str(out)]) == 2
    assert "none.csv can't be read (No such file or directory)." in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["render", "-o", str(tmp_path / "none" / "map.svg")]) == 2
    assert "map.svg can't be written (No such file or directory)." in capsys.readouterr().err


def test_a_folder_in_place_of_the_file_is_refused_and_nothing_is_left(tmp_path, capsys):
    (tmp_path / "map.svg").mkdir()

    assert main(["render", "-o", str(tmp_path / "map.svg")]) == 2
    assert "map.svg can't be written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["draw"], "invalid choice: 'draw'"),
        (["points", "--body", "giant"], "argument --body: invalid choice: 'giant'"),
        (["points", "--format", "xml"], "argument --format: invalid choice: 'xml'"),
        (["points", "extra"], "unrecognized arguments: extra"),
        (["points", "--bod", "male"], "unrecognized arguments: --bod male"),
        (["render"], "the following arguments are required: -o/--output"),
        (["render", "-o", "x.svg", "--layers", "skin"], "there is no layer 'skin'"),
        (["render", "-o", "x.svg", "--layers", "muscles,"], "there is no layer ''"),
        (["render", "-o", "x.svg", "--view", "side"], "argument --view: invalid choice: 'side'"),
    ],
)
def test_wrong_arguments_get_one_sentence_and_write_nothing(
    tmp_path, monkeypatch, capsys, arguments, complaint
):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert printed.out == ""
    assert complaint in printed.err
    assert printed.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_check_lists_what_rests_on_general_teaching_and_counts_it(capsys):
    status = main(["check", "--unverified"])
    *lines, count = capsys.readouterr().out.splitlines()

    assert status == 0
    assert count.startswith(f"{len(lines)} statements rest on general teaching, ")
    assert any(line.startswith("learn/causes.md, clinical, What is known: ") for line in lines)
    assert all("G" in line.rpartition("[")[2] for line in lines)


def test_check_finds_nothing_wrong_and_counts(capsys):
    status = main(["check"])
    printed = capsys.readouterr().out

    assert "WRONG" not in printed, printed
    assert status == 0
    for count in (
        "69 areas, each side counted",
        "147 placed points a body",
        "34 texts of kind muscle",
    ):
        assert count in printed
    assert printed.endswith("checks, 0 things wrong.\n")
