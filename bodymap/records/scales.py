"""The scales a mark is given on, and what counts as an answer."""

from bodymap.records.errors import InvalidValue, shown

LOWEST = 0
HIGHEST = 10

WORDS = {0: "No pain", 5: "Medium", 10: "Worst I can imagine"}
"""The words at the ends and the middle of the 0-10 numeric rating scale (NRS)."""

SCALES = {"touched": "when touched", "by_itself": "by itself"}
"""The two questions asked at each place, in the order asked. They differ in fibromyalgia."""


def checked_level(value: object, field: str) -> int | None:
    """Return ``value`` if it is a whole number from 0 to 10, or None for "not answered".

    ``True``, ``5.0`` and ``"5"`` are refused: each is a sign that something upstream has lost
    track of what it holds. 0 is an answer ("no pain here"), None is none.

    Raises:
        InvalidValue: the value is anything else.
    """
    if value is None:
        return None
    if type(value) is not int or not LOWEST <= value <= HIGHEST:
        raise InvalidValue(
            field, f"must be a whole number from {LOWEST} to {HIGHEST} or empty, not {shown(value)}"
        )
    return value
