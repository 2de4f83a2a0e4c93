"""How dates, counts and levels are said in sentences."""

from collections.abc import Sequence
from datetime import date


def day_said(day: date) -> str:
    """Return a date as "22 November 2026"."""
    return f"{day.day} {day:%B} {day.year}"


def days_said(count: int) -> str:
    """Return a number of days: "1 day", "7 days"."""
    return "1 day" if count == 1 else f"{count} days"


def span_said(first: date, last: date) -> str:
    """Return the days from one date to another: "2 to 12 November 2026"; one day as itself."""
    if first == last:
        return day_said(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_said(last)}"
    return f"{day_said(first)} to {day_said(last)}"


def level_said(level: float) -> str:
    """Return a level or a median of levels: "6", "6.5"."""
    return f"{level:g}"


def spread_said(lowest: int, highest: int) -> str:
    """Return a range of levels: "between 3 and 7"; "each time 3" where both are the same."""
    return f"each time {lowest}" if lowest == highest else f"between {lowest} and {highest}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
