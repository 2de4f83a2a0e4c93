// Where a trigger point is said to send its pain, drawn between the areas and the discs: dense lines
// where it is often felt, loose dots where it may spread. A pattern is drawn for the left point; the
// right one's is its mirror image.

import { svg } from "./dom.js";
import { patterns, silhouette } from "./figure.js";
import { boundsOf, joinBounds, ringsOf } from "./geometry.js";
import { keyOf } from "./state.js";
import { readKey } from "./scene.js";

const ROLES = ["spill-over", "essential"];               // as they are drawn, the lowest first
const GROW = { "essential": { duration: 420, delay: 0 }, "spill-over": { duration: 420, delay: 180 } };
const REST_MS = 150;
// an element of its own, because WebKit knows no blur() on what is drawn inside an SVG
const GLOW = svg("filter", { id: "bodymap-glow", x: -.5, y: -.5, width: 2, height: 2, "color-interpolation-filters": "sRGB" },
  svg("feGaussianBlur", { stdDeviation: 9 }));
const EASE = "cubic-bezier(.2,.7,.2,1)";

// The two textures, in screen pixels times `scale`, so that they look the same at every zoom.
export function textures(prefix, scale) {
  const tile = (role, size, turn, ...marks) => svg("pattern", {
    id: `${prefix}-${role}`, width: size, height: size, patternUnits: "userSpaceOnUse",
    patternTransform: `scale(${scale}) rotate(${turn})`,
  }, ...marks);
  return [
    tile("essential", 5.5, 45, svg("rect", { width: 1.9, height: 5.5, class: "zone-ink line" })),
    tile("spill-over", 9, 0, ...[[2.25, 2.25], [6.75, 6.75]].map(([cx, cy]) => svg("circle", { cx, cy, r: 1.35, class: "zone-ink" }))),
  ];
}

export class Spread {
  // waiting: says what is on its way; arrived(): another figure's patterns were read
  constructor(waiting, arrived) {
    this.waiting = waiting;
    this.arrived = arrived;
    this.read = new Map();                               // "neutral-back" -> point -> pattern
    this.defs = svg("defs");
    this.clip = svg("clipPath", { id: "bodymap-skin" });
    this.shown = svg("g", { "clip-path": "url(#bodymap-skin)" });
    this.hinted = svg("g");
    this.element = svg("svg", { class: "sheet-svg spread", "aria-hidden": "true", focusable: "false" },
      this.defs, this.shown, this.hinted);
  }

  // The pattern of a point on a figure, or null where it has none or is still on its way.
  of(figureName, point, side) {
    const pattern = this.#figure(figureName)?.get(point);
    if (!pattern) return null;
    const { x0, y0, x1, y1 } = pattern.bounds;
    return side === "right" ? { ...pattern, bounds: { x0: -x1, y0, x1: -x0, y1 } } : pattern;
  }

  paint(state, scene, box) {
    this.state = state;
    this.scene = scene;
    this.element.setAttribute("viewBox", box);
    if (scene.figure !== this.clipped) this.clip.replaceChildren(silhouette(scene.figure));
    this.clipped = scene.figure;
    this.defs.replaceChildren(this.clip, GLOW.cloneNode(true), ...textures("bodymap-zone", 1 / scene.camera.k));
    this.hinted.replaceChildren();
    const wanted = this.#chosen();
    const now = JSON.stringify([scene.name, wanted]);
    if (now !== this.drawn) this.#draw(wanted, now);
  }

  // The point under the pointer or the focus, before it is chosen. Passing over draws nothing.
  hint(key) {
    clearTimeout(this.resting);
    this.hinted.replaceChildren();
    if (!key || !this.state?.layers.spread || this.state.choice.point || this.state.choice.muscle) return;
    const { kind, id, side } = readKey(key);
    if (kind !== "point") return;
    this.resting = setTimeout(() => {
      const pattern = this.state.choice.point ? null : this.of(this.scene.name, id, side);
      if (pattern) this.hinted.append(drawing(pattern, side));
    }, REST_MS);
  }

  // The chosen point first; with the layer on, the other points of its muscle on its side. Of a
  // muscle opened by itself all points.
  #chosen() {
    const { state } = this;
    const { point, side, muscle: whole } = state.choice;
    if (!state.layers.spread) return [];
    if (whole) return state.muscles.get(whole).points.flatMap((id) => state.targets.get(id).sides.map((one) => [id, one]));
    if (!point) return [];
    const { muscle } = state.targets.get(point);
    const kin = state.layers.kin && muscle
      ? [...state.targets.values()].filter((one) => one.muscle === muscle && one.id !== point && one.sides.includes(side)) : [];
    return [point, ...kin.map((one) => one.id)].map((id) => [id, side]);
  }

  #draw(wanted, now) {
    this.shown.replaceChildren();
    const patterns = wanted.map(([id, side]) => [id, side, this.of(this.scene.name, id, side)]);
    this.drawn = patterns.every(([, , pattern]) => pattern !== null) || this.read.get(this.scene.name) instanceof Map ? now : null;
    for (const [id, side, pattern] of [...patterns].reverse()) {
      if (!pattern) continue;
      const group = drawing(pattern, side);
      this.shown.append(group);
      const own = this.scene.figure.points.get(keyOf(id, side));
      if (own) this.#grow(group, pattern, side === "right" ? { x: -own.x, y: own.y } : own);
    }
  }

  // Outward from the point. The shape is complete without it, so nothing waits for the movement.
  #grow(group, { box }, from) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const far = Math.max(...[box.x0, box.x1].flatMap((x) => [box.y0, box.y1].map((y) => Math.hypot(x - from.x, y - from.y))));
    for (const part of group.children) {
      const { duration, delay } = GROW[part.dataset.role];
      const circle = svg("circle", { cx: from.x, cy: from.y, r: far });
      const id = `bodymap-grow-${(this.count = (this.count ?? 0) + 1)}`;
      group.ownerSVGElement.append(svg("clipPath", { id }, circle));
      part.setAttribute("clip-path", `url(#${id})`);
      const done = () => { part.removeAttribute("clip-path"); circle.parentNode?.remove(); };
      circle.animate([{ r: "0px" }, { r: `${far}px` }], { duration, delay, easing: EASE, fill: "backwards" }).finished.then(done, done);
    }
  }

  #figure(name) {
    const read = this.read.get(name);
    if (!read) {
      const [body, view] = name.split("-");
      this.read.set(name, this.waiting.need(`patterns ${name}`, () => patterns(body, view), { what: "places where pain may be felt", instead: "go on without" })
        .then((file) => { this.read.set(name, byPoint(file)); this.arrived(); }));
    }
    return read instanceof Map ? read : null;
  }
}

function byPoint({ patterns: rows }) {
  const found = new Map();
  for (const { point, role, d } of rows) {
    const box = boundsOf(ringsOf(d).flat());
    const before = found.get(point);
    const bounds = before ? joinBounds([before.bounds, box]) : box;
    found.set(point, { ...before, [role]: d, bounds, box: bounds });
  }
  return found;
}

// One pattern as it is drawn everywhere: fill, texture and edge for each role.
export function drawing(pattern, side) {
  const group = svg("g", { class: "pattern", transform: side === "right" ? "scale(-1 1)" : null });
  for (const role of ROLES) {
    const d = pattern[role];
    if (!d) continue;
    group.append(svg("g", { class: `zone ${role}`, "data-role": role },
      svg("path", { d, class: "zone-glow", filter: "url(#bodymap-glow)" }), svg("path", { d, class: "zone-fill" }),
      svg("path", { d, fill: `url(#bodymap-zone-${role})` }), svg("path", { d, class: "zone-edge" })));
  }
  return group;
}
