"""A writer killed at any moment loses nothing that it acknowledged, and leaves no half."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def measured(script, *options):
    command = [sys.executable, str(BENCHMARKS / script), *options, "--json"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stderr == ""
    assert run.returncode == 0, run.stdout
    return json.loads(run.stdout)


def wrong_of(result):
    told = ("kills", "acknowledged", "in_record", "seconds", "cuts")
    return sum(number for name, number in result.items() if name not in told)


def test_twelve_killed_writers_lose_no_acknowledged_mark_or_stroke_and_leave_nothing_half():
    """The full measure is 60 kills: ``python benchmarks/kill_writer.py``."""
    result = measured("kill_writer.py", "--kills", "12", "--most", "20")

    whole = result.pop("whole")
    assert whole["kills"] == 12
    assert whole["acknowledged"] >= 50
    assert whole["in_record"] >= 50
    assert wrong_of(whole) == 0
    # The same measure sees what weakened writers lose.
    assert set(result) == {"early", "no transaction", "no journal"}
    assert all(wrong_of(control) for control in result.values())


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or not (shutil.which("gcc") or shutil.which("cc")),
    reason="cutting the power needs Linux and a C compiler",
)
@pytest.mark.parametrize("journal", ["TRUNCATE", "WAL"])
def test_power_cuts_lose_no_acknowledged_statement_and_bring_back_nothing_deleted(journal):
    """The full measure is every cut: ``python benchmarks/power_cut.py``."""
    options = ["--cuts", "150", "--journal", journal]
    if journal == "WAL":
        options.append("--no-controls")  # once is enough

    result = measured("power_cut.py", *options)

    whole = result.pop(journal)
    assert whole["cuts"] >= 100
    assert whole["acknowledged"] > 20
    assert wrong_of(whole) == 0
    if result:
        assert set(result) == {"early", "no transaction", "no journal", "no sync"}
        assert all(wrong_of(control) for control in result.values())
