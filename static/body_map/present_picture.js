// The presenting view's picture: where it looks, what is lit and what lies over the figure. It draws
// with the map's own parts.

import { el, svg } from "./dom.js";
import { patterns, places } from "./figure.js";
import { joinBounds } from "./geometry.js";
import { sight, toScreen } from "./camera.js";
import { Layers } from "./layers.js";
import { Spread } from "./spread.js";
import { prepare } from "./scene.js";
import { Names, onScreen } from "./present_labels.js";
import * as over from "./overlay.js";

const NEAREST = 4.5;                   // px per mm
const AROUND = 130;                    // mm shown around a point at least
const MOST = 0.64;                     // of the stage: an area with its surroundings says where it is
const LIGHT = { around: 60, share: 1.3, edge: 45 };      // mm: how far a point's light reaches
const EVERYWHERE = 40;                 // the light's sheet, in radii of the light
const MOVE = { duration: 500, easing: "cubic-bezier(.2,.7,.2,1)" };
const FAR = "M-4000 -4000h8000v9000h-8000z";

export class Picture {
  // marks: the person's own, shown while there are any; waiting: says what is on its way
  constructor(catalog, marks, waiting) {
    this.targets = new Map(catalog.targets.map((one) => [one.id, one]));
    this.names = new Names(this.targets, new Map(catalog.muscles.map(({ id, name }) => [id, name])));
    this.marks = marks;
    this.waiting = waiting;
    this.figures = new Map();
    this.layers = new Layers(waiting);
    this.spread = new Spread(waiting, () => {});
    const sheet = (name, ...children) => svg("svg", { class: `sheet-svg ${name}`, "aria-hidden": "true", focusable: "false" }, ...children);
    this.veil = svg("path", { class: "veil", "fill-rule": "evenodd" });
    this.light = svg("rect", { x: -EVERYWHERE, y: -EVERYWHERE, width: 2 * EVERYWHERE, height: 2 * EVERYWHERE, fill: "url(#present-light)" });
    const stop = (offset, name) => svg("stop", { offset, class: name });
    const gradient = svg("radialGradient", { id: "present-light", gradientUnits: "userSpaceOnUse", cx: 0, cy: 0, r: 1 }, stop(0.74, "lit"), stop(1, "rest"));
    this.outline = svg("g");
    this.fig = sheet("fig", this.layers.element);
    this.zones = sheet("zones", svg("defs", {}, gradient), this.veil, this.light, this.outline);
    this.over = sheet("over");
    this.element = el("div", { class: "present-sheets" }, this.fig, this.zones, this.spread.element, this.over);
  }

  // Reads what the steps are drawn from before the first one, or the picture would jump to it.
  async read(body, views) {
    this.body = body;
    await this.waiting.need("figures", () => Promise.all(views.map(async (view) => {
      this.spread.of(`${body}-${view}`);                 // asked first, so it has them when all is there
      const [read] = await Promise.all([places(body, view), patterns(body, view), this.names.read(body, view)]);
      this.figures.set(view, prepare(read));
    })), { what: "drawing" });
  }

  // on: the layers that are shown; size: the stage {w, h} and the room in it that nothing covers
  paint(step, on, size) {
    const figure = this.figures.get(step.view);
    if (!figure) return;
    const name = `${this.body}-${step.view}`;
    const { point, side } = step;
    const target = this.targets.get(point);
    const parts = step.areas.flatMap((area) => (figure.areas.get(area) ?? []).filter((part) => !side || part.side === side));
    const own = point ? figure.points.get(`${point}|${side}`) : null;
    const pattern = point ? this.spread.of(name, point, side) : null;
    const names = this.names.beside(step, figure, parts);
    const room = this.names.room(step, names, parts, size);
    const seen = boxOf(figure, parts, own, pattern);
    const camera = lookAt(seen, parts.length ? MOST : 1, { ...size, room });
    const before = this.scene;
    this.scene = { step, name, figure, camera, size, parts, own, pattern, lit: onScreen(camera, seen), light: lightOn(seen, own, pattern) };
    const box = `${camera.x} ${camera.y} ${size.w / camera.k} ${size.h / camera.k}`;
    for (const one of [this.fig, this.zones]) one.setAttribute("viewBox", box);
    this.over.setAttribute("viewBox", `0 0 ${size.w} ${size.h}`);
    const hot = on.has("muscles") && target?.muscle ? { muscle: target.muscle, side } : null;
    this.layers.paint(name, { bones: on.has("bones"), muscles: on.has("muscles"), deep: false }, hot, sight(camera, size, figure.viewBox));
    this.veil.setAttribute("d", parts.length ? FAR + parts.map((part) => part.d).join("") : "");
    this.light.style.display = own ? "" : "none";
    this.light.style.transform = transformOf(this.scene.light);
    this.outline.replaceChildren(...parts.map((part) => {
      const number = this.marks.at(part.id, part.side)?.touched;
      return svg("path", { d: part.d, class: `ar bare sel${number == null ? "" : " marked"}`, style: number == null ? null : `--level:var(--lvl-${number})` });
    }));
    this.spread.paint({ layers: { spread: on.has("spread"), kin: false }, choice: { point, side }, targets: this.targets }, this.scene, box);
    const dots = this.#points(step, on, target);
    this.names.paint(step, on, this.scene, names, dots);
    if (before && before.step !== step) this.#travel(before);
  }

  // Returns where the points and the numbers lie that are not the chosen one's.
  #points(step, on, target) {
    const { figure, camera, own } = this.scene;
    this.marks.place(step, this.scene);
    const drawn = [this.names.lines], dots = [...this.marks.shown];
    const areas = target?.area ? [target.area] : step.areas;
    const at = (one, side) => {
      const place = figure.points.get(`${one.id}|${side}`);
      return place && toScreen(camera, place.x, place.y);
    };
    const r = Math.max(3.5, Math.min(8, 4.6 * camera.k));
    for (const one of this.targets.values()) {
      if (!one.area || one.view !== step.view) continue;
      const isNear = !areas.length || areas.includes(one.area);
      for (const side of one.sides) {
        const place = at(one, side);
        const isChosen = one.id === step.point && side === step.side;
        if (!place || isChosen || this.marks.at(one.id, side)) continue;
        if (one.kind === "trigger" && on.has("points") && isNear) {
          drawn.push(svg("circle", { cx: place.x, cy: place.y, r, class: `tgt-dot${own ? " resting" : ""}` }));
        } else if (one.kind === "tender" && on.has("tender")) drawn.push(over.dot(place.x, place.y, "tender", 6));
        else continue;
        dots.push({ ...place, r });
      }
    }
    drawn.push(...this.marks.draw());
    if (own && (on.has("points") || target.kind !== "trigger" || this.marks.chosen)) {
      const { x, y } = at({ id: step.point }, step.side);
      drawn.push(over.disc({ key: step.point, x, y, tx: x, ty: y, kind: target.kind }, { selected: true, mark: this.marks.chosen?.touched }));
    }
    this.over.replaceChildren(...drawn);
    return dots;
  }

  // The picture is drawn at its new place at once and shown coming from the old one; the light moves
  // over the body meanwhile.
  #travel(before) {
    const now = this.scene;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still || before.name !== now.name) return;
    const from = before.camera, to = now.camera;
    const x = (to.x - from.x) * from.k, y = (to.y - from.y) * from.k;
    this.element.animate([{ transform: `translate(${x}px, ${y}px) scale(${from.k / to.k})` }, { transform: "none" }], MOVE);
    this.light.animate([{ transform: transformOf(before.light) }, { transform: transformOf(now.light) }], MOVE);
    for (const node of [this.veil, this.names.element]) node.animate([{ opacity: 0 }, { opacity: 1 }], MOVE);
  }
}

function boxOf(figure, parts, own, pattern) {
  if (own) {
    const near = around(own, AROUND);
    return pattern ? joinBounds([near, pattern.bounds]) : near;
  }
  if (parts.length) return joinBounds(parts.map((part) => part.bounds));
  const [x, y, w, h] = figure.viewBox;
  return { x0: x, y0: y, x1: x + w, y1: y + h };
}

const around = ({ x, y }, mm) => ({ x0: x - mm, y0: y - mm, x1: x + mm, y1: y + mm });

// The ellipse of light on a point and where its pain is said to go. Other steps have one too, for
// the next light to come from.
function lightOn(seen, own, pattern) {
  const lit = own ? joinBounds([around(own, LIGHT.around), ...(pattern ? [pattern.bounds] : [])]) : seen;
  const half = (a, b) => ((b - a) / 2) * LIGHT.share + LIGHT.edge;
  return { x: (lit.x0 + lit.x1) / 2, y: (lit.y0 + lit.y1) / 2, rx: half(lit.x0, lit.x1), ry: half(lit.y0, lit.y1) };
}

const transformOf = ({ x, y, rx, ry }) => `translate(${x}px, ${y}px) scale(${rx}, ${ry})`;

// All of the box in the room, in the middle of the stage as far as the room allows.
// most: the share of the stage that it may fill
function lookAt({ x0, y0, x1, y1 }, most, { w, h, room }) {
  const k = Math.min(NEAREST, (room.x1 - room.x0) / (x1 - x0), (room.y1 - room.y0) / (y1 - y0), (w * most) / (x1 - x0));
  const half = ((x1 - x0) * k) / 2;
  const middle = Math.max(room.x0 + half, Math.min(room.x1 - half, w / 2));
  return { k, x: (x0 + x1) / 2 - middle / k, y: (y0 + y1) / 2 - (room.y0 + room.y1) / 2 / k };
}
