"""Bring a shaped body from its rest pose into the pose of the map.

The rest pose has the arms 45 degrees from the trunk, elbows bent and palms down. The map wants
a calm anatomical stance: arms a little away from the trunk, elbows straight, palms forward, feet
under the hips. Bones are turned one after the other and the skin follows by linear blending.
"""

import numpy as np
from scipy.spatial import cKDTree

from tools.figure import mesh

FORWARD = np.array([0.0, 0.0, 1.0])
# How the turn of the palm spreads along the arm; all of it at the wrist would wring the skin.
SUPINATION = (("upperarm02", 0.15), ("lowerarm01", 0.30), ("lowerarm02", 0.30), ("wrist", 0.25))
GIRDLE_DROP_DEG = 4.0
HAND_IN_DEG = 6.0  # the hand hangs steeper than the forearm


def turn(axis: np.ndarray, angle_rad: float) -> np.ndarray:
    """Rotation matrix (3, 3) about an axis."""
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle_rad) * cross + (1 - np.cos(angle_rad)) * cross @ cross


def turn_onto(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Shortest rotation (3, 3) that takes the direction ``start`` to ``end``."""
    a, b = start / np.linalg.norm(start), end / np.linalg.norm(end)
    axis = np.cross(a, b)
    sine = np.linalg.norm(axis)
    return np.eye(3) if sine < 1e-9 else turn(axis, np.arctan2(sine, a @ b))


class Skeleton:
    """The bones of one shaped body and how far each has been moved."""

    def __init__(self, vertices: np.ndarray):
        self.vertices = vertices
        self.names, self.weights = mesh.skin_weights()
        self.moves = {name: np.eye(4) for name in self.names}

    def head(self, bone: str) -> np.ndarray:
        """Where the near end of a bone is now, (3,)."""
        how = mesh.rig()[bone]["head"]
        if how["strategy"] == "CUBE":
            rest = self.vertices[mesh.vertex_groups()[how["cube_name"]]].mean(axis=0)
        elif how["strategy"] == "VERTEX":
            rest = self.vertices[how["vertex_index"]]
        else:
            rest = self.vertices[how["vertex_indices"]].mean(axis=0)
        return (self.moves[bone] @ np.append(rest, 1))[:3]

    def rotate(self, bone: str, rotation: np.ndarray, centre: np.ndarray) -> None:
        """Turn a bone and all that hangs on it about a fixed point."""
        move = np.eye(4)
        move[:3, :3], move[:3, 3] = rotation, centre - rotation @ centre
        for name in self._with_children(bone):
            if name in self.moves:
                self.moves[name] = move @ self.moves[name]

    def _with_children(self, bone: str) -> list[str]:
        found = [bone]
        for name in found:
            found += [child for child, made in mesh.rig().items() if made["parent"] == name]
        return found

    def skinned(self) -> np.ndarray:
        """Vertices (n, 3) after the moves; helpers follow the nearest skin."""
        weights = self.weights.copy()
        bare = np.flatnonzero(weights.sum(axis=1) == 0)
        held = np.flatnonzero(weights.sum(axis=1) > 0)
        _, nearest = cKDTree(self.vertices[held]).query(self.vertices[bare])
        weights[bare] = weights[held[nearest]]
        moves = np.stack([self.moves[name] for name in self.names])
        blended = np.einsum("vb,bij->vij", weights, moves)
        homogeneous = np.c_[self.vertices, np.ones(len(self.vertices))]
        return np.einsum("vij,vj->vi", blended, homogeneous)[:, :3]


def stand(
    vertices: np.ndarray, *, arm_deg: float, forearm_deg: float, legs_in_deg: float
) -> np.ndarray:
    """Posed vertices (n, 3), palms forward.

    Upper arm and forearm hang at the given angles from the vertical; the legs are turned in.
    """
    body = Skeleton(vertices)
    for suffix, side in ((".L", 1), (".R", -1)):
        _set_leg(body, suffix, side, legs_in_deg)
        _set_arm(body, suffix, side, arm_deg, forearm_deg)
        _turn_palm_forward(body, suffix, side)
    return body.skinned()


def _set_leg(body: Skeleton, suffix: str, side: int, legs_in_deg: float) -> None:
    inward = turn(FORWARD, -side * np.radians(legs_in_deg))
    body.rotate("upperleg01" + suffix, inward, body.head("upperleg01" + suffix))
    body.rotate("foot" + suffix, inward.T, body.head("foot" + suffix))


def _set_arm(body: Skeleton, suffix: str, side: int, arm_deg: float, forearm_deg: float) -> None:
    def hanging(angle_deg: float, forward: float) -> np.ndarray:
        angle = np.radians(angle_deg)
        return np.array([side * np.sin(angle), -np.cos(angle), forward])

    def aim(bone: str, end: str, direction: np.ndarray) -> None:
        start = body.head(bone + suffix)
        body.rotate(bone + suffix, turn_onto(body.head(end + suffix) - start, direction), start)

    drop = turn(FORWARD, -side * np.radians(GIRDLE_DROP_DEG))
    body.rotate("clavicle" + suffix, drop, body.head("clavicle" + suffix))
    aim("upperarm01", "lowerarm01", hanging(arm_deg, -0.03))
    aim("lowerarm01", "wrist", hanging(forearm_deg, 0.05))
    aim("wrist", "finger3-1", hanging(forearm_deg - HAND_IN_DEG, 0.08))


def _turn_palm_forward(body: Skeleton, suffix: str, side: int) -> None:
    elbow, hand = body.head("lowerarm01" + suffix), body.head("wrist" + suffix)
    axis = (hand - elbow) / np.linalg.norm(hand - elbow)

    def across(direction: np.ndarray) -> np.ndarray:
        return direction - axis * (direction @ axis)

    knuckles = across(body.head("finger2-1" + suffix) - body.head("finger5-1" + suffix))
    wanted = across(np.array([side, 0, 0.15]))
    angle = np.arctan2(np.cross(knuckles, wanted) @ axis, knuckles @ wanted)
    for bone, share in SUPINATION:
        centre = elbow if bone == "upperarm02" else body.head(bone + suffix)
        body.rotate(bone + suffix, turn(axis, angle * share), centre)
