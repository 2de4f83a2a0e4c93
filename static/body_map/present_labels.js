// The names in the presenting view. What a step lights is named in columns beside it, a chosen point
// and its muscle wherever most is calm; no name lies on another one, on a control or on the point.

import { el, svg } from "./dom.js";
import { drawing } from "./figure.js";
import { boundsOf, contains, distanceToEdge, ringsOf } from "./geometry.js";
import { toDrawing, toScreen } from "./camera.js";
import { arrange } from "./labels.js";
import { middleOf } from "./scene.js";
import { DISC, level } from "./overlay.js";
import * as words from "./words.js";

const BESIDE = 34;                     // px between what is lit and a column of names
const GAP = 8;                         // px around a name
const CHOSEN = 30;                     // px around the chosen point that stay free
const NAME = 44;                       // px for the name of an area or of its part
const LEAST = 4;                       // px between two names of a column
const DIRECTIONS = 20;
const STEPS_AWAY = [60, 90, 130, 180, 240, 310];

export class Names {
  // targets, muscles: the catalog's places and the muscles' names by id
  constructor(targets, muscles) {
    this.targets = targets;
    this.muscles = muscles;
    this.element = el("div", { class: "present-labels", "aria-hidden": "true" });
    this.lines = svg("g");
    this.shapes = new Map();           // "neutral-back" -> "muscle|side" -> rings
  }

  // Reads the muscles' shapes of a view, which the lines from their names lead to.
  async read(body, view) {
    const drawings = await Promise.all(["muscles", "deep"].map((layer) => drawing(body, view, layer)));
    const shapes = new Map();
    // the deep layer comes last: it has the whole muscle where the surface shows an edge
    for (const group of drawings.flatMap((root) => [...root.querySelectorAll("[data-muscle]")])) {
      const paths = [...group.querySelectorAll("path:not([fill=none])")].filter((path) => !path.closest("[display=none]"));
      const outlines = paths.flatMap((path) => ringsOf(path.getAttribute("d")));
      if (outlines.length) shapes.set(`${group.dataset.muscle}|${group.dataset.side}`, outlines);
    }
    this.shapes.set(`${body}-${view}`, shapes);
  }

  // What a step names in columns, whether it is shown now or not: the areas, if several are lit; the
  // points of one side, if one is; the tender points of one side on the whole body.
  beside(step, figure, parts) {
    const side = step.side === "right" ? "right" : "left";
    if (step.areas.length > 1) return balanced(step.areas.map((id) => this.#areaToName(id, parts)));
    if (step.point) return [];
    const [kind, isNear] = step.areas.length ? ["trigger", (one) => one.area === step.areas[0]] : ["tender", (one) => one.view === step.view];
    const points = [...this.targets.values()].filter((one) => one.kind === kind && isNear(one)).flatMap((one) => {
      const own = one.sides.includes(side) ? side : one.sides.includes("midline") ? "midline" : null;
      const place = figure.points.get(`${one.id}|${own}`);
      return place ? [{ id: one.id, text: one.name, layer: one.kind === "tender" ? "tender" : "points", ...place }] : [];
    });
    const middle = points.reduce((sum, { x }) => sum + x, 0);
    return points.map((point) => ({ ...point, column: middle <= 0 ? "left" : "right" }));
  }

  #areaToName(id, parts) {
    const own = parts.filter((part) => part.id === id).map((part) => middleOf(part)).sort((a, b) => a.x - b.x);
    return { id, text: this.targets.get(id).name, layer: "labels", left: own[0], right: own.at(-1) };
  }

  // The room in the stage that these names leave: beside columns, below an area's name and above
  // the names of its parts.
  room(step, names, parts, { room, w }) {
    this.element.replaceChildren();
    const spans = names.map(({ text }) => this.#add(label("beside", text)));
    const width = (side) => Math.max(0, ...names.map(({ column }, i) => (column === side ? spans[i].offsetWidth + BESIDE : 0)));
    const isOne = step.areas.length === 1;
    return {
      x0: Math.max(room.x0, width("left")), x1: Math.min(room.x1, w - width("right")),
      y0: room.y0 + (isOne ? NAME : 0), y1: room.y1 - (isOne && parts.length > 1 ? NAME : 0),
    };
  }

  // scene: as the picture drew it; names: what `beside` said; dots: the other points and numbers in
  // the stage, {x, y, r}
  paint(step, on, scene, names, dots) {
    this.element.replaceChildren();
    this.lines.replaceChildren();
    if (!on.has("labels")) return;
    const shown = names.filter(({ layer }) => on.has(layer));
    for (const side of ["left", "right"]) this.#column(side, shown.filter(({ column }) => column === side), scene);
    if (step.areas.length === 1) this.#area(step, scene);
    if (scene.own) this.#point(step, on, scene, dots);
    if (on.has("bones") || step.areas.length === 1) this.lines.append(...levels(scene));
  }

  #column(side, names, { camera, size, lit: { x0, x1 } }) {
    if (!names.length) return;
    const { room } = size;
    const spans = new Map(names.map(({ id, text }) => [id, this.#add(label("beside", text))]));
    const width = Math.max(...[...spans.values()].map((span) => span.offsetWidth));
    const margin = Math.max(GAP, (side === "left" ? x0 : size.w - x1) - BESIDE - width);
    const discs = names.map(({ id, x, y }) => ({ key: id, column: side, height: spans.get(id).offsetHeight, ...toScreen(camera, x, y) }));
    const ys = discs.map(({ y }) => y), tall = discs.reduce((sum, { height }) => sum + height, 0) / discs.length;
    const gap = Math.max(LEAST, (Math.max(...ys) - Math.min(...ys)) / Math.max(1, discs.length - 1) - tall);    // as far apart as the places
    const placed = arrange(discs, size, room.y0, size.h - room.y1, { width, margin, gap, least: LEAST, reach: 11 });
    for (const { key, y, cx, cy, sx, sy } of placed ?? []) {
      const span = spans.get(key);
      stand(span, side === "left" ? cx - span.offsetWidth / 2 : cx + span.offsetWidth / 2, y);
      this.#line({ x: sx, y: sy }, { x: cx, y: cy });
    }
    if (!placed) for (const span of spans.values()) span.remove();
  }

  #area(step, { camera, parts, size, lit: all }) {
    const name = this.#add(label("", this.targets.get(step.areas[0]).name));
    const half = name.offsetHeight / 2;
    stand(name, (all.x0 + all.x1) / 2, all.y0 - half - GAP);
    for (const part of parts.length > 1 ? parts : []) {
      const { x0, x1, y1 } = onScreen(camera, part.bounds);
      stand(this.#add(label("small", words.sideWord(part.side))), (x0 + x1) / 2, Math.max(y1, all.y1 - 2 * half) + NAME / 2);
    }
  }

  #point(step, on, scene, dots) {
    const { camera, own, size } = scene;
    const target = this.targets.get(step.point);
    const at = toScreen(camera, own.x, own.y);
    const rings = on.has("muscles") ? this.shapes.get(scene.name)?.get(`${target.muscle}|${step.side}`) : null;
    const zones = on.has("spread") ? ["essential", "spill-over"].map((role) => ringsOf(scene.pattern?.[role] ?? "")) : [];
    const isZone = (x, y) => zones.some((zone) => contains(zone, step.side === "right" ? -x : x, y));
    const isLit = ({ x, y }) => isZone(x, y) || (rings && contains(rings, x, y));
    const world = { size, isLit: (x, y) => isLit(toDrawing(camera, x, y)), dots, lines: [], taken: [{ x0: at.x - CHOSEN, y0: at.y - CHOSEN, x1: at.x + CHOSEN, y1: at.y + CHOSEN }] };
    this.#freely(words.placeName(target, step.side), at, world, CHOSEN);
    const place = rings && placeInMuscle(rings, scene, at, isZone);
    if (!place) return;
    this.#freely(this.muscles.get(target.muscle), place, world, 6);
    this.lines.append(svg("circle", { cx: place.x, cy: place.y, r: 5, class: "present-end" }));
  }

  // reach: how far from the place its line begins
  #freely(text, from, world, reach) {
    const span = this.#add(label("", text));
    const half = { w: span.offsetWidth / 2 + GAP, h: span.offsetHeight / 2 + GAP };
    const at = freePlace(half, from, world);
    if (!at) return void span.remove();
    stand(span, at.x, at.y);
    world.taken.push({ x0: at.x - half.w, y0: at.y - half.h, x1: at.x + half.w, y1: at.y + half.h });
    world.lines.push([from, at]);
    const far = Math.hypot(at.x - from.x, at.y - from.y);
    this.#line({ x: from.x + ((at.x - from.x) * reach) / far, y: from.y + ((at.y - from.y) * reach) / far }, at);
  }

  // A name of several lines is no wider than its longest one.
  #add(span) {
    this.element.append(span);
    const text = document.createRange();
    text.selectNodeContents(span);
    const sides = span.offsetWidth - span.clientWidth + 2 * parseFloat(getComputedStyle(span).paddingLeft);
    span.style.width = `${Math.ceil(text.getBoundingClientRect().width + sides) + 1}px`;
    return span;
  }

  #line(from, to) {
    this.lines.append(svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "present-line" }));
  }
}

const label = (name, text) => el("span", { class: name, textContent: text });

function stand(span, x, y) {
  span.style.left = `${x}px`;
  span.style.top = `${y}px`;
}

// A box of the drawing in the stage.
export function onScreen(camera, { x0, y0, x1, y1 }) {
  const a = toScreen(camera, x0, y0), b = toScreen(camera, x1, y1);
  return { x0: a.x, y0: a.y, x1: b.x, y1: b.y };
}

// From the top down, each name to the column with fewer so far, where its line leads to that side.
function balanced(names) {
  const count = { left: 0, right: 0 };
  return [...names].sort((a, b) => a.left.y - b.left.y).map(({ left, right, ...name }) => {
    const column = count.left <= count.right ? "left" : "right";
    count[column] += 1;
    return { ...name, column, ...(column === "left" ? left : right) };
  });
}

// Inside the muscle and in sight: best where neither its pain nor the chosen point lies over it.
function placeInMuscle(rings, { camera, size: { room } }, point, isZone) {
  const { x0, y0, x1, y1 } = boundsOf(rings.flat());
  let best = null, most = -Infinity;
  for (let i = 1; i < 24; i++) {
    for (let j = 1; j < 24; j++) {
      const x = x0 + ((x1 - x0) * i) / 24, y = y0 + ((y1 - y0) * j) / 24;
      const at = toScreen(camera, x, y);
      const away = Math.hypot(at.x - point.x, at.y - point.y);
      if (at.x < room.x0 || at.x > room.x1 || at.y < room.y0 || at.y > room.y1 || away < DISC + 4 || !contains(rings, x, y)) continue;
      const good = Math.min(14, distanceToEdge(rings, x, y) * camera.k) + (isZone(x, y) ? 0 : 30) + Math.min(160, away) / 10;
      if (good > most) { best = at; most = good; }
    }
  }
  return best;
}

// Around what it names, the nearest place for a name of this half size that hides the least.
function freePlace(half, from, { size: { room }, isLit, dots, lines, taken }) {
  let best = null, least = Infinity;
  for (const away of STEPS_AWAY) {
    for (let i = 0; i < DIRECTIONS; i++) {
      const turn = (2 * Math.PI * i) / DIRECTIONS;
      const x = from.x + Math.cos(turn) * (away + half.w), y = from.y + Math.sin(turn) * (away + half.h);
      const box = { x0: x - half.w, y0: y - half.h, x1: x + half.w, y1: y + half.h };
      if (box.x0 < 0 || box.x1 > room.x1 + room.x0 || box.y0 < room.y0 - 2 * GAP || box.y1 > room.y1 + 2 * GAP || taken.some((other) => meet(box, other))) continue;
      let hides = away / 60 + dots.filter(({ x: dx, y: dy, r }) => inside({ x0: box.x0 - r, y0: box.y0 - r, x1: box.x1 + r, y1: box.y1 + r }, { x: dx, y: dy })).length * 3;
      for (const [sx, sy] of SAMPLES) if (isLit(x + sx * half.w, y + sy * half.h)) hides += 1;
      if (lines.some(([a, b]) => cross(a, b, from, { x, y })) || taken.some((other) => !inside(other, from) && passes(from, { x, y }, other))) hides += 20;
      if (hides < least) { best = { x, y }; least = hides; }
    }
  }
  return best;
}

const SAMPLES = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y]));
const meet = (a, b) => a.x0 < b.x1 && a.x1 > b.x0 && a.y0 < b.y1 && a.y1 > b.y0;
const inside = ({ x0, y0, x1, y1 }, { x, y }) => x > x0 && x < x1 && y > y0 && y < y1;
const passes = (a, b, box) => Array.from({ length: 19 }, (_, i) => (i + 1) / 20).some((t) => inside(box, { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }));

function cross(a, b, c, d) {
  const turn = (p, q, r) => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

// The spine's levels beside what is lit, or all of them in sight.
function levels({ camera, figure, parts, size: { room } }) {
  const beside = (x, y) => !parts.length || parts.some(({ bounds: b }) => x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1);
  return figure.levels.filter(([, x, y]) => beside(x, y)).map(([name, x, y]) => [name, toScreen(camera, x, y)])
    .filter(([, at]) => at.y > room.y0 && at.y < room.y1).map(([name, at]) => level(name, at.x, at.y));
}
