"""What the browser fetches once about the map: static/map/, made from data/.

catalog.json names every target, its words and its order in the string of marks; one file for each
body and view holds the outlines and places in drawing units (millimetres, y down, the view's own
left and right), and a second one the patterns of referred pain of the left points. help.json is
*When to get help* with all numbers, for a browser whose server is away. docs in data/README.md;
`check` fails when the committed files are stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bodymap.atlas import emergency, outlines
from bodymap.atlas.atlas import Atlas
from bodymap.atlas.curves import smooth_path
from bodymap.atlas.figure import Figure
from bodymap.atlas.model import VIEWS, WHOLE_BODY, Area, Array, Point
from bodymap.atlas.referral import ROLES, Role, in_words

STATIC_MAP = Path(__file__).resolve().parents[2] / "static" / "map"


def published(atlas: Atlas) -> dict[str, str]:
    """Return the files of static/map by name: the text each should have now.

    Raises:
        DataError: a figure can't be built.
    """
    maps = {
        f"{body}-{view}.json": figure_map(atlas.figure(body, view), atlas)
        for body in atlas.bodies
        for view in VIEWS
    }
    maps |= {
        f"{body}-{view}-patterns.json": pattern_map(atlas.figure(body, view), atlas)
        for body in atlas.bodies
        for view in VIEWS
    }
    catalog = _catalog(atlas)
    # The browser keeps these files; a new version makes it fetch them again.
    everything = _json({"catalog": catalog, "maps": maps})
    version = hashlib.sha256(everything.encode()).hexdigest()[:12]
    texts = {name: _json(content) for name, content in maps.items()}
    return {
        "catalog.json": _json({"version": version, **catalog}),
        "help.json": _json(_help()),
        **texts,
    }


def _help() -> dict[str, Any]:
    """Return the warning signs and every country's numbers, to be read without the server."""
    known = emergency.load()
    return {
        "sections": [
            [part.heading, [[each.is_item, each.text] for each in part.paragraphs]]
            for part in known.help
        ],
        "countries": [
            {
                "code": country.country_code,
                "name": country.country,
                "emergency": [country.emergency, country.emergency_also],
                "advice": [country.urgent_advice],
                "crisis": [country.crisis_line, country.crisis_also],
                "site": country.official_site,
                "checked": country.checked,
            }
            for country in known.countries.values()
        ],
    }


def publish(atlas: Atlas, folder: Path = STATIC_MAP) -> list[str]:
    """Write static/map and return the names of the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in published(atlas).items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed


def figure_map(figure: Figure, atlas: Atlas) -> dict[str, Any]:
    """Return outlines, points, spinal levels and guide lines of one figure in drawing units."""
    areas = []
    for (id_, side), rings in figure.area_outlines_mm.items():
        drawn = [figure.to_drawing(ring) for ring in rings]
        left, top, right, bottom = outlines.box(drawn)
        box = [_tenth(v) for v in (left, top, right - left, bottom - top)]
        areas.append({"id": id_, "side": side, "d": svg_path(drawn), "box": box})
    points = []
    for point in atlas.points.values():
        if point.view == figure.view:
            for side in point.sides:
                x, y = _drawn(figure, figure.place(point.id, side))
                points.append({"id": point.id, "side": side, "x": x, "y": y})
    return {
        "body": figure.body,
        "view": figure.view,
        "view_box": list(figure.view_box),
        "areas": areas,
        "points": points,
        "levels": [[name, *_drawn(figure, at)] for name, at in figure.levels],
        "guides": [
            {"id": id_, "side": side, "d": svg_line(figure.to_drawing(line))}
            for (id_, side), line in figure.guide_lines_mm.items()
        ],
    }


def pattern_map(figure: Figure, atlas: Atlas) -> dict[str, Any]:
    """Return where each left point of the atlas is said to send pain, in drawing units.

    The browser mirrors a shape for the right point.
    """
    return {
        "body": figure.body,
        "view": figure.view,
        "patterns": [
            {
                "point": point_id,
                "role": role,
                "d": smooth_path([figure.to_drawing(curve) for curve in curves]),
            }
            for point_id in atlas.patterns
            for role in ROLES
            if (curves := figure.pattern_curves_mm.get((point_id, role)))
        ],
    }


def svg_path(rings: list[Array]) -> str:
    """Return closed rings as the d attribute of an SVG path, to 0.1 of a unit."""
    return "".join(f"{svg_line(ring)}Z" for ring in rings)


def svg_line(line: Array) -> str:
    """Return an open line as the d attribute of an SVG path, to 0.1 of a unit."""
    return f"M{'L'.join(f'{_tenth(x):g} {_tenth(y):g}' for x, y in line)}"


def _catalog(atlas: Atlas) -> dict[str, Any]:
    whole_body = {
        "id": WHOLE_BODY,
        "kind": "overall",
        "view": None,
        "name": "Whole body",
        "clinical": "",
        "sides": ["midline"],
        "hint": "one number for today",
        "alarm": None,
        "words": ["bad day", "overall", "everywhere"],
    }
    return {
        "slots": [list(slot) for slot in atlas.slots],
        "targets": [
            whole_body,
            *(_area_target(atlas, area) for area in atlas.areas.values()),
            *(_point_target(atlas, point) for point in atlas.points.values()),
        ],
        "groups": [
            {"id": group, "name": group.replace("-", " ").capitalize()}
            for group in dict.fromkeys(area.group for area in atlas.areas.values())
        ],
        "complaints": [
            {
                "id": complaint.id,
                "words": complaint.words,
                "also": list(complaint.also),
                "points": list(complaint.points),
            }
            for complaint in atlas.complaints.values()
        ],
        "muscles": [
            {
                "id": muscle.id,
                "name": muscle.name,
                "hint": text.summary,
                "words": list(text.words),
                "points": [point.id for point in points],
            }
            for muscle in atlas.muscles.values()
            if (text := atlas.texts.get(("muscle", muscle.id)))
            and (points := atlas.points_of(muscle.id))
        ],
        "pages": [
            {
                "id": text.id,
                "name": text.page.title if text.page else text.id,
                "hint": text.summary,
                "words": list(text.words),
            }
            for text in atlas.learn_pages
        ],
        "guides": [
            {
                "id": guide.id,
                "areas": list(guide.areas),
                "name": guide.name,
                "short": guide.short_name,
                "clinical": guide.clinical_name,
                "tissue": guide.tissue,
            }
            for guide in atlas.guides.values()
        ],
        "bodies": [
            {"id": body, "name": atlas.figure(body, "back").body_name} for body in atlas.bodies
        ],
    }


def _area_target(atlas: Atlas, area: Area) -> dict[str, Any]:
    text = atlas.texts.get(("area", area.id))
    return {
        "id": area.id,
        "kind": "area",
        "view": area.view,
        "name": area.name,
        "clinical": area.clinical_name,
        "sides": list(area.sides),
        "group": area.group,
        "lens": area.lens,
        "hint": text.summary if text else "",
        "alarm": text.emergency if text else None,
        "words": list(text.words) if text else [],
    }


def _point_target(atlas: Atlas, point: Point) -> dict[str, Any]:
    text = atlas.texts.get(("point", point.id))
    pattern = {"pattern": _pattern(atlas, point.id)} if point.id in atlas.patterns else {}
    return {
        "id": point.id,
        "kind": point.kind,
        "view": point.view,
        "name": point.name,
        "clinical": point.clinical_name,
        "sides": list(point.sides),
        "area": point.area,
        "hint": text.summary if text else "",
        # Without a text nobody has said that touching the place is harmless.
        "press": text.press if text else "no",
        "muscle": point.muscle,
        "alarm": text.emergency if text else None,
        "words": list(text.words) if text else [],
        **pattern,
    }


def _pattern(atlas: Atlas, point_id: str) -> dict[str, Any]:
    """Return a pattern in plain words, each zone once in the order of its file."""
    pattern = atlas.patterns[point_id]

    def words(role: Role) -> list[str]:
        named = (in_words(use, atlas.zones[use.zone_id]) for use in pattern.uses(role))
        return list(dict.fromkeys(named))

    return {
        "views": list(pattern.views),
        "essential": words("essential"),
        "spill": words("spill-over"),
        "disputed": bool(pattern.disputed),
    }


def _drawn(figure: Figure, xy_mm) -> list[float]:
    return [_tenth(value) for value in figure.to_drawing(np.asarray(xy_mm))[0]]


def _tenth(value: float) -> float:
    return round(float(value), 1) + 0.0


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
