"""One inked stroke: a line on the person's left, and how it becomes SVG on both sides."""

from dataclasses import dataclass

import numpy as np

from tools.figure import vector

# Of a stroke at full strength. Set on each stroke, because Chromium draws whatever follows a group
# with an opacity of its own slightly out of focus.
INK_OPACITY = 0.62


@dataclass(frozen=True, slots=True)
class Stroke:
    """A tapered line in mm (x >= 0, y up from the sole) with its width and opacity."""

    line_mm: np.ndarray
    width_mm: float
    strength: float
    taper: tuple[float, float] = (0.4, 0.4)

    @property
    def on_midline(self) -> bool:
        """Whether the whole line is the midline, so that it has no mirror image."""
        return bool(np.all(self.line_mm[:, 0] == 0))

    def svg(self, stature_mm: float) -> str:
        """A ``<path>`` in drawing units for the half-figure."""
        drawn = np.c_[self.line_mm[:, 0], stature_mm - self.line_mm[:, 1]]
        data = vector.ink(drawn, self.width_mm, taper=self.taper)
        return f'<path d="{data}" fill-opacity="{INK_OPACITY * self.strength:.2g}"/>'
