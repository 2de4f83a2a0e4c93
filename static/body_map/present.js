// The presenting view: one idea at a time over the whole window, for a clinician with a patient
// beside them. It draws with the map's own parts and makes no mark; it sends back that it ended, and
// whether the person's own marks are wanted.

import { watchClock } from "./clock.js";
import { el, icon, setAttribute, setText, svg } from "./dom.js";
import { away } from "./away.js";
import { catalog } from "./figure.js";
import { mounting } from "./mount.js";
import { outbox } from "./outbox.js";
import { textures } from "./spread.js";
import { swatch } from "./inset.js";
import { Waiting } from "./waiting.js";
import { OwnMarks } from "./present_marks.js";
import { Picture } from "./present_picture.js";

const SHEETS = ["tokens.css", "map.css", "controls.css", "present.css"];
const LAYERS = [["points", "Points"], ["muscles", "Muscles"], ["bones", "Bones"], ["spread", "Spread"], ["labels", "Labels"], ["tender", "Tender points"]];
const ROOM = { x: 70, top: 90, bottom: 48 };      // px at the stage's edges; the lower one above the layers
const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " "];
const PREVIOUS = ["ArrowLeft", "ArrowUp", "PageUp"];

export const render = mounting(() => new Openings());

// One view after another: who opens the next story before the page has settled finds the same mount. A
// restarted server counts from the beginning, which ends nothing.
class Openings {
  receive(component) {
    const { turn, steps } = component.data;
    const shown = JSON.stringify(steps);
    if (shown !== this.shown || (this.view.isOver && turn !== this.turn)) {
      this.stop();
      this.view = new Presenting();
    }
    Object.assign(this, { turn, shown });
    this.view.receive(component);
  }

  stop() {
    this.view?.stop();
    this.view?.letGo?.();
  }
}

const LONGEST_HOLD_MS = 3000;

// Holds a link of the page that is pressed, and follows it later: what is sent before the server has heard that
// a story was ended arrives as one message with that, and would be ended, too. Returns what lets it go.
function holdLinks() {
  let pressed = null;
  const hold = (event) => {
    const link = event.composedPath().find((node) => node.localName === "a");
    if (link?.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = link.href;
  };
  const letGo = () => {
    clearTimeout(timer);
    document.removeEventListener("click", hold, true);
    if (pressed) [...document.links].find(({ href }) => href === pressed)?.click();
    pressed = null;
  };
  const timer = setTimeout(letGo, LONGEST_HOLD_MS);
  document.addEventListener("click", hold, true);
  return letGo;
}

class Presenting {
  constructor() {
    this.host = el("div", { class: "bm-present" });
    this.tree = this.host.attachShadow({ mode: "open" });
    this.root = el("div", { class: "bm present", role: "dialog", "aria-modal": "true", "data-screen": "present" });
    this.waiting = new Waiting("presenting view", "press End");
    // Before its style sheets are there, and if they never come, the cover has its way out.
    const { backgroundColor, color, fontFamily } = getComputedStyle(document.querySelector(".stApp"));
    this.host.style.cssText = `position:fixed;inset:0;z-index:1000000;overflow:auto;background:${backgroundColor};color:${color};font-family:${fontFamily}`;
    this.first = el("div", {}, el("button", { type: "button", textContent: "End", onclick: () => this.#end() }));
    this.first.style.cssText = "display:flex;justify-content:flex-end;padding:16px";
    this.first.firstChild.style.cssText = "min-height:44px;padding:0 16px;font:inherit;color:inherit;background:transparent;border:1.5px solid;border-radius:12px;cursor:pointer";
    this.waiting.element.style.cssText = "position:relative;z-index:5;max-width:46em;margin:0 auto;padding:0 16px";
    this.root.append(this.first, this.waiting.element);
    this.root.style.display = "block";
    this.tree.append(this.root);
    document.body.append(this.host);
    this.first.firstChild.focus();
    this.page = document.querySelector('[data-testid="stApp"]');
    this.page.inert = true;
    this.withMarks = false;
    this.onKey = (event) => this.#key(event);
    this.onSize = () => this.#draw();
    document.addEventListener("keydown", this.onKey, true);
    addEventListener("resize", this.onSize);
    document.fonts.addEventListener("loadingdone", this.onSize);      // names were measured without it
  }

  async receive(component) {
    if (this.isOver) return;
    this.component = component;
    if (this.on) this.#takeMarks();
    if (this.steps) return;
    this.steps = component.data.steps;
    this.title = component.data.title;
    this.story = component.data.story;
    const wanted = Number(new URLSearchParams(location.search).get("step")) || 1;
    this.at = Math.max(0, Math.min(this.steps.length - 1, wanted - 1));
    this.root.dataset.theme = isDark() ? "dark" : "light";
    setAttribute(this.root, "aria-label", this.title || this.steps[this.at].title);
    const [read] = await Promise.all([this.waiting.need("catalog", catalog), this.waiting.sheets(this.tree, SHEETS)]);
    if (this.isOver) return;
    this.marks = new OwnMarks(read);
    this.picture = new Picture(read, this.marks, this.waiting);
    this.#build();
    this.endClock = watchClock(() => { this.marks.turn(); this.#draw(); });
    this.#go(this.at);
    this.#takeMarks();
    this.next.focus();
    await this.picture.read(component.data.body, [...new Set(this.steps.map((step) => step.view))]);
    this.#draw();
  }

  stop() {
    if (this.isOver) return;
    this.isOver = true;
    this.endClock?.();
    document.removeEventListener("keydown", this.onKey, true);
    removeEventListener("resize", this.onSize);
    this.waiting.stop();
    document.fonts.removeEventListener("loadingdone", this.onSize);
    this.page.inert = false;
    this.host.remove();
  }

  #build() {
    const key = (text) => el("kbd", { "aria-hidden": "true", textContent: text });
    this.sides = [el("span", { class: "lr l" }), el("span", { class: "lr r" })];
    this.buttons = LAYERS.map(([name, text], i) => el("button", { type: "button", class: "btn layer", "data-layer": name, onclick: () => this.#toggle(name) }, key(i + 1), el("span", { textContent: text })));
    this.markButton = el("button", { type: "button", class: "btn layer", "aria-pressed": "false", onclick: () => this.#switchMarks() }, key("M"), el("span", { textContent: "My marks" }));
    this.bar = el("div", { class: "present-layers", role: "group", "aria-label": "Show" }, ...this.buttons, this.markButton);
    this.stage = el("div", { class: "present-stage" }, this.picture.element, this.picture.names.element, ...this.sides, this.waiting.element, this.bar);

    this.where = el("p", { class: "present-where" });
    this.name = el("h1");
    this.subtitle = el("p", { class: "present-sub" });
    this.text = el("p", { class: "present-say" });
    this.note = el("div", { class: "present-note" });
    this.key = el("div", { class: "present-key" }, svg("svg", { class: "defs", "aria-hidden": "true" }, svg("defs", {}, ...textures("bodymap-key", 1))), ...[["essential", "its pain is often felt here"], ["spill-over", "it may spread here"]]
      .map(([role, text]) => el("p", {}, swatch(role), el("span", { textContent: text }))));
    this.marksLine = el("p", { class: "present-marks", hidden: true });
    this.marksEach = el("p", { class: "vh" });
    this.cite = el("button", { type: "button", class: "btn quiet", onclick: () => this.#cite(this.cited.hidden) });
    this.general = el("span");
    this.cited = el("ul");
    this.previous = el("button", { type: "button", class: "btn big", onclick: () => this.#go(this.at - 1) }, icon("left", 24), el("span", { textContent: "Previous" }));
    this.next = el("button", { type: "button", class: "btn big go", onclick: () => this.#go(this.at + 1) }, el("span", { textContent: "Next" }), icon("right", 24));
    this.dots = el("div", { class: "present-dots", "aria-hidden": "true" }, ...this.steps.map(() => el("i")));
    const quiet = (text, letter, does) => el("button", { type: "button", class: "btn quiet", onclick: does }, el("span", { textContent: text }), key(letter));
    this.keys = quiet("Hide the keys", "K", () => this.#keys());
    this.words = el("div", { class: "present-body", "aria-live": "polite", tabIndex: 0, role: "region", "aria-label": "Text", onscroll: () => this.#more() },
      this.where, this.name, this.subtitle, this.text, this.note, this.key, this.marksLine, this.marksEach,
      el("p", { class: "present-honest", textContent: "From teaching maps and the sources named. Clinicians often disagree about these points. The pain is real either way." }),
      el("div", { class: "present-sources" }, this.cite, this.general, this.cited));
    this.side = el("div", { class: "present-text" },
      el("div", { class: "present-head" }, quiet("Full screen", "F", () => this.#fill()), this.keys, el("span", { class: "sp" }),
        el("button", { type: "button", class: "btn", onclick: () => this.#end() }, el("span", { textContent: "End" }), key("Esc"))),
      this.words,
      el("div", { class: "present-foot" }, this.previous, this.dots, this.next));
    this.root.replaceChildren(this.stage, this.side);
    this.root.style.display = "";
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
    this.cite.hidden = !step.sources.length;
    setText(this.cite, step.sources.length === 1 ? "1 source" : `${step.sources.length} sources`);
    setText(this.general, !step.general ? "" : step.sources.length ? "and general teaching" : "General teaching");
    this.cited.replaceChildren(...step.sources.map((line) => el("li", { textContent: line })));
    this.#cite(false);
    this.previous.hidden = this.next.hidden = this.dots.hidden = !many;
    setAttribute(this.previous, "aria-disabled", to === 0 ? "true" : null);
    setAttribute(this.next, "aria-disabled", to === this.steps.length - 1 ? "true" : null);
    [...this.dots.children].forEach((dot, i) => { dot.className = i === to ? "now" : i < to ? "done" : ""; });
    this.root.classList.toggle("noted", step.note.length > 1);
    this.words.scrollTop = 0;
    if (many) {
      const address = new URL(location.href);
      address.search = new URLSearchParams({ story: this.story, step: to + 1 });
      history.replaceState(history.state, "", address);
    }
    this.#draw();
  }

  #toggle(layer) {
    if (!this.on.delete(layer)) this.on.add(layer);
    this.#draw();
  }

  // Off with every opening; the server sends no mark before this says so.
  #switchMarks() {
    this.withMarks = !this.withMarks;
    setAttribute(this.markButton, "aria-pressed", this.withMarks);
    this.component.setStateValue("marks", this.withMarks ? this.component.data.turn : null);
    // Off and on in a moment: the server hears one wish, has said its answer already, and sends none.
    this.marks.take(this.withMarks && this.component.data.marks != null ? this.component.data : null);
    this.#draw();
  }

  // Marks that come unasked were asked for before they were switched off.
  #takeMarks() {
    const { marks, day } = this.component.data;
    if (this.withMarks && marks != null) {
      this.marks.take({ marks, day });
      this.#draw();
    } else if (marks != null) this.component.setStateValue("marks", null);
  }

  #cite(isOpen) {
    this.cited.hidden = !isOpen;
    setAttribute(this.cite, "aria-expanded", isOpen);
    if (isOpen) this.cited.scrollIntoView({ block: "nearest" });
    this.#more();
  }

  #sayMarks() {
    const { line, each } = this.withMarks ? this.marks.say() : { line: "", each: "" };
    this.marksLine.hidden = !line;
    setText(this.marksLine, line);
    setText(this.marksEach, each);
    this.root.classList.toggle("earlier", Boolean(this.marks.earlier));
  }

  // Whether there is more text below: without a sign, half a list of warnings looks like all of it.
  #more() {
    const { scrollHeight, clientHeight, scrollTop } = this.words;
    this.words.classList.toggle("more", scrollHeight - clientHeight - scrollTop > 6);
  }

  #keys() {
    const hidden = this.root.classList.toggle("nokeys");
    setText(this.keys.firstChild, hidden ? "Show the keys" : "Hide the keys");
  }

  #fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.host.requestFullscreen().catch(() => {});          // a browser may refuse it
  }

  // The page below leads on from here: the server answers with the list or the map, now or once it is back.
  #end() {
    if (document.fullscreenElement) document.exitFullscreen();
    this.stop();
    outbox.leadAway();
    this.letGo = holdLinks();
    this.component.setStateValue("ended", this.component.data.turn);
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || away.isReading) return;
    if (!this.on) {
      if (event.key === "Escape") this.#end();
      return;
    }
    const onButton = this.tree.activeElement?.localName === "button";
    if (this.tree.activeElement === this.words && ["ArrowUp", "ArrowDown"].includes(event.key)) return;      // scrolls the text
    const digit = Number(event.key);
    if (event.key === "Escape" && !this.cited.hidden) this.#cite(false);
    else if (event.key === "Escape" && !document.fullscreenElement) this.#end();
    else if (event.key === " " && onButton) return;
    else if (NEXT.includes(event.key)) this.#go(this.at + 1);
    else if (PREVIOUS.includes(event.key)) this.#go(this.at - 1);
    else if (event.key === "Home") this.#go(0);
    else if (event.key === "End") this.#go(this.steps.length - 1);
    else if (event.key.toLowerCase() === "k") this.#keys();
    else if (event.key.toLowerCase() === "m") this.#switchMarks();
    else if (event.key.toLowerCase() === "f") this.#fill();
    else if (digit >= 1 && digit <= LAYERS.length) this.#toggle(LAYERS[digit - 1][0]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #draw() {
    if (!this.on) return;
    const step = this.steps[this.at];
    for (const button of this.buttons) setAttribute(button, "aria-pressed", this.on.has(button.dataset.layer));
    const back = step.view === "back";
    setText(this.sides[0], back ? "Your left" : "Your right");
    setText(this.sides[1], back ? "Your right" : "Your left");
    const { clientWidth: w, clientHeight: h } = this.stage;
    const room = { x0: ROOM.x, y0: ROOM.top, x1: w - ROOM.x, y1: h - this.bar.offsetHeight - ROOM.bottom };
    this.picture.paint(step, this.on, { w, h, room });
    this.key.hidden = !(this.picture.scene?.pattern && this.on.has("spread"));
    this.#sayMarks();
    this.#more();
  }
}

function isDark() {
  const [r, g, b] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
}
