"""Turn measured lines into compact SVG path data: cubic fits, relative coordinates, tapered ink.

The fit is Schneider's ("An algorithm for automatically fitting digitized curves", Graphics Gems,
1990): least squares for the two handles, Newton steps on the parameters, split where it is worst.
"""

import numpy as np

CORNER_DEG = 55.0
LONGEST_PIECE = 80
DIGITS = 1


def fit_line(points: np.ndarray, tolerance: float) -> list[np.ndarray]:
    """Cubics (each (4, 2)) through an open line, split at corners."""
    points = _without_doubles(points)
    pieces = np.split(np.arange(len(points)), _corners(points))
    cubics = []
    for first, piece in enumerate(pieces):
        # A corner belongs to both of its pieces.
        index = piece if first == 0 else np.r_[piece[0] - 1, piece]
        cubics += _fit_smooth(points[index], tolerance)
    return cubics


def fit_ring(points: np.ndarray, tolerance: float) -> list[np.ndarray]:
    """Cubics (each (4, 2)) around a closed ring (first point not repeated)."""
    points = _without_doubles(points)
    ahead, behind = np.roll(points, -1, axis=0), np.roll(points, 1, axis=0)
    # Begin at the sharpest place, where a seam does not show.
    start = int(np.argmax(np.hypot(*(ahead - 2 * points + behind).T)))
    turned = np.roll(points, -start, axis=0)
    return fit_line(np.vstack([turned, turned[:1]]), tolerance)


def path_data(cubics: list[np.ndarray], *, closed: bool) -> str:
    """SVG path data: absolute start, relative cubics and lines; rounding does not add up."""
    pen = np.round(cubics[0][0], DIGITS)
    parts = ["M" + _numbers(pen)]
    command = ""
    for cubic in cubics:
        ends = np.round(cubic[1:], DIGITS) - pen
        straight = np.allclose(cubic[1:3], cubic[0] + np.outer([1, 2], cubic[3] - cubic[0]) / 3)
        numbers = _numbers(ends[2] if straight else ends.ravel())
        wanted = "l" if straight else "c"
        if wanted != command:
            parts.append(wanted + numbers)
        else:
            parts.append(numbers if numbers.startswith("-") else " " + numbers)
        command = wanted
        pen = np.round(pen + ends[2], DIGITS)
    return "".join(parts) + ("Z" if closed else "")


def ink(points: np.ndarray, width: float, *, taper: tuple[float, float] = (0.35, 0.35)) -> str:
    """Path data of a stroke along a line that swells to ``width`` and runs out at its ends.

    ``taper`` is the share of the length over which it swells and runs out; 0 leaves an end blunt.
    """
    tangent = np.gradient(points, axis=0)
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-9)[:, None]
    normal = np.c_[-tangent[:, 1], tangent[:, 0]]
    along = np.linspace(0, 1, len(points))
    swell = np.ones(len(points))
    for share, distance in zip(taper, (along, 1 - along), strict=True):
        if share > 0:
            swell *= np.sin(np.clip(distance / share, 0, 1) * np.pi / 2) ** 0.9
    offset = normal * (width / 2 * swell)[:, None]
    there = _fit_smooth(_without_doubles(points + offset), 0.12)
    back = _fit_smooth(_without_doubles((points - offset)[::-1]), 0.12)
    blunt = np.hypot(*(there[-1][3] - back[0][0])) > 0.05
    turn_back = [_segment(there[-1][3], back[0][0])] if blunt else []
    return path_data([*there, *turn_back, *back], closed=True)


def curve_through(points: list, step: float = 1.5) -> np.ndarray:
    """A smooth line (Catmull-Rom, centripetal) through a few points, about ``step`` apart."""
    knots = np.asarray(points, dtype=float)
    if len(knots) > 2:
        knots = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    else:
        knots = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[1] - knots[0]])
    out = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        t0, t1, t2, t3 = np.cumsum([0.0, *np.sqrt(np.hypot(*np.diff([a, b, c, d], axis=0).T))])
        count = max(int(np.hypot(*(c - b)) / step), 2)
        t = np.linspace(t1, t2, count, endpoint=False)[:, None]
        ab = (t1 - t) / (t1 - t0) * a + (t - t0) / (t1 - t0) * b
        bc = (t2 - t) / (t2 - t1) * b + (t - t1) / (t2 - t1) * c
        cd = (t3 - t) / (t3 - t2) * c + (t - t2) / (t3 - t2) * d
        abc = (t2 - t) / (t2 - t0) * ab + (t - t0) / (t2 - t0) * bc
        bcd = (t3 - t) / (t3 - t1) * bc + (t - t1) / (t3 - t1) * cd
        out.append((t2 - t) / (t2 - t1) * abc + (t - t1) / (t2 - t1) * bcd)
    return np.vstack([*out, knots[-2:-1]])


def _without_doubles(points: np.ndarray) -> np.ndarray:
    apart = np.r_[True, np.hypot(*np.diff(points, axis=0).T) > 1e-6]
    return points[apart]


def _corners(points: np.ndarray) -> np.ndarray:
    """Indices (not the ends) after which a new smooth piece starts."""
    step = np.diff(points, axis=0)
    heading = np.degrees(np.unwrap(np.arctan2(step[:, 1], step[:, 0])))
    return np.flatnonzero(np.abs(np.diff(heading)) > CORNER_DEG) + 2


def _segment(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    return np.linspace(start, end, 4)


def _fit_smooth(points: np.ndarray, tolerance: float) -> list[np.ndarray]:
    if len(points) < 2:
        return []
    reach = min(2, len(points) - 1)
    start = _unit(points[reach] - points[0])
    end = _unit(points[-1 - reach] - points[-1])
    return _fit(points, start, end, tolerance)


def _fit(
    points: np.ndarray, start: np.ndarray, end: np.ndarray, tolerance: float
) -> list[np.ndarray]:
    if len(points) == 2:
        return [_segment(points[0], points[1])]
    if len(points) > LONGEST_PIECE:
        # One cubic never follows so long a line; don't try.
        return _split(points, len(points) // 2, start, end, tolerance)
    length = np.r_[0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    chord = u = length / length[-1]
    for _ in range(4):
        cubic = _least_squares(points, u, start, end)
        error = np.sum((_at(cubic, u) - points) ** 2, axis=1)
        if error.max() < tolerance**2:
            return [cubic]
        if error.max() > 30 * tolerance**2:
            break
        u = _newton(cubic, points, u)
        if np.any(np.diff(u) <= 0):
            u = chord
            break
    split = int(np.clip(np.argmax(error), 1, len(points) - 2))
    return _split(points, split, start, end, tolerance)


def _split(
    points: np.ndarray, split: int, start: np.ndarray, end: np.ndarray, tolerance: float
) -> list[np.ndarray]:
    before, after = max(split - 2, 0), min(split + 2, len(points) - 1)
    tangent = _unit(points[before] - points[after])
    return _fit(points[: split + 1], start, tangent, tolerance) + _fit(
        points[split:], -tangent, end, tolerance
    )


def _least_squares(
    points: np.ndarray, u: np.ndarray, start: np.ndarray, end: np.ndarray
) -> np.ndarray:
    b0, b1, b2, b3 = (1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u**2 * (1 - u), u**3
    first, second = start * b1[:, None], end * b2[:, None]
    cross = np.sum(first * second)
    matrix = np.array([[np.sum(first**2), cross], [cross, np.sum(second**2)]])
    rest = points - points[0] * (b0 + b1)[:, None] - points[-1] * (b2 + b3)[:, None]
    chord = np.hypot(*(points[-1] - points[0]))
    handles = np.full(2, chord / 3)
    if abs(np.linalg.det(matrix)) > 1e-12:
        solved = np.linalg.solve(matrix, [np.sum(first * rest), np.sum(second * rest)])
        if solved.min() > 1e-3 * chord and solved.max() < 3 * chord:
            handles = solved
    return np.array(
        [points[0], points[0] + start * handles[0], points[-1] + end * handles[1], points[-1]]
    )


def _at(cubic: np.ndarray, u: np.ndarray) -> np.ndarray:
    u = u[:, None]
    return (
        (1 - u) ** 3 * cubic[0]
        + 3 * (1 - u) ** 2 * u * cubic[1]
        + 3 * (1 - u) * u**2 * cubic[2]
        + u**3 * cubic[3]
    )


def _newton(cubic: np.ndarray, points: np.ndarray, u: np.ndarray) -> np.ndarray:
    v = u[:, None]
    p0, p1, p2, p3 = cubic
    slope = 3 * ((1 - v) ** 2 * (p1 - p0) + 2 * (1 - v) * v * (p2 - p1) + v**2 * (p3 - p2))
    bend = 6 * ((1 - v) * (p2 - 2 * p1 + p0) + v * (p3 - 2 * p2 + p1))
    miss = _at(cubic, u) - points
    bottom = np.sum(slope**2, axis=1) + np.sum(miss * bend, axis=1)
    safe = np.where(np.abs(bottom) > 1e-9, bottom, np.inf)
    return np.clip(u - np.sum(miss * slope, axis=1) / safe, 0, 1)


def _unit(vector: np.ndarray) -> np.ndarray:
    length = np.hypot(*vector)
    return vector / length if length > 0 else vector


def _numbers(values: np.ndarray) -> str:
    """Numbers as short as SVG allows: no trailing zeros, no zero before the point."""
    out = ""
    for value in values:
        text = f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")
        if text == "-0":
            text = "0"
        elif text.startswith("0."):
            text = text[1:]
        elif text.startswith("-0."):
            text = "-" + text[2:]
        out += text if not out or text.startswith("-") else " " + text
    return out
