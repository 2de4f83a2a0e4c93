// Beside the drawing: what a touch does, how broad, what it feels like and how much; and the layers
// drawn so far, which say in words what the colours say.

import { arrange, el, icon, setAttribute } from "./dom.js";
import { LAYER } from "./strokes.js";

const TOOLS = [["brush", "Shade"], ["area", "Whole area"], ["eraser", "Rub out"]];
const WIDTHS = [[12, "Fine"], [28, "Medium"], [60, "Broad"]];

export class Palette {
  // qualities: [[id, name]]; on: {changed(), remove(key of a layer)}
  constructor(qualities, on) {
    this.on = on;
    this.tool = "brush";
    this.width = 28;
    this.layer = { quality: "", nrs: null };
    this.qualities = new Map(qualities);
    this.tools = this.#choices("tool", "What a touch does", TOOLS, () => this.tool, (tool) => { this.tool = tool; });
    this.widths = this.#choices("width", "How broad", WIDTHS, () => this.width, (width) => { this.width = width; });
    this.feels = this.#choices("quality", "What it feels like", [["", "Not said"], ...this.qualities], () => this.layer.quality, (quality) => { this.layer = { ...this.layer, quality }; });
    const levels = [[null, "–"], ...Array.from({ length: 10 }, (_, i) => [i + 1, String(i + 1)])];
    this.levels = this.#choices("level", "How much it hurts", levels, () => this.layer.nrs, (nrs) => { this.layer = { ...this.layer, nrs }; });
    this.levels.element.classList.add("levels");
    for (const { input, value } of this.levels.inputs) {
      input.setAttribute("aria-label", value === null ? "no number" : { 5: "5, medium", 10: "10, worst I can imagine" }[value] ?? String(value));
      if (value !== null) input.parentElement.style.setProperty("--c", `var(--lvl-${value})`);
    }
    this.drawn = el("ul", { class: "drawn" });
    this.rows = new Map();             // of layers by their key
    this.none = el("p", { class: "hint-line", textContent: "Nothing drawn yet." });
    this.element = el("section", { class: "palette", "aria-label": "What to draw with" },
      this.tools.element, this.widths.element, this.feels.element, this.levels.element,
      el("div", { class: "drawn-box" }, el("h2", { textContent: "Drawn so far" }), this.none, this.drawn));
  }

  #choices(name, title, options, current, choose) {
    const inputs = options.map(([value, text]) => {
      const input = el("input", { type: "radio", name: `bodymap-board-${name}`, onchange: () => { choose(value); this.on.changed(); } });
      return { value, input, label: el("label", { class: "chip-choice" }, input, el("span", { textContent: text })) };
    });
    const element = el("fieldset", { class: `choices ${name}` }, el("legend", { textContent: title }), el("div", { class: "chips" }, ...inputs.map(({ label }) => label)));
    return { element, inputs, paint: () => { for (const { value, input, label } of inputs) { input.checked = value === current(); label.classList.toggle("on", input.checked); } } };
  }

  named({ quality, nrs }) {
    const feel = this.qualities.get(quality) ?? "pain";
    return `${feel[0].toUpperCase()}${feel.slice(1)}${nrs == null ? "" : `, ${nrs} of 10`}`;
  }

  // here: the layers of the view shown; there: those of the other one, which is called `thatView`
  paint(here, there, thatView) {
    for (const one of [this.tools, this.widths, this.feels, this.levels]) one.paint();
    this.widths.element.hidden = this.tool === "area";
    this.feels.element.hidden = this.levels.element.hidden = this.tool === "eraser";
    this.none.hidden = here.length + there.length > 0;
    const wanted = JSON.stringify([here.map(LAYER), there.map(LAYER), this.layer]);
    if (wanted === this.shown) return;
    this.shown = wanted;
    arrange(this.drawn, [...here.map((layer) => this.#row(layer)),
      ...there.map((layer) => el("li", { class: "elsewhere" }, this.#swatch(layer), el("span", { textContent: `${this.named(layer)} (${thatView.toLowerCase()})` })))]);
  }

  // The same row for the same layer, however often the list changes.
  #row(layer) {
    const key = LAYER(layer);
    if (!this.rows.has(key)) this.rows.set(key, this.#newRow(layer));
    const { element, go } = this.rows.get(key);
    const own = key === LAYER(this.layer);
    go.classList.toggle("on", own);
    setAttribute(go, "aria-pressed", own);
    return element;
  }

  #newRow(layer) {
    const name = this.named(layer);
    const go = el("button", { type: "button", class: "drawn-go", onclick: () => { this.layer = { quality: layer.quality, nrs: layer.nrs }; if (this.tool === "eraser") this.tool = "brush"; this.on.changed(); } }, this.#swatch(layer), el("span", { textContent: name }));
    return { go, element: el("li", {}, go, el("button", { type: "button", class: "icb", "aria-label": `Take ${name} away`, title: "Take away", onclick: () => this.on.remove(LAYER(layer)) }, icon("close", 18))) };
  }

  #swatch({ nrs }) {
    const mark = el("i", { class: "swatch num", "aria-hidden": "true", textContent: nrs == null ? "–" : String(nrs) });
    mark.style.cssText = nrs == null ? "" : `background:var(--lvl-${nrs});color:var(--lvl-${nrs}-ink)`;
    return mark;
  }
}
