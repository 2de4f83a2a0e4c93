"""What every benchmark prints: the machine, its figures, and whether the bound holds."""

import math
import os
import platform
from collections.abc import Sequence


def machine(browser=None) -> str:
    """Return the facts that a figure is worth nothing without."""
    facts = [f"Python {platform.python_version()}"]
    if browser is not None:
        facts.append(f"Chromium {browser.version}")
    facts.append(f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}")
    facts.append(f"load {os.getloadavg()[0]:.1f}")
    return ", ".join(facts)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that `percent` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def spread(values: Sequence[float]) -> str:
    """Return n, p50, p95 and the greatest of some milliseconds."""
    p50, p95 = percentile(values, 50), percentile(values, 95)
    return f"n {len(values)}, p50 {p50:.1f}, p95 {p95:.1f}, most {max(values):.1f} ms"


def verdict(holds: bool, bound: str) -> int:
    """Print whether the bound holds and return the exit code that says so."""
    print(f"{'holds' if holds else 'BROKEN'}: {bound}")
    return 0 if holds else 1
