// The places marked today, one after the other, to be marked a second time. What was answered first is
// not here at all: the server only says which places and scales to ask. What is answered goes through
// an outbox, as marks do.

import { el, icon, setText } from "./dom.js";
import { isDark, mounted, mounting, sheet } from "./mount.js";
import { Outbox, tabStorage } from "./outbox.js";
import { Saved } from "./saved.js";
import { Scale } from "./scale.js";
import * as words from "./words.js";

const SHEETS = ["tokens.css", "map.css", "controls.css", "again.css"];
const SCALES = [
  ["touched", "When touched", "a light touch, or from memory"],
  ["by_itself", "By itself", ""],
];
const ENDS = Object.values(words.LEVEL_WORDS);
const NOTHING = { touched: null, by_itself: null };

export const render = mounting(({ parentElement }) => new Again(parentElement));

const keyOf = ({ target, side }) => `${target}|${side}`;

class Again {
  constructor(root) {
    Object.assign(this, mounted(root, "bm again", "again"));
    for (const name of SHEETS) sheet(root, name);
    this.outbox = new Outbox("bodymap.again.1", tabStorage(), ({ target }) => typeof target === "string", () => this.paint());
    this.#build();
  }

  // data: {day, places: [{target, side, name, kind, scales}], again: {"target|side": {touched, by_itself}},
  // acked, problem, record}
  receive(component) {
    this.component = component;
    const { data } = component;
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    this.outbox.send = (operations) => this.component.setStateValue("outbox", operations);
    this.outbox.receive(data);
    this.places = data.places;
    this.again = data.again;
    if (this.day !== data.day || this.at === undefined) {
      this.day = data.day;
      const open = this.places.findIndex((place) => place.scales.some((scale) => this.#said(place)[scale] === null));
      this.at = open < 0 ? this.places.length : open;
    }
    this.at = Math.min(this.at, this.places.length);
    this.outbox.flushIfWaiting();
    this.paint();
  }

  stop() {
    this.outbox.stop();
  }

  #build() {
    this.count = el("p", { class: "count" });
    this.saved = new Saved();
    this.name = el("h2", { tabIndex: -1 });
    this.question = el("p", { class: "question" });
    this.scales = SCALES.map(([scale, name, wide]) => ({ scale, asked: new Scale({ id: `again-${scale}`, name, wide, ends: ENDS }, { choose: (level) => this.#level(scale, level) }) }));
    this.previous = el("button", { type: "button", class: "btn", onclick: () => this.#go(-1) }, icon("left", 19), el("span", { textContent: "Previous" }));
    this.nextText = el("span");
    this.next = el("button", { type: "button", class: "btn go", onclick: () => this.#go(1) }, this.nextText, icon("right", 19));
    this.clear = el("button", { type: "button", class: "btn quiet", textContent: "Clear", onclick: () => this.#say(NOTHING) });
    this.root.replaceChildren(
      el("div", { class: "again-head" }, this.count, this.saved.element),
      el("div", { "aria-live": "polite" }, this.name, this.question),
      ...this.scales.map(({ asked }) => asked.element),
      el("div", { class: "padfoot" }, this.previous, this.next, this.clear));
  }

  paint() {
    if (!this.places) return;
    this.root.hidden = !this.places.length;
    const place = this.places[this.at];
    const said = place ? this.#said(place) : NOTHING;
    setText(this.count, place ? `${this.at + 1} of ${this.places.length}` : "");
    setText(this.name, place ? place.name : "That is all. Thank you.");
    setText(this.question, place ? words.padQuestion(place) : "You can go back to any place, or leave.");
    for (const { scale, asked } of this.scales) {
      asked.element.hidden = !place?.scales.includes(scale);
      asked.element.classList.toggle("overall", place?.kind === "overall");    // the question says it all
      asked.paint(said[scale], `${this.day} ${this.at}`);
    }
    this.previous.hidden = this.at === 0;
    this.next.hidden = !place;
    setText(this.nextText, this.at + 1 < this.places.length ? "Next" : "Finish");
    this.clear.hidden = said.touched === null && said.by_itself === null;
    this.saved.paint(this.outbox, this.places.some((one) => Object.values(this.#said(one)).some((level) => level !== null)));
  }

  // What was answered again at a place: what is on its way, or else what the server has.
  #said(place) {
    const waiting = this.outbox.pending.filter((one) => one.day === this.day && keyOf(one) === keyOf(place)).at(-1);
    return { ...NOTHING, ...(waiting ? { touched: waiting.touched, by_itself: waiting.by_itself } : this.again[keyOf(place)]) };
  }

  #level(scale, level) {
    if (this.#said(this.places[this.at])[scale] !== level) this.#say({ [scale]: level });
  }

  #say(change) {
    const place = this.places[this.at];
    const { target, side } = place;
    this.outbox.add({ day: this.day, target, side, ...this.#said(place), ...change });
    this.paint();
  }

  #go(step) {
    this.at += step;
    this.component.setStateValue("is_finished", this.at === this.places.length);
    this.paint();
    const first = this.scales.find(({ asked }) => !asked.element.hidden);
    if (first) first.asked.focus();
    else this.name.focus();
    this.host.scrollIntoView({ block: "nearest" });
  }
}
