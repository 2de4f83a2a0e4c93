// The places marked today, one after the other, to be marked a second time. What was answered first is
// not here at all: the server only says which places and scales to ask. What is answered goes through
// an outbox, as marks do.

import { today, watchClock } from "./clock.js";
import { el, icon, setText } from "./dom.js";
import { isDark, mounted, mounting } from "./mount.js";
import { outbox } from "./outbox.js";
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
const ALL_DONE = ["That is all. Thank you.", "You can go back to any place, or leave."];
const NEW_DAY = ["A new day has begun.", "Mark a place on the map first. Then you can mark it again here."];

export const render = mounting(({ parentElement }) => new Again(parentElement));

const keyOf = ({ target, side }) => `${target}|${side}`;

class Again {
  constructor(root) {
    Object.assign(this, mounted(root, "bm again", "again", "questions", SHEETS));
    this.endListening = outbox.listen(() => this.paint());
    this.#build();
    this.endClock = watchClock(() => this.turn(), this.host);
  }

  // data: {day, places: [{target, side, name, kind, scales}], again: {"target|side": {touched, by_itself}},
  // acked, problem, record}
  receive(component) {
    this.component = component;
    const { data } = component;
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    outbox.carry(this, (message) => component.setStateValue("outbox", message));
    outbox.receive(data);
    this.turn();
  }

  // Turns to today by this device's clock, whatever the server takes for it; what the server asks about
  // another day is not asked.
  turn() {
    if (!this.component) return;
    const { day, places, again } = this.component.data;
    const now = today();
    this.isOver = day !== now && places.length > 0;
    this.places = day === now ? places : [];
    this.again = day === now ? again : {};
    if (this.day !== now || this.at === undefined) {
      this.day = now;
      const open = this.places.findIndex((place) => place.scales.some((scale) => this.#said(place)[scale] === null));
      this.at = open < 0 ? this.places.length : open;
    }
    this.at = Math.min(this.at, this.places.length);
    this.paint();
  }

  stop() {
    this.endClock();
    this.endListening();
    outbox.leave(this);
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
    this.root.hidden = !this.places.length && !this.isOver;
    const place = this.places[this.at];
    const said = place ? this.#said(place) : NOTHING;
    setText(this.count, place ? `${this.at + 1} of ${this.places.length}` : "");
    const [end, how] = this.isOver ? NEW_DAY : ALL_DONE;
    setText(this.name, place ? place.name : end);
    setText(this.question, place ? words.padQuestion(place) : how);
    for (const { scale, asked } of this.scales) {
      asked.element.hidden = !place?.scales.includes(scale);
      asked.element.classList.toggle("overall", place?.kind === "overall");    // the question says it all
      asked.paint(said[scale], `${this.day} ${this.at}`);
    }
    this.previous.hidden = this.at === 0;
    this.next.hidden = !place;
    setText(this.nextText, this.at + 1 < this.places.length ? "Next" : "Finish");
    this.clear.hidden = said.touched === null && said.by_itself === null;
    const refusal = outbox.refusalOf((one) => one.kind === "mark" && one.again)?.sentence;
    this.saved.paint(outbox, "mark", this.places.some((one) => Object.values(this.#said(one)).some((level) => level !== null)), refusal);
  }

  // What was answered again at a place: what is on its way, or else what the server has.
  #said(place) {
    const waiting = outbox.shown((one) => one.kind === "mark" && one.again && one.day === this.day && keyOf(one) === keyOf(place)).at(-1);
    return { ...NOTHING, ...(waiting ? { touched: waiting.touched, by_itself: waiting.by_itself } : this.again[keyOf(place)]) };
  }

  #level(scale, level) {
    if (this.#said(this.places[this.at])[scale] !== level) this.#say({ [scale]: level });
  }

  #say(change) {
    const place = this.places[this.at];
    const { target, side } = place;
    const said = this.#said(place);
    const was = Object.fromEntries(Object.keys(change).map((scale) => [scale, said[scale]]));
    outbox.add({ kind: "mark", again: true, day: this.day, target, side, ...said, ...change }, { was });
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
