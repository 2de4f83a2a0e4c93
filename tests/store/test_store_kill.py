"""A writer killed at any moment loses nothing that it acknowledged, and leaves no half."""

import json
import subprocess
import sys
from pathlib import Path

KILL_WRITER = Path(__file__).parents[2] / "benchmarks" / "kill_writer.py"


def test_twelve_killed_writers_lose_no_acknowledged_mark_or_stroke_and_leave_nothing_half():
    """The full measure is 60 kills: ``python benchmarks/kill_writer.py``."""
    command = [sys.executable, str(KILL_WRITER), "--kills", "12", "--most", "20", "--json"]

    run = subprocess.run(command, capture_output=True, text=True)

    result = json.loads(run.stdout)
    assert result.pop("kills") == 12
    assert result.pop("acknowledged") >= 50
    assert result.pop("in_record") >= 50
    assert result.pop("seconds") > 0
    assert result == {
        "lost": 0,
        "twice": 0,
        "half_check_ins": 0,
        "half_corrections": 0,
        "unsound": 0,
    }
    assert run.returncode == 0
