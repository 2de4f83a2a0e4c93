"""The four drawn bodies: how each is shaped from the base mesh and how it stands."""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import trimesh

from tools.figure import mesh
from tools.figure.pose import stand

BREAST = "breast/female-young-averagemuscle-averageweight"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to shape and stand one body; shares run from 0 to 1 with the average at 0.5."""

    name: str
    male: float
    muscle: float
    weight: float
    arm_deg: float
    forearm_deg: float
    legs_in_deg: float
    details: MappingProxyType


@dataclass(frozen=True, slots=True)
class Body:
    """A shaped, standing body in millimetres: x the person's left, y up from the sole, z forward.

    ``vertices`` (n, 3) holds helpers too; ``skin`` (m, 3) and ``eyes`` (k, 3) are triangles.
    """

    id: str
    name: str
    vertices: np.ndarray
    skin: np.ndarray
    eyes: np.ndarray

    @property
    def stature_mm(self) -> float:
        """Height of the vertex above the sole."""
        return float(self.vertices[np.unique(self.skin), 1].max())

    def joint(self, name: str) -> np.ndarray:
        """Joint ``l-elbow``, ``neck`` … projected: (x, y) in mm."""
        return mesh.joint(self.vertices, name)[:2]


# The mesh at its averages is lean (a body-mass index of 18 to 20), so each body gets some weight.
RECIPES = {
    "neutral": Recipe(
        name="Neutral body",
        male=0.5,
        muscle=0.75,
        weight=0.55,
        arm_deg=15,
        forearm_deg=18,
        legs_in_deg=4.5,
        details=MappingProxyType(
            {
                # Half-way between the sexes the mesh still has breasts; this takes them back.
                f"{BREAST}-mincup-averagefirmness": 0.8,
                "torso/measure-waist-circ-incr": 0.35,
                "torso/measure-hips-circ-incr": 0.1,
            }
        ),
    ),
    "female": Recipe(
        name="Female body",
        male=0.0,
        muscle=0.62,
        weight=0.6,
        arm_deg=15,
        forearm_deg=18,
        legs_in_deg=4.5,
        details=MappingProxyType({"torso/measure-waist-circ-incr": 0.25}),
    ),
    "male": Recipe(
        name="Male body",
        male=1.0,
        muscle=0.72,
        weight=0.55,
        arm_deg=15,
        forearm_deg=18,
        legs_in_deg=4.5,
        details=MappingProxyType({"torso/measure-waist-circ-incr": 0.3}),
    ),
    "larger": Recipe(
        name="Larger body",
        male=0.5,
        muscle=0.5,
        weight=1.0,
        arm_deg=34,
        forearm_deg=25,
        legs_in_deg=2.5,
        # The greatest weight still leaves a waist of 79 cm, so the girths are added one by one.
        # The arms stand off far enough not to touch the trunk.
        details=MappingProxyType(
            {
                f"{BREAST}-mincup-averagefirmness": 0.2,
                "torso/measure-waist-circ-incr": 2.2,
                "torso/measure-hips-circ-incr": 1.1,
                "torso/measure-bust-circ-incr": 0.4,
                "torso/measure-underbust-circ-incr": 1.3,
                "legs/measure-thigh-circ-incr": 0.9,
                "legs/measure-calf-circ-incr": 0.6,
                "arms/measure-upperarm-circ-incr": 0.5,
                "neck/measure-neck-circ-incr": 0.8,
                "neck/neck-double-incr": 0.4,
                "stomach/stomach-tone-decr": 1.0,
                "head/head-fat-incr": 0.5,
            }
        ),
    ),
}


def stand_body(body_id: str) -> Body:
    """Shape and pose one of ``RECIPES``."""
    recipe = RECIPES[body_id]
    rest = mesh.shape(
        male=recipe.male,
        muscle=recipe.muscle,
        weight=recipe.weight,
        proportions=0.75,
        details=dict(recipe.details),
    )
    vertices = stand(
        rest,
        arm_deg=recipe.arm_deg,
        forearm_deg=recipe.forearm_deg,
        legs_in_deg=recipe.legs_in_deg,
    )
    vertices = vertices * mesh.MM_PER_DM
    skin = mesh.triangles("body")
    vertices[:, 1] -= vertices[np.unique(skin), 1].min()
    return Body(
        id=body_id,
        name=recipe.name,
        vertices=vertices,
        skin=skin,
        eyes=mesh.triangles("helper-l-eye", "helper-r-eye"),
    )


def refined(body: Body, triangles: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One step of Loop subdivision of some triangles: vertices (n, 3), triangles, unit normals."""
    used = np.unique(triangles)
    renumbered = np.full(len(body.vertices), -1)
    renumbered[used] = np.arange(len(used))
    vertices, faces = trimesh.remesh.subdivide_loop(
        body.vertices[used], renumbered[triangles], iterations=1
    )
    surface = trimesh.Trimesh(vertices, faces, process=False)
    return vertices, faces, np.asarray(surface.vertex_normals)
