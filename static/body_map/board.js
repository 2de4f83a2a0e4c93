// The drawing board: where it hurts, shaded with a finger, a pen, a mouse or by whole areas, in layers
// of what it feels like and how much. What was drawn goes through an outbox, as marks do.

import { today, watchClock } from "./clock.js";
import { el, icon, setAttribute, setText, svg } from "./dom.js";
import { catalog } from "./figure.js";
import { Hand } from "./hand.js";
import { Ink, shadeable } from "./ink.js";
import { Layers } from "./layers.js";
import { isDark, mounted, mounting } from "./mount.js";
import { outbox } from "./outbox.js";
import { dayOf, newId } from "./statements.js";
import * as over from "./overlay.js";
import * as scenes from "./scene.js";
import { folded, layersOf, packed, simplified, unpacked } from "./strokes.js";
import { Saved } from "./saved.js";
import { Targets } from "./targets.js";
import { sight, toDrawing, toScreen } from "./camera.js";
import { Palette } from "./palette.js";
import * as words from "./words.js";

const SHEETS = ["tokens.css", "map.css", "controls.css", "board.css"];
const MOST_ZOOM = 4;
const NEAR_MM = 1.2;                   // closer than this to the last place says nothing new

export const render = mounting(({ parentElement }) => new Board(parentElement));

class Board {
  constructor(root) {
    Object.assign(this, mounted(root, "bm board", "loading", "drawing board", SHEETS));
    this.served = new Map();           // "2026-11-30 false" -> the strokes of that day's drawing, as committed
    this.undone = [];
    this.view = "back";
    this.body = "neutral";
    this.figures = new Map();
    this.seen = { place: null, legs: false, zoom: 1, pan: { x: 0, y: 0 }, targets: new Map() };
    this.#start();
  }

  async #start() {
    const [read] = await Promise.all([this.waiting.need("catalog", catalog), this.styled]);
    this.seen.targets = new Map(read.targets.map((target) => [target.id, target]));
    this.#build();
    this.isBuilt = true;
    this.endListening = outbox.listen(() => this.paint());
    this.endClock = watchClock(() => this.turn(), this.host);
    this.root.dataset.screen = "overview";
    if (this.component) this.receive(this.component);
    this.watch = new ResizeObserver(() => this.paint());
    this.watch.observe(this.stage);
  }

  #build() {
    const press = (text, name, does) => el("button", { type: "button", class: "icb", "aria-label": text, title: text, onclick: does }, icon(name, 20));
    this.views = Object.entries(words.VIEWS).map(([view, name]) => {
      const input = el("input", { type: "radio", name: "bodymap-board-view", value: view, onchange: () => this.#show(view) });
      return { view, input, label: el("label", {}, input, el("span", { textContent: name })) };
    });
    this.undo = press("Undo", "undo", () => this.#undo());
    this.redo = press("Redo", "redo", () => this.#redo());
    this.closer = press("Move closer", "plus", () => this.#zoom(1.5));
    this.away = press("Move away", "minus", () => this.#zoom(1 / 1.5));
    this.saved = new Saved();
    const bar = el("div", { class: "bar", role: "group", "aria-label": "About the picture" },
      el("div", { class: "seg", role: "radiogroup", "aria-label": "View" }, ...this.views.map(({ label }) => label)),
      this.undo, this.redo, el("span", { class: "sp" }), this.saved.element, this.away, this.closer);

    this.refusal = el("p", { class: "problem", role: "status" });
    this.forDay = el("p", { class: "for-day", role: "status" });
    this.layers = new Layers(this.waiting);
    this.ink = new Ink();
    const hidden = { "aria-hidden": "true", focusable: "false" };
    this.fig = svg("svg", { class: "sheet-svg fig", ...hidden }, this.layers.element);
    this.outlines = svg("svg", { class: "sheet-svg zones", ...hidden });
    this.over = svg("svg", { class: "sheet-svg over", ...hidden });
    this.targets = new Targets({ choose: (key) => this.#fill(key), focus: (key, visible) => this.#light(visible ? key : null), blur: () => this.#light(null), digit: () => {} });
    this.sides = [el("span", { class: "lr l" }), el("span", { class: "lr r" })];
    this.tip = el("p", { class: "board-tip", "aria-hidden": "true" });
    this.legs = el("button", { type: "button", class: "pill", onclick: () => { this.seen.legs = !this.seen.legs; this.paint(); } });
    this.stage = el("div", { class: "stage drawing" }, this.fig, this.outlines, this.ink.element, this.over, this.targets.element, ...this.sides, this.tip, this.legs);
    this.palette = new Palette(this.component.data.qualities, { changed: () => this.paint(), remove: (key) => this.#takeBack(layersOf(this.strokes, this.view).find((layer) => layer.key === key).strokes) });
    this.root.replaceChildren(bar, this.refusal, this.forDay, el("div", { class: "work" }, this.stage, this.palette.element));
    this.#listen();
    this.host.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      if (event.shiftKey) this.#redo();
      else this.#undo();
    });
  }

  // data.strokes: all strokes of the day's drawing, or of the one made again (data.again); null while the
  // browser has them already
  receive(component) {
    this.component = component;
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    if (!this.isBuilt) return;
    const { data } = component;
    const before = outbox.shown((one) => one.kind === "stroke");
    if (data.body !== this.body) this.served = new Map();
    this.body = data.body;
    // what is acknowledged belongs to the drawing on the board from now on
    const done = new Set(data.acked);
    this.served.set(this.#drawing, folded(this.#committed, before.filter((one) => done.has(one.id) && this.#isShown(one))));
    if (data.strokes) this.served.set(`${data.day} ${data.again}`, data.strokes.map((stroke) => ({ ...stroke, points: unpacked(stroke.points) })));
    outbox.carry(this, (message) => component.setStateValue("outbox", message));
    outbox.receive(data);
    this.turn();
  }

  // Turns to the day that is drawn for: today by this device's clock, whatever the server takes for it, or
  // an earlier one that was picked by hand. A line that was begun is ended for its own day.
  turn() {
    if (!this.isBuilt || !this.component || this.line) return;
    const { day, picked, again } = this.component.data;
    const before = this.#drawing, now = today();
    this.day = picked && day < now ? day : now;
    this.again = again && day === this.day;
    if (this.#drawing !== before) this.undone = [];
    this.paint();
  }

  stop() {
    this.endClock?.();
    this.watch?.disconnect();
    removeEventListener("blur", this.onBlur);
    this.endListening?.();
    outbox.leave(this);
  }

  get strokes() {
    return folded(this.#committed, outbox.shown((one) => one.kind === "stroke" && this.#isShown(one))).filter((stroke) => stroke.is_there);
  }

  get #drawing() {
    return `${this.day} ${this.again}`;
  }

  get #committed() {
    return this.served.get(this.#drawing) ?? [];
  }

  // Of the day and the drawing on the board, the first or the one made again; what only takes a stroke
  // back or puts it back belongs where the stroke is.
  #isShown({ tool, is_again, ...made }) {
    return dayOf(made) === this.day && (!tool || Boolean(is_again) === this.again);
  }

  #add(stroke) {
    this.undone = [];
    outbox.dismiss(({ kind }) => kind === "stroke");
    outbox.add({ kind: "stroke", stroke_id: newId(), day: this.day, body: this.body, area: "", side: "", width_mm: 0, points: [], quality: "", nrs: null, is_there: true, is_again: this.again, ...stroke });
    this.paint();
  }

  #undo() {
    const last = this.strokes.at(-1);
    if (!last) return;
    this.undone.push(last);
    this.#state([last], false);
  }

  #redo() {
    const last = this.undone.pop();
    if (last) this.#state([last], true);
  }

  #takeBack(strokes) {
    this.undone.push(...strokes);
    this.#state(strokes, false);
  }

  // The server knows the stroke: only what is new about it travels.
  #state(strokes, is_there) {
    for (const { stroke_id } of strokes) outbox.add({ kind: "stroke", stroke_id, day: this.day, is_there });
    this.paint();
  }

  // Shades a whole area, or takes that shading back where this layer has it already.
  #fill(key) {
    const { id, side } = scenes.readKey(key);
    const { quality, nrs } = this.palette.layer;
    const sides = side ? [side] : this.seen.targets.get(id).sides;
    const own = this.strokes.filter((stroke) => stroke.tool === "area" && stroke.area === id && sides.includes(stroke.side) && stroke.quality === quality && stroke.nrs === nrs);
    if (own.length) this.#takeBack(own);
    else for (const each of sides) this.#add({ view: this.view, tool: "area", area: id, side: each, quality, nrs });
  }

  #show(view) {
    this.view = view;
    this.seen.zoom = 1;
    this.seen.pan = { x: 0, y: 0 };
    this.paint();
  }

  #zoom(by) {
    this.seen.zoom = Math.max(1, Math.min(MOST_ZOOM, this.seen.zoom * by));
    if (this.seen.zoom < 1.05) Object.assign(this.seen, { zoom: 1, pan: { x: 0, y: 0 } });
    this.paint();
  }

  paint() {
    if (!this.isBuilt || !this.component) return;
    const size = { w: this.stage.clientWidth, h: this.stage.clientHeight };
    if (!size.w || !size.h) return;
    const name = `${this.body}-${this.view}`;
    const figure = this.figures.get(name);
    if (!figure) return void this.#load(name);
    if (this.waiting.forget("figure")) this.asked = null;
    const narrow = this.host.clientWidth < 560;
    const scene = scenes.overviewScene(this.seen, figure, size, narrow);
    this.scene = { ...scene, name };
    const { camera } = scene;
    for (const one of [this.fig, this.outlines]) one.setAttribute("viewBox", `${camera.x} ${camera.y} ${size.w / camera.k} ${size.h / camera.k}`);
    this.over.setAttribute("viewBox", `0 0 ${size.w} ${size.h}`);
    this.layers.paint(name, { bones: false, muscles: false, deep: false }, null, sight(camera, size, figure.viewBox));
    const { strokes } = this;
    // what came back from the server must not wipe the line under the hand
    this.ink.paint(this.line && this.line.tool !== "area" ? [...strokes, this.line] : strokes, this.view, scene, figure);
    const layers = layersOf(strokes, this.view);
    this.over.replaceChildren(...layers.map((layer) => this.#disc(layer, figure, camera)).filter(Boolean));
    this.#paintTargets(scene, strokes);
    this.palette.paint(layers, layersOf(strokes, this.view === "back" ? "front" : "back"), words.VIEWS[this.view === "back" ? "front" : "back"]);
    this.#paintBar(strokes, narrow);
  }

  #paintBar(strokes, narrow) {
    const back = this.view === "back";
    for (const { view, input, label } of this.views) {
      input.checked = view === this.view;
      label.classList.toggle("on", input.checked);
    }
    setText(this.sides[0], back ? "Your left" : "Your right");
    setText(this.sides[1], back ? "Your right" : "Your left");
    setAttribute(this.undo, "aria-disabled", strokes.length ? null : "true");
    setAttribute(this.redo, "aria-disabled", this.undone.length ? null : "true");
    setAttribute(this.away, "aria-disabled", this.seen.zoom > 1 ? null : "true");
    setAttribute(this.closer, "aria-disabled", this.seen.zoom < MOST_ZOOM ? null : "true");
    this.legs.hidden = !narrow || this.seen.zoom > 1;
    setText(this.legs, this.seen.legs ? "Head and arms" : "Legs and feet");
    this.forDay.hidden = this.day === today();
    setText(this.forDay, this.forDay.hidden ? "" : `For ${words.dateName(this.day)}`);
    const refusal = outbox.refusalOf(({ kind }) => kind === "stroke")?.sentence;
    setText(this.refusal, refusal ?? "");
    this.saved.paint(outbox, "stroke", strokes.length > 0, refusal);
    this.stage.dataset.tool = this.palette.tool;
    setText(this.tip, strokes.length ? "" : this.again ? "Draw it again. The first one is hidden." : this.palette.tool === "area" ? "Touch an area to shade it." : "Draw with a finger, a pen or the mouse.");
    this.tip.hidden = Boolean(strokes.length);
  }

  #paintTargets({ targets }, strokes) {
    const { quality, nrs } = this.palette.layer;
    const has = (id, side) => strokes.some((one) => one.tool === "area" && one.area === id && one.side === side && one.quality === quality && one.nrs === nrs);
    const list = targets.map((target) => ({ ...target, name: words.placeName(target.target, target.side), checked: (target.side ? [target.side] : target.target.sides).every((side) => has(target.target.id, side)) }));
    this.targets.paint(`${words.VIEWS[this.view]} of the body, shade whole areas`, list, true);
  }

  #disc(layer, figure, camera) {
    const [first] = layer.strokes;
    const part = first.tool === "area" && figure.parts.get(`${first.area}|${first.side}`);
    const middle = part ? scenes.middleOf(part) : first.points[Math.floor(first.points.length / 2)];
    if (!middle) return null;
    const [x, y] = part ? [middle.x, middle.y] : middle;
    const at = toScreen(camera, x, y);
    return over.markDisc(at.x, at.y, layer.nrs, 11, null);
  }

  async #load(name) {
    if (this.asked === name) return;
    this.asked = name;
    const { figure } = await this.waiting.need("figure", () => shadeable(...name.split("-")), { what: "body to draw on" });
    this.asked = null;
    this.figures.set(name, figure);
    this.paint();
  }

  #light(key) {
    const { id, side } = key ? scenes.readKey(key) : {};
    const figure = this.figures.get(`${this.body}-${this.view}`);
    const parts = (key && figure?.areas.get(id) || []).filter((part) => !side || part.side === side);
    this.outlines.replaceChildren(...(parts.length ? [over.focusOutline(parts.map((part) => part.d))] : []));
  }

  // The hand says what a pointer means; here a line is kept and shown for it.
  #listen() {
    const { stage } = this;
    this.hand = new Hand();
    stage.addEventListener("pointerdown", (event) => {
      if (this.scene && !event.target.closest("button")) this.#follow(this.hand.down(event), event);
    });
    stage.addEventListener("pointermove", (event) => this.#follow(this.hand.move(event), event));
    stage.addEventListener("pointerup", (event) => this.#follow(this.hand.up(event), event));
    stage.addEventListener("pointercancel", (event) => this.#follow(this.hand.cancel(event), event));
    stage.addEventListener("lostpointercapture", (event) => this.#follow(this.hand.lost(event), event));
    this.onBlur = () => this.#follow(this.hand.away());
    addEventListener("blur", this.onBlur);
  }

  #follow(said, event) {
    if (said === "begin") this.#begin(event);
    else if (said === "draw") this.#draw(event);
    else if (said === "pinch") this.#pinch(this.hand.pinch);
    else if (said && this.line) this.#finish(said, event);
  }

  #begin(event) {
    if (this.line) this.#finish("drop");
    const { tool } = this.palette;
    const { quality, nrs } = tool === "eraser" ? { quality: "", nrs: null } : this.palette.layer;
    this.line = { tool, view: this.view, width_mm: this.palette.width, quality, nrs, points: [this.#placeOf(event)] };
    this.stage.setPointerCapture(event.pointerId);
    if (tool === "area") return;                                 // shaded once it is known to be a tap
    event.preventDefault();
    this.ink.extend(this.line, this.line.points[0], this.line.points[0]);
  }

  #draw(event) {
    if (this.line.tool === "area") return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length ? all : [event]) {
      const to = this.#placeOf(each), from = this.line.points.at(-1);
      if (Math.hypot(to[0] - from[0], to[1] - from[1]) < NEAR_MM) continue;
      this.ink.extend(this.line, from, to);
      this.line.points.push(to);
    }
  }

  #finish(said, event) {
    const { line } = this;
    this.line = null;
    if (said === "drop") this.paint();
    else if (line.tool !== "area") this.#add({ ...line, points: packed(simplified(line.points)) });
    else if (said === "tap") this.#fillAt(event);
    this.turn();
  }

  // What lay between the two fingers stays between them.
  #pinch(pinch) {
    if (this.held?.pinch !== pinch) this.held = { pinch, ...this.scene, zoom: this.seen.zoom, pan: this.seen.pan };
    const { camera, size, zoom, pan } = this.held;
    const box = this.stage.getBoundingClientRect();
    const middle = ([a, b]) => ({ x: (a.x + b.x) / 2 - box.left, y: (a.y + b.y) / 2 - box.top, apart: Math.hypot(a.x - b.x, a.y - b.y) || 1 });
    const from = middle(pinch.from), to = middle(pinch.to);
    this.seen.zoom = Math.max(1, Math.min(MOST_ZOOM, (zoom * to.apart) / from.apart));
    const k = (camera.k * this.seen.zoom) / zoom;
    const moved = (start, end, length) => (start - length / 2) / camera.k - (end - length / 2) / k;
    const [x, y, w, h] = this.figures.get(this.scene.name).viewBox;
    const within = (now, first, length, middle) => Math.max(first - middle, Math.min(first + length - middle, now));
    const home = { x: camera.x + size.w / 2 / camera.k - pan.x, y: camera.y + size.h / 2 / camera.k - pan.y };
    this.seen.pan = this.seen.zoom === 1 ? { x: 0, y: 0 } : {
      x: within(pan.x + moved(from.x, to.x, size.w), x, w, home.x),
      y: within(pan.y + moved(from.y, to.y, size.h), y, h, home.y),
    };
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.paint(); });
  }

  #placeOf(event) {
    const box = this.stage.getBoundingClientRect();
    const { x, y } = toDrawing(this.scene.camera, event.clientX - box.left, event.clientY - box.top);
    return [x, y];
  }

  #fillAt({ clientX, clientY }) {
    const box = this.stage.getBoundingClientRect();
    const part = scenes.partAt(this.figures.get(this.scene.name), this.scene.camera, clientX - box.left, clientY - box.top);
    if (part) this.#fill(`area:${part.id}:${part.side}`);
  }
}
