// The presenting view: one idea at a time over the whole window, for a clinician with a patient
// beside them. It draws with the map's own parts, knows no marks and sends back only that it ended.

const V = new URL(import.meta.url).search;
const { el, icon, setAttribute, setText, svg } = await import("./dom.js" + V);
const { catalog, places } = await import("./figure.js" + V);
const { joinBounds } = await import("./geometry.js" + V);
const { toScreen } = await import("./camera.js" + V);
const { Layers } = await import("./layers.js" + V);
const { Spread, textures } = await import("./spread.js" + V);
const { swatch } = await import("./inset.js" + V);
const { prepare } = await import("./scene.js" + V);
const over = await import("./overlay.js" + V);
const words = await import("./words.js" + V);

const SHEETS = ["tokens.css", "map.css", "controls.css", "present.css"];
const LAYERS = [["points", "Points"], ["muscles", "Muscles"], ["bones", "Bones"], ["spread", "Spread"], ["labels", "Labels"], ["tender", "Tender points"]];
const NEAREST = 4.5;                   // px per mm
const AROUND = 130;                    // mm shown around a point at least
const ROOM = { x: 70, top: 90 };
const MOVE = { duration: 500, easing: "cubic-bezier(.2,.7,.2,1)" };
const FAR = "M-4000 -4000h8000v9000h-8000z";
const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " "];
const PREVIOUS = ["ArrowLeft", "ArrowUp", "PageUp"];
const shown = new WeakMap();

export function render(component) {
  const root = component.parentElement;
  if (!shown.has(root)) shown.set(root, new Presenting());
  const view = shown.get(root);
  view.receive(component);
  return () => { if (!root.isConnected) { view.leave(); shown.delete(root); } };
}

class Presenting {
  constructor() {
    this.host = el("div", { class: "bm-present" });
    this.tree = this.host.attachShadow({ mode: "open" });
    this.root = el("div", { class: "bm present", role: "dialog", "aria-modal": "true", "data-screen": "present" });
    this.tree.append(this.root);
    document.body.append(this.host);
    this.page = document.querySelector('[data-testid="stApp"]');
    this.page.inert = true;
    this.figures = new Map();
    this.onKey = (event) => this.#key(event);
    this.onSize = () => this.#draw();
    document.addEventListener("keydown", this.onKey, true);
    addEventListener("resize", this.onSize);
  }

  async receive(component) {
    this.component = component;
    if (this.steps) return;
    this.steps = component.data.steps;
    this.title = component.data.title;
    this.story = component.data.story;
    this.body = component.data.body;
    const wanted = Number(new URLSearchParams(location.search).get("step")) || 1;
    this.at = Math.max(0, Math.min(this.steps.length - 1, wanted - 1));
    this.root.dataset.theme = isDark() ? "dark" : "light";
    const [read] = await Promise.all([catalog(), ...SHEETS.map((name) => this.#sheet(name))]);
    this.targets = new Map(read.targets.map((target) => [target.id, target]));
    this.#build();
    this.#go(this.at);
    this.next.focus();
  }

  leave() {
    document.removeEventListener("keydown", this.onKey, true);
    removeEventListener("resize", this.onSize);
    this.page.inert = false;
    this.host.remove();
  }

  #sheet(name) {
    return new Promise((done, failed) => {
      const link = el("link", { rel: "stylesheet", href: new URL(name + V, import.meta.url).href });
      link.onload = done;
      link.onerror = failed;
      this.tree.append(link);
    });
  }

  #build() {
    const key = (text) => el("kbd", { "aria-hidden": "true", textContent: text });
    this.layers = new Layers((sentence) => setText(this.failure, sentence));
    this.spread = new Spread(() => this.#draw());
    const sheet = (name, ...children) => svg("svg", { class: `sheet-svg ${name}`, "aria-hidden": "true", focusable: "false" }, ...children);
    this.veil = svg("path", { class: "veil", "fill-rule": "evenodd" });
    this.outline = svg("g");
    this.fig = sheet("fig", this.layers.element);
    this.zones = sheet("zones", this.veil, this.outline);
    this.over = sheet("over");
    this.labels = el("div", { class: "present-labels", "aria-hidden": "true" });
    this.sheets = el("div", { class: "present-sheets" }, this.fig, this.zones, this.spread.element, this.over, this.labels);
    this.sides = [el("span", { class: "lr l" }), el("span", { class: "lr r" })];
    this.failure = el("p", { class: "failure", role: "status" });
    this.buttons = LAYERS.map(([name, text], i) => el("button", { type: "button", class: "btn layer", "data-layer": name, onclick: () => this.#toggle(name) }, key(i + 1), el("span", { textContent: text })));
    this.bar = el("div", { class: "present-layers", role: "group", "aria-label": "Show" }, ...this.buttons);
    this.stage = el("div", { class: "present-stage" }, this.sheets, ...this.sides, this.failure, this.bar);

    this.where = el("p", { class: "present-where" });
    this.name = el("h1");
    this.subtitle = el("p", { class: "present-sub" });
    this.text = el("p", { class: "present-say" });
    this.note = el("div", { class: "present-note" });
    this.key = el("div", { class: "present-key" }, svg("svg", { class: "defs", "aria-hidden": "true" }, svg("defs", {}, ...textures("bodymap-key", 1))), ...[["essential", "its pain is often felt here"], ["spill-over", "it may spread here"]]
      .map(([role, text]) => el("p", {}, swatch(role), el("span", { textContent: text }))));
    this.sources = el("p", { class: "present-sources" });
    this.previous = el("button", { type: "button", class: "btn big", onclick: () => this.#go(this.at - 1) }, icon("left", 24), el("span", { textContent: "Previous" }));
    this.next = el("button", { type: "button", class: "btn big go", onclick: () => this.#go(this.at + 1) }, el("span", { textContent: "Next" }), icon("right", 24));
    this.dots = el("div", { class: "present-dots", "aria-hidden": "true" }, ...this.steps.map(() => el("i")));
    const quiet = (text, letter, does) => el("button", { type: "button", class: "btn quiet", onclick: does }, el("span", { textContent: text }), key(letter));
    this.keys = quiet("Hide the keys", "K", () => this.#keys());
    this.side = el("div", { class: "present-text" },
      el("div", { class: "present-head" }, quiet("Full screen", "F", () => this.#fill()), this.keys, el("span", { class: "sp" }),
        el("button", { type: "button", class: "btn", onclick: () => this.#end() }, el("span", { textContent: "End" }), key("Esc"))),
      el("div", { class: "present-body", "aria-live": "polite", tabIndex: 0, role: "region", "aria-label": "Text" }, this.where, this.name, this.subtitle, this.text, this.note, this.key,
        el("p", { class: "present-honest", textContent: "From teaching maps and the sources named. Clinicians often disagree about these points. The pain is real either way." }), this.sources),
      el("div", { class: "present-foot" }, this.previous, this.dots, this.next));
    this.root.append(this.stage, this.side);
  }

  #go(to) {
    if (to < 0 || to >= this.steps.length) return;
    this.at = to;
    const step = this.steps[to];
    this.on = new Set(step.layers);
    const many = this.steps.length > 1;
    setText(this.where, many ? `${this.title} · ${to + 1} of ${this.steps.length}` : "");
    setAttribute(this.root, "aria-label", this.title || step.title);
    setText(this.name, step.title);
    setText(this.subtitle, step.subtitle);
    setText(this.text, step.text);
    this.note.replaceChildren(...step.note.map(([isItem, line]) => el("p", { class: isItem ? "item" : "", textContent: line })));
    this.note.hidden = !step.note.length;
    const cited = step.sources.filter((source) => source !== "G" && source !== "D");
    const general = step.sources.includes("G") ? ["general teaching"] : [];
    setText(this.sources, cited.length + general.length ? `Sources: ${[...cited, ...general].join(", ")}` : "");
    this.previous.hidden = this.next.hidden = this.dots.hidden = !many;
    setAttribute(this.previous, "aria-disabled", to === 0 ? "true" : null);
    setAttribute(this.next, "aria-disabled", to === this.steps.length - 1 ? "true" : null);
    [...this.dots.children].forEach((dot, i) => { dot.className = i === to ? "now" : i < to ? "done" : ""; });
    this.side.querySelector(".present-body").scrollTop = 0;
    if (many) {
      const address = new URL(location.href);
      address.search = new URLSearchParams({ story: this.story, step: to + 1 });
      history.replaceState(history.state, "", address);
    }
    this.#draw(true);
  }

  #toggle(layer) {
    if (!this.on.delete(layer)) this.on.add(layer);
    this.#draw();
  }

  #keys() {
    const hidden = this.root.classList.toggle("nokeys");
    setText(this.keys.firstChild, hidden ? "Show the keys" : "Hide the keys");
  }

  #fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.host.requestFullscreen().catch(() => {});          // a browser may refuse it
  }

  #end() {
    if (document.fullscreenElement) document.exitFullscreen();
    this.component.setStateValue("ended", true);
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || !this.steps) return;
    const onButton = this.tree.activeElement?.localName === "button";
    const digit = Number(event.key);
    if (event.key === "Escape" && !document.fullscreenElement) this.#end();
    else if (event.key === " " && onButton) return;
    else if (NEXT.includes(event.key)) this.#go(this.at + 1);
    else if (PREVIOUS.includes(event.key)) this.#go(this.at - 1);
    else if (event.key === "Home") this.#go(0);
    else if (event.key === "End") this.#go(this.steps.length - 1);
    else if (event.key.toLowerCase() === "k") this.#keys();
    else if (event.key.toLowerCase() === "f") this.#fill();
    else if (digit >= 1 && digit <= LAYERS.length) this.#toggle(LAYERS[digit - 1][0]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // comes: the step is new, so the picture moves to its place
  #draw(comes = false) {
    if (!this.on) return;
    const step = this.steps[this.at];
    const name = `${this.body}-${step.view}`;
    const figure = this.figures.get(name);
    if (!figure) {
      places(this.body, step.view)
        .then((read) => { this.figures.set(name, prepare(read)); setText(this.failure, ""); this.#draw(); })
        .catch(() => setText(this.failure, "The drawing did not load."));
      return;
    }
    const size = { w: this.stage.clientWidth, h: this.stage.clientHeight, below: this.bar.offsetHeight + 48 };
    const target = this.targets.get(step.point ?? step.area);
    const parts = step.area ? (figure.areas.get(step.area) ?? []).filter((part) => !step.side || part.side === step.side) : [];
    const own = step.point ? figure.points.get(`${step.point}|${step.side}`) : null;
    const pattern = step.point ? this.spread.of(name, step.point, step.side) : null;
    const camera = lookAt(boxOf(figure, parts, own, pattern), size);
    const scene = { name, figure, camera, size };
    const hot = target?.muscle ? { muscle: target.muscle, side: step.side } : null;
    const box = `${camera.x} ${camera.y} ${size.w / camera.k} ${size.h / camera.k}`;
    for (const one of [this.fig, this.zones]) one.setAttribute("viewBox", box);
    this.over.setAttribute("viewBox", `0 0 ${size.w} ${size.h}`);
    this.layers.paint(name, { bones: this.on.has("bones"), muscles: this.on.has("muscles"), deep: false }, this.on.has("muscles") ? hot : null);
    this.veil.setAttribute("d", parts.length ? FAR + parts.map((part) => part.d).join("") : "");
    this.outline.replaceChildren(...parts.map((part) => svg("path", { d: part.d, class: "ar bare sel" })));
    this.spread.paint({ layers: { spread: this.on.has("spread"), kin: false }, choice: { point: step.point, side: step.side }, targets: this.targets }, scene, box);
    this.#points(step, scene, target, own);
    this.#words(step, scene, target, own, parts);
    for (const button of this.buttons) setAttribute(button, "aria-pressed", this.on.has(button.dataset.layer));
    const back = step.view === "back";
    setText(this.sides[0], back ? "Your left" : "Your right");
    setText(this.sides[1], back ? "Your right" : "Your left");
    this.key.hidden = !(pattern && this.on.has("spread"));
    if (comes) this.#travel(this.scene, scene);
    this.scene = scene;
  }

  #points(step, { figure, camera }, target, own) {
    const drawn = [];
    this.dotsAt = [];
    const add = (one, side, draw) => {
      const place = figure.points.get(`${one.id}|${side}`);
      if (!place) return;
      const at = toScreen(camera, place.x, place.y);
      this.dotsAt.push(at);
      drawn.push(draw(at));
    };
    const area = step.area ?? target?.area;
    for (const one of this.targets.values()) {
      if (!one.area || one.view !== step.view) continue;
      const isNear = !area || one.area === area;
      for (const side of one.sides) {
        if (one.kind === "trigger" && this.on.has("points") && isNear && !(one.id === step.point && side === step.side)) {
          add(one, side, ({ x, y }) => svg("circle", { cx: x, cy: y, r: area ? 8 : 3.5, class: "tgt-dot" }));
        }
        if (one.kind === "tender" && this.on.has("tender")) add(one, side, ({ x, y }) => over.dot(x, y, "tender", 6));
      }
    }
    if (own && (this.on.has("points") || target.kind !== "trigger")) {
      const at = toScreen(camera, own.x, own.y);
      drawn.push(over.disc({ key: step.point, x: at.x, y: at.y, tx: at.x, ty: at.y, kind: target.kind }, { selected: true }));
    }
    this.over.replaceChildren(...drawn);
  }

  // Names with a line to what they name; off with the labels.
  #words(step, { figure, camera, size }, target, own, parts) {
    this.labels.replaceChildren();
    if (!this.on.has("labels")) return;
    const line = (text, from) => {
      const { x, y } = freePlace(text, from, size, this.dotsAt);
      this.over.prepend(svg("line", { x1: from.x, y1: from.y, x2: x, y2: y, class: "present-line" }));
      const label = el("span", { textContent: text });
      label.style.cssText = `left:${x}px;top:${y}px`;
      this.labels.append(label);
    };
    if (own) line(words.placeName(target, step.side), toScreen(camera, own.x, own.y));
    for (const part of parts.length > 1 ? parts : []) {
      const at = toScreen(camera, (part.bounds.x0 + part.bounds.x1) / 2, part.bounds.y1);
      const label = el("span", { class: "small", textContent: words.sideWord(part.side) });
      label.style.cssText = `left:${at.x}px;top:${at.y + 24}px`;
      this.labels.append(label);
    }
    if (parts.length) {
      const all = joinBounds(parts.map((part) => part.bounds));
      const at = toScreen(camera, (all.x0 + all.x1) / 2, all.y0);
      const label = el("span", { textContent: target.name });
      label.style.cssText = `left:${at.x}px;top:${Math.max(60, at.y - 36)}px`;
      this.labels.append(label);
    }
    if (!parts.length && !own) return;
    for (const [name, x, y] of figure.levels) {
      const at = toScreen(camera, x, y);
      if (at.y > 60 && at.y < size.h - size.below && (this.on.has("bones") || parts.length)) this.over.append(over.level(name, at.x, at.y));
    }
  }

  #travel(before, now) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still || !before || before.name !== now.name) return;
    const from = before.camera, to = now.camera, scale = from.k / to.k;
    const x = (to.x - from.x) * from.k, y = (to.y - from.y) * from.k;
    this.sheets.animate([{ transform: `translate(${x}px, ${y}px) scale(${scale})` }, { transform: "none" }], MOVE);
  }
}

function boxOf(figure, parts, own, pattern) {
  if (own) {
    const near = { x0: own.x - AROUND, y0: own.y - AROUND, x1: own.x + AROUND, y1: own.y + AROUND };
    return pattern ? joinBounds([near, pattern.bounds]) : near;
  }
  if (parts.length) return joinBounds(parts.map((part) => part.bounds));
  const [x, y, w, h] = figure.viewBox;
  return { x0: x, y0: y, x1: x + w, y1: y + h };
}

// Where a name hides the fewest points: beside the point, above or below.
function freePlace(text, from, size, dots) {
  const half = { w: text.length * 6.5 + 24, h: 30 };
  const places = [[-1, 1], [1, 1], [-1, -1], [1, -1], [-1.25, 0], [1.25, 0]].map(([x, y]) => ({
    x: Math.max(half.w + 8, Math.min(size.w - half.w - 8, from.x + x * (half.w + 40))),
    y: Math.max(84, Math.min(size.h - size.below - 10, from.y + y * 105)),
  }));
  const hidden = ({ x, y }) => dots.filter((dot) => Math.abs(dot.x - x) < half.w + 8 && Math.abs(dot.y - y) < half.h + 8).length;
  return places.reduce((best, place) => (hidden(place) < hidden(best) ? place : best));
}

function lookAt({ x0, y0, x1, y1 }, { w, h, below }) {
  const k = Math.min(NEAREST, (w - 2 * ROOM.x) / (x1 - x0), (h - ROOM.top - below) / (y1 - y0));
  return { k, x: (x0 + x1) / 2 - w / 2 / k, y: (y0 + y1) / 2 - (h + ROOM.top - below) / 2 / k };
}

function isDark() {
  const [r, g, b] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
}
