// The mark pad: eleven levels when touched, eleven by itself, no pain, undo, clear, and whether it
// is saved.

import { el, icon, setAttribute, setText } from "./dom.js";
import { Details } from "./details.js";
import { Alarm } from "./alarm.js";
import { Saved } from "./saved.js";
import { Scale } from "./scale.js";
import * as words from "./words.js";

const SCALES = [
  { kind: "touched", name: "When touched", wide: "a light touch, or from memory", slim: "lightly" },
  { kind: "byItself", name: "By itself", wide: "", slim: "" },
];
const ENDS = ["no pain", "medium", "worst I can imagine"];
const TEN_MS = 900;                    // a 0 within this time after a 1 makes it a 10

export class Pad {
  // written(): words were written about a mark, and are no longer
  constructor(state, act, written) {
    this.state = state;
    this.act = act;
    this.title = el("h2", { class: "slim" });
    this.question = el("h3", { class: "wide" });
    this.side = el("span", { class: "chip slim", hidden: true });
    this.saved = new Saved();
    this.alarm = new Alarm();
    this.scales = SCALES.map(({ kind, name, wide, slim }) => Object.assign(
      new Scale({ id: kind, name, wide, slim, ends: ENDS }, { choose: (level) => act.mark(kind, level), digit: (digit) => this.digit(kind, digit) }), { kind }));
    this.problem = el("p", { class: "problem" });
    this.noPain = el("button", { type: "button", class: "btn", textContent: "No pain here", onclick: () => act.noPain() });
    this.lastTime = el("button", { type: "button", class: "btn quiet", hidden: true, onclick: () => act.asLastTime() });
    this.undo = this.#quiet("Undo", "undo", () => act.undo());
    this.clear = this.#quiet("Clear", null, () => act.clear());
    this.details = new Details((details, isTyped) => act.describe(this.describing, details, isTyped), () => act.rest(), written);
    this.note = el("span", { class: "note", role: "status" });
    this.element = el("section", { class: "pad", hidden: true },
      el("div", { class: "padhead" }, this.title, this.question, this.side, this.saved.element), this.alarm.element,
      ...this.scales.map((scale) => scale.element), this.problem,
      el("div", { class: "padfoot" }, this.noPain, this.undo, this.clear, this.lastTime, this.note), this.details.element);
  }

  #quiet(text, iconName, does) {
    const button = el("button", { type: "button", class: "btn quiet" }, iconName ? icon(iconName, 19) : null, el("span", { textContent: text }));
    button.onclick = () => { if (button.getAttribute("aria-disabled") !== "true") does(); };
    return button;
  }

  // qualities: [[id, name]] in the order to offer them
  paint(alarm, number, qualities) {
    const { state } = this;
    const place = state.place;
    this.element.hidden = !place;
    // what is being typed belongs to the place that is left
    if (!place || this.describing?.id !== place.id || this.describing.side !== place.side) this.details.finish();
    this.describing = place;
    if (!place) return;
    const name = words.placeName(place.target, place.side);
    setAttribute(this.element, "aria-label", `Mark: ${name}`);
    setText(this.title, place.target.kind === "overall" ? words.padQuestion(place.target) : place.target.name);
    setText(this.question, words.padQuestion(place.target));
    setText(this.side, words.sideWord(place.side));
    this.side.hidden = name === place.target.name;
    const area = place.target.area ? state.targets.get(place.target.area) : place.target;
    this.alarm.paint(place.target.alarm || area.alarm ? alarm : null, number);
    const overall = place.target.kind === "overall";
    const mark = state.today(place.id, place.side);
    for (const scale of this.scales) {
      scale.element.hidden = overall && scale.kind === "touched";
      scale.element.classList.toggle("overall", overall);    // the question above says it all
      scale.paint(mark?.[scale.kind] ?? null, `${place.id}|${place.side}`);
    }
    setText(this.noPain, overall ? "No pain today" : "No pain here");
    const last = state.lastTime.get(`${place.id}|${place.side}`);
    this.lastTime.hidden = Boolean(mark) || !last;
    if (last) setText(this.lastTime, `As last time: ${words.levelWords(last, overall)}`);
    setAttribute(this.undo, "aria-disabled", state.canUndo(place) ? null : "true");
    setAttribute(this.clear, "aria-disabled", mark ? null : "true");
    if (this.noteFor !== `${place.id}|${place.side}`) this.say("");
    this.#paintStatus(mark);
    this.details.paint(mark && !state.showsEarlier && !overall ? mark : null, `${place.id}|${place.side}`, qualities);
  }

  #paintStatus(mark) {
    const { outbox, place } = this.state;
    const refusal = this.state.refusal(place)?.sentence;
    const problem = outbox.statusOf("mark") === "late" && outbox.problem;
    setText(this.problem, refusal ?? (problem || ""));
    this.saved.paint({ statusOf: () => outbox.statusOf("mark") }, "mark", Boolean(mark), refusal);       // the rest is said in other places
  }

  // A short word after undo or clear, with the way back.
  say(text, withUndo = false) {
    const place = this.state.place;
    this.noteFor = place && `${place.id}|${place.side}`;
    this.note.replaceChildren(...(text ? [el("span", { textContent: text })] : []));
    if (withUndo) this.note.append(el("button", { type: "button", class: "btn quiet", textContent: "Undo", "aria-label": "Undo clear", onclick: () => this.act.undo() }));
  }

  // Marks by digit key; returns the level. 1 and then 0 is ten.
  digit(kind, digit) {
    const now = performance.now();
    const ten = digit === 0 && this.lastDigit?.kind === kind && this.lastDigit.digit === 1 && now - this.lastDigit.at < TEN_MS;
    this.lastDigit = { kind, digit, at: now };
    const level = ten ? 10 : digit;
    this.act.mark(kind, level);
    return level;
  }

  focus() {
    this.scales.find((scale) => !scale.element.hidden)?.focus();
  }
}
