"""Surface anatomy that the mesh is too smooth to show, drawn once in the frame of the map.

Each cue is a line in frame coordinates (x = 1 at the acromion, y = 0 at C7 to 1 at the gluteal
fold; limbs follow their anchors) that the warp carries to every body, so the blade, the crest and
the folds lie where points and muscles will lie. A cue is inked, or brushed into the shading, or
both; ``snap_mm`` lets it slide onto the nearest real crease of the body.
"""

from dataclasses import dataclass

from tools.figure.bodies import Body

Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A line through a few frame places, on the person's left; x = 0 throughout: the midline.

    ``ink_mm`` is the width of the stroke at its fullest and ``strength`` its opacity (0: none);
    ``shade`` (0: none, below 0: light) and ``shade_mm`` describe the soft brush; ``taper`` the
    shares of the length over which the ink swells and runs out. ``start`` names a measured point of
    the body that takes the place of the first.
    """

    line: tuple[Place, ...]
    ink_mm: float = 1.0
    strength: float = 0.0
    shade: float = 0.0
    shade_mm: float = 8.0
    snap_mm: float = 0.0
    taper: tuple[float, float] = (0.4, 0.4)
    start: str = ""


BACK = (
    # Neck: the hollow of the nape, and the prominent C7 below it.
    Cue(line=((0.0, -0.105), (0.0, -0.06), (0.0, -0.03)), shade=0.042, shade_mm=9),
    Cue(line=((0.0, -0.008), (0.0, 0.008)), shade=-0.056, shade_mm=8),
    Cue(line=((0.205, -0.085), (0.235, -0.045), (0.30, -0.012)), shade=0.042, shade_mm=7),
    # The furrow over the spine.
    Cue(
        line=((0.0, 0.045), (0.0, 0.2), (0.0, 0.42), (0.0, 0.6), (0.0, 0.69)),
        ink_mm=1.2,
        strength=0.6,
        shade=0.077,
        shade_mm=8,
        taper=(0.45, 0.3),
    ),
    Cue(line=((0.15, 0.36), (0.16, 0.47), (0.15, 0.58)), shade=-0.042, shade_mm=14),
    Cue(line=((0.25, 0.37), (0.285, 0.46), (0.28, 0.56), (0.21, 0.66)), shade=0.07, shade_mm=13),
    # Shoulder blade: medial border round the inferior angle, spine, lateral border.
    Cue(
        line=(
            (0.35, 0.09),
            (0.362, 0.13),
            (0.38, 0.19),
            (0.405, 0.25),
            (0.43, 0.288),
            (0.475, 0.3),
        ),
        ink_mm=1.15,
        strength=0.5,
        taper=(0.35, 0.3),
    ),
    Cue(line=((0.335, 0.09), (0.345, 0.18), (0.39, 0.285)), shade=0.126, shade_mm=10),
    Cue(line=((0.44, 0.14), (0.455, 0.2), (0.475, 0.255)), shade=-0.07, shade_mm=14),
    Cue(line=((0.41, 0.3), (0.5, 0.312), (0.6, 0.285)), shade=0.112, shade_mm=10),
    Cue(line=((0.49, 0.288), (0.6, 0.257), (0.7, 0.238)), strength=0.19, ink_mm=0.9),
    Cue(
        line=((0.37, 0.106), (0.5, 0.1), (0.66, 0.096), (0.83, 0.09)),
        ink_mm=1.0,
        strength=0.36,
        taper=(0.2, 0.55),
    ),
    Cue(line=((0.4, 0.126), (0.56, 0.122), (0.74, 0.118)), shade=0.084, shade_mm=9),
    Cue(line=((0.45, 0.088), (0.6, 0.083), (0.8, 0.08)), shade=-0.056, shade_mm=9),
    # Lower edge of the trapezius and front edge of the latissimus.
    Cue(line=((0.34, 0.24), (0.2, 0.34), (0.06, 0.44)), shade=0.07, shade_mm=8),
    Cue(line=((0.70, 0.33), (0.66, 0.43), (0.57, 0.53)), shade=0.063, shade_mm=9),
    # Back fold of the armpit.
    Cue(
        line=((0.798, 0.33), (0.806, 0.29), (0.803, 0.255), (0.78, 0.222)),
        start="armpit gap",
        ink_mm=1.7,
        strength=0.8,
        snap_mm=7,
        taper=(0.0, 0.7),
    ),
    # Deltoid and triceps; the point of the elbow.
    Cue(line=((0.84, 0.135), (0.97, 0.23), (1.07, 0.33)), shade=0.049, shade_mm=8),
    Cue(line=((1.02, 0.29), (1.1, 0.39), (1.17, 0.46)), shade=0.042, shade_mm=7),
    Cue(
        line=((1.165, 0.528), (1.24, 0.521), (1.33, 0.528)),
        ink_mm=1.0,
        strength=0.43,
        shade=0.056,
        shade_mm=6,
    ),
    Cue(line=((1.2, 0.545), (1.28, 0.55)), shade=-0.07, shade_mm=9),
    Cue(line=((1.32, 0.6), (1.42, 0.72), (1.53, 0.84)), shade=0.042, shade_mm=6),
    Cue(line=((1.57, 0.872), (1.587, 0.888), (1.577, 0.903)), ink_mm=0.9, strength=0.36),
    # Pelvis: crest, dimples, the cleft, the folds under the buttocks.
    Cue(
        line=((0.27, 0.69), (0.38, 0.65), (0.5, 0.63), (0.6, 0.64), (0.665, 0.672)),
        ink_mm=0.9,
        strength=0.26,
        taper=(0.5, 0.4),
    ),
    Cue(line=((0.34, 0.672), (0.5, 0.648), (0.62, 0.662)), shade=0.042, shade_mm=9),
    Cue(line=((0.236, 0.706), (0.244, 0.724)), shade=0.224, shade_mm=7),
    Cue(line=((0.2, 0.745), (0.11, 0.795), (0.03, 0.835)), shade=0.035, shade_mm=8),
    Cue(
        line=((0.0, 0.775), (0.0, 0.86), (0.0, 0.93), (0.0, 0.985)),
        ink_mm=2.1,
        strength=0.85,
        taper=(0.6, 0.08),
    ),
    Cue(line=((0.72, 0.8), (0.71, 0.85), (0.69, 0.9)), shade=0.049, shade_mm=15),
    Cue(
        line=((0.05, 1.006), (0.17, 1.017), (0.34, 1.011), (0.52, 0.99)),
        ink_mm=1.6,
        strength=0.75,
        snap_mm=5,
        taper=(0.12, 0.65),
    ),
    # Thigh: between the hamstrings; hollow and crease of the knee.
    Cue(line=((0.5, 1.09), (0.53, 1.2), (0.565, 1.36)), shade=0.042, shade_mm=9),
    Cue(line=((0.44, 1.35), (0.425, 1.43), (0.435, 1.49)), shade=-0.056, shade_mm=7),
    Cue(line=((0.715, 1.35), (0.735, 1.43), (0.725, 1.49)), shade=-0.056, shade_mm=7),
    Cue(line=((0.575, 1.4), (0.58, 1.51)), shade=0.084, shade_mm=15),
    Cue(line=((0.475, 1.484), (0.58, 1.492), (0.685, 1.484)), ink_mm=1.1, strength=0.6),
    # Calf: two bellies and their lower edges; Achilles tendon, ankles.
    Cue(line=((0.595, 1.56), (0.61, 1.66), (0.612, 1.76)), ink_mm=0.9, strength=0.29, shade=0.042),
    Cue(
        line=((0.435, 1.735), (0.47, 1.775), (0.53, 1.795), (0.6, 1.772)),
        ink_mm=1.0,
        strength=0.31,
        shade=0.042,
    ),
    Cue(
        line=((0.622, 1.757), (0.68, 1.772), (0.745, 1.745), (0.79, 1.69)),
        ink_mm=1.0,
        strength=0.29,
        shade=0.042,
    ),
    Cue(
        line=((0.56, 1.94), (0.567, 2.03), (0.56, 2.1), (0.538, 2.15)),
        ink_mm=1.1,
        strength=0.5,
        shade=0.056,
        shade_mm=7,
    ),
    Cue(
        line=((0.652, 1.94), (0.647, 2.03), (0.655, 2.1), (0.68, 2.15)),
        ink_mm=1.1,
        strength=0.5,
        shade=0.056,
        shade_mm=7,
    ),
    Cue(line=((0.505, 2.093), (0.517, 2.113), (0.507, 2.133)), ink_mm=0.9, strength=0.41),
    Cue(line=((0.738, 2.113), (0.724, 2.135), (0.737, 2.156)), ink_mm=0.9, strength=0.41),
)

FRONT = (
    # Neck: the front edge of the sternocleidomastoid, the notch, the collar bones.
    Cue(
        line=((0.235, -0.06), (0.19, 0.01), (0.118, 0.092)), ink_mm=1.0, strength=0.36, shade=0.056
    ),
    Cue(line=((0.235, 0.01), (0.235, 0.055), (0.215, 0.088)), shade=0.063, shade_mm=7),
    Cue(line=((0.0, -0.015), (0.0, 0.03), (0.0, 0.07)), shade=-0.042, shade_mm=10),
    Cue(
        line=((0.0, 0.1215), (0.042, 0.12), (0.075, 0.1145), (0.093, 0.104)),
        ink_mm=1.3,
        strength=0.66,
        taper=(0.0, 0.7),
    ),
    Cue(line=((0.0, 0.09), (0.0, 0.11)), shade=0.126, shade_mm=7),
    Cue(
        line=((0.125, 0.13), (0.29, 0.122), (0.47, 0.102), (0.66, 0.085), (0.82, 0.083)),
        ink_mm=1.1,
        strength=0.48,
        taper=(0.25, 0.5),
    ),
    Cue(line=((0.13, 0.104), (0.27, 0.097), (0.42, 0.08)), ink_mm=0.9, strength=0.31),
    Cue(line=((0.16, 0.117), (0.38, 0.1), (0.62, 0.075)), shade=-0.049, shade_mm=6),
    Cue(line=((0.28, 0.075), (0.4, 0.06), (0.55, 0.05)), shade=0.084, shade_mm=10),
    Cue(line=((0.2, 0.14), (0.45, 0.12), (0.68, 0.105)), shade=0.056, shade_mm=9),
    # Chest: groove beside the deltoid, breastbone, ribs' edge.
    Cue(line=((0.66, 0.12), (0.77, 0.18), (0.84, 0.23)), shade=0.049, shade_mm=9),
    Cue(line=((0.0, 0.14), (0.0, 0.25), (0.0, 0.37)), shade=0.049, shade_mm=9),
    # Front fold of the armpit.
    Cue(
        line=((0.798, 0.33), (0.81, 0.29), (0.825, 0.255), (0.82, 0.215), (0.79, 0.185)),
        start="armpit gap",
        ink_mm=1.7,
        strength=0.75,
        snap_mm=7,
        taper=(0.0, 0.7),
    ),
    # Navel and hip bone.
    Cue(
        line=((0.0, 0.6425), (0.014, 0.6432), (0.024, 0.647), (0.027, 0.6535)),
        ink_mm=1.2,
        strength=0.84,
        taper=(0.0, 0.7),
    ),
    Cue(line=((0.0, 0.645), (0.0, 0.657)), shade=0.32, shade_mm=5),
    Cue(line=((0.62, 0.735), (0.65, 0.755)), shade=-0.07, shade_mm=10),
    # Thigh and knee.
    Cue(line=((0.6, 0.84), (0.5, 1.0), (0.38, 1.2)), shade=0.028, shade_mm=10),
    Cue(line=((0.7, 1.05), (0.73, 1.22), (0.7, 1.37)), shade=0.035, shade_mm=9),
    Cue(
        line=((0.345, 1.33), (0.375, 1.395), (0.445, 1.435)),
        ink_mm=1.0,
        strength=0.31,
        shade=0.049,
        taper=(0.6, 0.4),
    ),
    Cue(line=((0.73, 1.36), (0.715, 1.4), (0.68, 1.425)), shade=0.056),
    Cue(
        line=((0.5, 1.44), (0.53, 1.4245), (0.578, 1.419), (0.627, 1.425), (0.655, 1.441)),
        ink_mm=0.9,
        strength=0.36,
    ),
    Cue(
        line=((0.484, 1.474), (0.515, 1.503), (0.575, 1.515), (0.64, 1.504), (0.672, 1.476)),
        ink_mm=1.1,
        strength=0.5,
        shade=0.07,
        shade_mm=6,
    ),
    Cue(line=((0.54, 1.465), (0.61, 1.465)), shade=-0.07, shade_mm=12),
    Cue(line=((0.55, 1.565), (0.6, 1.565)), shade=-0.056, shade_mm=8),
    # Shin, ankles.
    Cue(
        line=((0.565, 1.6), (0.55, 1.75), (0.545, 1.92), (0.545, 2.05)),
        ink_mm=0.9,
        strength=0.24,
        shade=0.049,
        shade_mm=9,
    ),
    Cue(line=((0.6, 1.62), (0.588, 1.76), (0.58, 1.9)), shade=-0.042, shade_mm=7),
    Cue(line=((0.412, 1.58), (0.43, 1.72), (0.478, 1.84)), ink_mm=0.9, strength=0.22, shade=0.028),
    Cue(line=((0.515, 2.088), (0.527, 2.11), (0.513, 2.134)), ink_mm=1.0, strength=0.5),
    Cue(line=((0.722, 2.108), (0.708, 2.133), (0.724, 2.158)), ink_mm=1.0, strength=0.5),
    # Arm: biceps, crook of the elbow, forearm.
    Cue(line=((0.9, 0.33), (1.02, 0.42), (1.12, 0.5)), shade=0.049, shade_mm=7),
    Cue(line=((1.13, 0.27), (1.22, 0.37), (1.28, 0.46)), shade=0.035, shade_mm=7),
    Cue(
        line=((1.165, 0.533), (1.25, 0.5375), (1.345, 0.534)),
        ink_mm=1.1,
        strength=0.5,
        shade=0.056,
        shade_mm=7,
    ),
    Cue(line=((1.34, 0.57), (1.42, 0.67), (1.52, 0.79)), shade=0.042, shade_mm=7),
    # Wrist and palm.
    Cue(line=((1.56, 0.907), (1.65, 0.908), (1.748, 0.9)), ink_mm=1.0, strength=0.6),
    Cue(line=((1.565, 0.893), (1.65, 0.894), (1.74, 0.887)), ink_mm=0.8, strength=0.31),
    Cue(
        line=((1.955, 1.005), (1.87, 0.998), (1.775, 0.967), (1.72, 0.925)),
        ink_mm=1.1,
        strength=0.66,
        taper=(0.25, 0.5),
    ),
    Cue(
        line=((1.945, 1.012), (1.85, 1.018), (1.73, 1.0)),
        ink_mm=0.9,
        strength=0.5,
        taper=(0.25, 0.6),
    ),
    Cue(
        line=((1.637, 1.02), (1.73, 1.031), (1.82, 1.029), (1.872, 1.034)),
        ink_mm=0.9,
        strength=0.5,
        taper=(0.3, 0.5),
    ),
)

# Edge of the ribs, midline and outer edge of the straight muscle, groin: hidden by a belly.
SLIM_BELLY = (
    Cue(
        line=((0.025, 0.397), (0.17, 0.425), (0.34, 0.485), (0.48, 0.545)),
        ink_mm=0.8,
        strength=0.19,
        shade=0.049,
        shade_mm=10,
    ),
    Cue(line=((0.0, 0.41), (0.0, 0.52), (0.0, 0.63)), shade=0.056, shade_mm=6),
    Cue(line=((0.4, 0.47), (0.42, 0.6), (0.35, 0.73), (0.2, 0.83)), shade=0.042, shade_mm=10),
    Cue(
        line=((0.045, 0.968), (0.17, 0.912), (0.33, 0.845), (0.5, 0.787)),
        ink_mm=1.3,
        strength=0.54,
        snap_mm=7,
        taper=(0.2, 0.75),
    ),
)
CHEST_LINE = Cue(
    line=((0.745, 0.315), (0.68, 0.35), (0.55, 0.373), (0.36, 0.375), (0.18, 0.35)),
    ink_mm=1.0,
    strength=0.38,
    shade=0.07,
    shade_mm=9,
    snap_mm=8,
    taper=(0.35, 0.6),
)
BREAST_LINE = Cue(
    line=((0.71, 0.31), (0.705, 0.35), (0.62, 0.392), (0.46, 0.398), (0.33, 0.37)),
    ink_mm=1.3,
    strength=0.52,
    shade=0.042,
    shade_mm=8,
    snap_mm=16,
    taper=(0.6, 0.6),
)
FULL_BELLY = (
    Cue(
        line=((0.72, 0.745), (0.52, 0.815), (0.28, 0.865), (0.0, 0.882)),
        ink_mm=1.4,
        strength=0.72,
        shade=0.084,
        shade_mm=10,
        snap_mm=14,
        taper=(0.55, 0.0),
    ),
    Cue(
        line=((0.05, 0.968), (0.12, 0.93), (0.2, 0.895)),
        ink_mm=1.2,
        strength=0.54,
        snap_mm=5,
        taper=(0.2, 0.7),
    ),
)


def cues(body: Body, view: str) -> tuple[Cue, ...]:
    """The cues of one view of a body."""
    if view == "back":
        return BACK
    chest = BREAST_LINE if body.id == "female" else CHEST_LINE
    return (*FRONT, chest, *(FULL_BELLY if body.id == "larger" else SLIM_BELLY))
