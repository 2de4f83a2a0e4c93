"""Schematic bones (placeholder until drawn)."""

from tools.figure.canvas import Canvas


def layer(canvas: Canvas) -> str:
    """Return nothing yet."""
    return ""
