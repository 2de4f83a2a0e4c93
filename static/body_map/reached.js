// The look-up in the list: which places were touched, and the points whose pain is said to reach
// them, the best first, each with a small picture of both.

import { el, setText, svg } from "./dom.js";
import { Alarm } from "./alarm.js";
import { patternPicture } from "./pattern.js";
import * as words from "./words.js";

const FIRST = 6;                       // rows before "Show all"
const PARTS = [[80, "nearly all of it"], [50, "most of it"], [20, "part of it"], [0, "a small part"]];

export class Reached {
  constructor(state, act, patternOf) {
    this.state = state;
    this.act = act;
    this.patternOf = patternOf;
    this.showsAll = false;
    this.hits = [];
    this.alarm = new Alarm();
    this.ask = el("p", { class: "ask", role: "status" });
    this.kinds = [[false, "Areas"], [true, "Spots"]].map(([spots, text]) => {
      const input = el("input", { type: "radio", name: "bodymap-spots", onchange: () => act.setSpots(spots) });
      return { spots, input, label: el("label", {}, input, el("span", { textContent: text })) };
    });
    this.again = el("button", { type: "button", class: "btn quiet", textContent: "Start again", onclick: () => act.touchAgain() });
    this.rows = el("div", { class: "hits" });
    this.more = el("button", { type: "button", class: "btn", onclick: () => { this.showsAll = true; this.#build(); } });
    this.element = el("section", { class: "reached", "aria-label": "Where it hurts", hidden: true },
      el("div", { class: "seg", role: "radiogroup", "aria-label": "What a touch takes" }, ...this.kinds.map(({ label }) => label)),
      this.ask, this.alarm.element, this.rows, this.more,
      el("div", { class: "reachedfoot" }, this.again, el("button", { type: "button", class: "btn quiet", textContent: "Back to the start", onclick: () => act.back() })));
  }

  // found: {choice, reached: [[slot, often felt %, may spread %, elsewhere %]]}, the best first
  paint({ choice, reached, alarm, number }, figure) {
    const { state } = this;
    this.element.hidden = !state.looking;
    if (!state.looking) return void (this.showsAll = false);
    for (const { spots, input, label } of this.kinds) {
      input.checked = state.spots === spots;
      label.classList.toggle("on", input.checked);
    }
    const { hurts } = state.choice;
    this.again.hidden = !hurts.length;
    this.alarm.paint(hurts.length ? alarm : null, number);
    const isAnswered = !hurts.length || choice.hurts?.length === hurts.length;
    if (isAnswered) this.hits = hurts.length ? reached : [];
    const found = this.hits.length;
    setText(this.ask, !hurts.length ? "Touch every place that hurts. The back and the front both count."
      : !isAnswered ? "Looking …"
      : found === 1 ? "1 point is said to send pain here."
      : found ? `${found} points are said to send pain here. The best fit comes first.` : "No point of these maps is said to reach this.");
    const wanted = JSON.stringify([this.hits, state.choice, Boolean(figure)]);
    if (wanted === this.built && this.isComplete) return;
    this.built = wanted;
    this.figure = figure;
    this.#build();
  }

  #build() {
    const { state } = this;
    const shown = this.hits.slice(0, this.showsAll ? this.hits.length : FIRST);
    this.isComplete = true;
    this.rows.replaceChildren(...shown.map((hit) => this.#row(hit)));
    this.more.hidden = shown.length === this.hits.length;
    setText(this.more, `Show all ${this.hits.length}`);
  }

  #row([slot, often, may, elsewhere]) {
    const { state } = this;
    const [id, side] = state.catalog.slots[slot];
    const name = words.placeName(state.targets.get(id), side);
    const part = PARTS.find(([least]) => often + may >= least)[1];
    const says = `${often >= may ? "often felt in" : "may spread to"} ${part}${elsewhere > 80 ? ", mostly felt elsewhere" : ""}`;
    return el("button", { type: "button", class: "hit", onclick: () => this.act.choosePoint(id, side, true) },
      this.#picture(id, side), el("span", { class: "nm" }, el("span", { textContent: name }), el("small", { textContent: says })));
  }

  // The pattern and what was touched, on the view where they can meet.
  #picture(id, side) {
    const { state, figure } = this;
    const { body, view, hurts } = state.choice;
    const views = state.targets.get(id).pattern.views;
    const touched = new Set(hurts.map(([place]) => state.targets.get(place)?.view ?? place));
    const shown = [view, view === "back" ? "front" : "back"].find((each) => views.includes(each) && touched.has(each)) ?? views[0];
    const pattern = this.patternOf(`${body}-${shown}`, id, side);
    this.isComplete &&= Boolean(pattern && figure);
    if (!figure) return patternPicture();
    const outlines = shown !== view ? [] : hurts.filter((place) => place.length === 2)
      .flatMap(([place, on]) => (figure.areas.get(place) ?? []).filter((one) => one.side === on).map((one) => svg("path", { d: one.d, class: "hit-touched" })));
    const spots = shown !== view ? [] : state.spotsShown.map(({ x, y, r }) => svg("circle", { cx: x, cy: y, r, class: "hit-touched" }));
    return patternPicture(figure, pattern, side, shown === view ? null : shown, ...outlines, ...spots);
  }
}
