// The whole pattern of the chosen point on small bodies, where the picture shows only a part of it
// or its other side lies on the other view. Pressing it shows the whole pattern in the picture.

import { el, setAttribute, setText, svg } from "./dom.js";
import { silhouette } from "./figure.js";
import { textures } from "./spread.js";
import { toScreen } from "./camera.js";
import * as words from "./words.js";

const KEYS = [["essential", "often felt here"], ["spill-over", "may spread here"]];

export class Inset {
  constructor(act) {
    this.bodies = el("span", { class: "inset-bodies" });
    this.text = el("span", { class: "inset-text" });
    this.button = el("button", { type: "button", class: "inset", onclick: () => act.setWide() }, this.bodies, this.text);
    this.key = el("div", { class: "zone-key" }, svg("svg", { width: 0, height: 0, "aria-hidden": "true" }, svg("defs", {}, ...textures("bodymap-key", 1))),
      ...KEYS.map(([role, text]) => el("span", {}, swatch(role), text)));
    this.element = el("div", { class: "insets" }, this.button, this.key);
  }

  // spread: where the patterns are read from
  paint(state, scene, spread) {
    const { point, side, view } = state.choice;
    const target = point && state.layers.spread ? state.targets.get(point) : null;
    const views = target?.pattern?.views ?? [];
    const shapes = views.map((each) => [each, spread.of(`${state.choice.body}-${each}`, point, side)]).filter(([, shape]) => shape);
    this.element.hidden = !shapes.length;
    if (!shapes.length) return;
    const here = shapes.find(([each]) => each === view)?.[1];
    const beyond = !here || shapes.length > 1 || state.wide || !inSight(here.bounds, scene);
    this.button.hidden = !beyond;
    this.key.hidden = !here;
    setAttribute(this.button, "aria-pressed", Boolean(state.wide));
    setText(this.text, state.wide ? "Move in" : "Show all");
    const { essential, spill } = target.pattern;
    const list = [essential.length ? `Often felt: ${essential.join(", ")}.` : "", spill.length ? `May spread: ${spill.join(", ")}.` : ""];
    setAttribute(this.button, "aria-label", `${this.text.textContent} of where its pain is said to go. ${list.join(" ")}`);
    const drawn = JSON.stringify([state.choice, shapes.length]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.bodies.replaceChildren(...shapes.map(([each, shape]) => small(each, shape, side, scene, each === view ? state : null)));
  }

  // What the small bodies cover of the stage; null while they are not shown.
  boxIn(stage) {
    if (this.element.hidden || this.button.hidden) return null;
    const own = this.button.getBoundingClientRect(), home = stage.getBoundingClientRect();
    return { x0: own.left - home.left, y0: own.top - home.top, x1: own.right - home.left, y1: own.bottom - home.top };
  }
}

function inSight({ x0, y0, x1, y1 }, { camera, size }) {
  const a = toScreen(camera, x0, y0), b = toScreen(camera, x1, y1);
  return a.x >= 0 && a.y >= 0 && b.x <= size.w && b.y <= size.h - 20;
}

// Front and back have the same outline, so one serves both.
function small(view, shape, side, { figure }, state) {
  const mirror = side === "right" ? "scale(-1 1)" : null;
  const place = state && figure.points.get(`${state.choice.point}|${side}`);
  const picture = svg("svg", { viewBox: figure.viewBox.join(" "), class: "inset-body" },
    silhouette(figure, "inset-skin"),
    svg("g", { transform: mirror }, ...["spill-over", "essential"].filter((role) => shape[role]).map((role) => svg("path", { d: shape[role], class: `inset-zone ${role}` }))),
    place ? svg("circle", { cx: place.x, cy: place.y, r: 22, class: "inset-point" }) : null);
  return el("span", {}, picture, el("small", { textContent: words.VIEWS[view] }));
}

export function swatch(role) {
  const rect = (extra) => svg("rect", { x: 1, y: 1, width: 24, height: 16, rx: 4, ...extra });
  return svg("svg", { class: `zone ${role}`, width: 26, height: 18, "aria-hidden": "true" },
    rect({ class: "zone-fill" }), rect({ fill: `url(#bodymap-key-${role})` }), rect({ class: "zone-edge" }));
}
