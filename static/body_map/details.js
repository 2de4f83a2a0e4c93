// What can be said about a mark besides its levels: what it feels like, whether it comes and goes,
// how deep, how sure of the place, a note. All of it optional and folded away until asked for.

import { el, icon, ownWords, setAttribute, setText } from "./dom.js";
import { Writing } from "./writing.js";

const EITHER = [
  ["course", "When", [["constant", "All the time"], ["comes-and-goes", "Comes and goes"]]],
  ["depth", "How deep", [["surface", "Near the skin"], ["deep", "Deep inside"]]],
  ["certainty", "How sure of the place", [["exactly", "Exactly here"], ["about", "About here"]]],
];
const NOTHING = { qualities: [], own_word: "", course: null, depth: null, certainty: null, note: "" };
const LONGEST = { own_word: 60, note: 500 };
const PAUSE_MS = 900;                  // typing rests this long before the field shows what others wrote

let count = 0;

export class Details {
  // changed(details | null, isTyped): the whole of what is said now; rested(): no more is typed for now;
  // written(): nobody writes any more
  constructor(changed, rested, written) {
    this.changed = changed;
    this.rested = rested;
    this.said = NOTHING;
    this.toggles = new Map();          // "qualities|burning" -> button
    const id = `bodymap-details-${(count += 1)}`;
    this.head = el("button", { type: "button", class: "btn quiet more", "aria-expanded": "false", "aria-controls": id, onclick: () => this.#open(this.body.hidden) }, el("span"), icon("down", 17));
    this.chips = el("div", { class: "says" });
    this.ownWord = this.#field("input", "own_word", "Another word");
    this.note = this.#field("textarea", "note", "A note to yourself");
    this.writing = new Writing([this.ownWord.input, this.note.input], written);
    this.body = el("div", { class: "details-body", id, hidden: true },
      this.#group("What it feels like", this.chips), this.ownWord.element,
      ...EITHER.map(([field, title, options]) => this.#group(title, el("div", { class: "says" }, ...options.map(([value, text]) => this.#toggle(field, value, text))))),
      this.note.element);
    this.element = el("div", { class: "details", hidden: true }, this.head, this.body);
  }

  // mark: the mark to say more about, or null while there is none
  paint(mark, place, qualities) {
    this.element.hidden = !mark;
    if (!mark) return;
    if (place !== this.place) this.#open(false);
    this.place = place;
    this.said = { ...NOTHING, ...mark.details };
    if (!this.chips.firstChild) this.chips.append(...(qualities ?? []).map(([id, name]) => this.#toggle("qualities", id, name)));
    for (const [key, button] of this.toggles) {
      const [field, value] = key.split("|");
      const on = field === "qualities" ? this.said.qualities.includes(value) : this.said[field] === value;
      setAttribute(button, "aria-pressed", on);
    }
    for (const { input, field } of [this.ownWord, this.note]) if (!this.typing && input.value !== this.said[field]) input.value = this.said[field];
    setText(this.head.firstChild, this.#summary(qualities ?? []));
  }

  // Typed words are kept with each key; now they go out.
  finish() {
    if (!this.typing) return;
    clearTimeout(this.typing);
    this.typing = 0;
    this.rested();
  }

  #summary(qualities) {
    const names = new Map(qualities);
    const { qualities: felt, own_word: own, note } = this.said;
    const words = [...felt.map((id) => names.get(id) ?? id), ownWords(own)].filter(Boolean);
    if (this.said.course) words.push(EITHER[0][2].find(([value]) => value === this.said.course)[1].toLowerCase());
    if (note) words.push("note");
    return words.length ? `Says: ${words.join(", ")}` : "Say more about it";
  }

  #group(title, content) {
    return el("div", { role: "group", "aria-label": title }, el("p", { class: "says-title", "aria-hidden": "true", textContent: title }), content);
  }

  #toggle(field, value, text) {
    const button = el("button", { type: "button", class: "say", "aria-pressed": "false", textContent: text, onclick: () => this.#press(field, value) });
    this.toggles.set(`${field}|${value}`, button);
    return button;
  }

  #press(field, value) {
    const { qualities } = this.said;
    if (field === "qualities") this.#say({ qualities: qualities.includes(value) ? qualities.filter((one) => one !== value) : [...qualities, value] });
    else this.#say({ [field]: this.said[field] === value ? null : value });
  }

  #field(tag, field, text) {
    const input = el(tag, { maxLength: LONGEST[field], autocomplete: "off", ...(tag === "textarea" ? { rows: 2 } : { type: "text" }) });
    const rest = () => this.finish();
    input.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(rest, PAUSE_MS);
      this.#say({ [field]: input.value }, true);
    });
    input.addEventListener("change", rest);
    const element = el("label", { class: "says-field" }, el("span", { textContent: text }), input);
    return { field, input, element };
  }

  #say(change, isTyped = false) {
    this.said = { ...this.said, ...change };
    const { qualities, own_word: own, course, depth, certainty, note } = this.said;
    const isNothing = !qualities.length && !own && !course && !depth && !certainty && !note;
    this.changed(isNothing ? null : this.said, isTyped);
  }

  #open(opens) {
    this.body.hidden = !opens;
    setAttribute(this.head, "aria-expanded", opens);
  }
}
