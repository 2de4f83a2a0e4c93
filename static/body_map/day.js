// The answers of a day: worst and least pain, sleep, tiredness, mood, what was tried and whether it
// helped, a journal. All optional; each answer goes through an outbox as marks do.

import { today, watchClock } from "./clock.js";
import { arrange, el, ownWords, setAttribute, setText } from "./dom.js";
import { isDark, mounted, mounting } from "./mount.js";
import { outbox } from "./outbox.js";
import { Saved } from "./saved.js";
import { Scale } from "./scale.js";
import { withRefused } from "./statements.js";
import { dateName } from "./words.js";
import { Writing } from "./writing.js";

const SHEETS = ["tokens.css", "map.css", "controls.css", "day.css"];
const SCALES = [
  ["worst_nrs", "Worst pain since you woke up", ["no pain", "medium", "worst I can imagine"]],
  ["least_nrs", "Least pain since you woke up", ["no pain", "medium", "worst I can imagine"]],
  ["sleep_nrs", "Last night's sleep", ["slept well", "so-so", "hardly slept"]],
  ["fatigue_nrs", "How tired you are", ["not tired", "medium", "worn out"]],
  ["mood_nrs", "Your mood", ["good", "so-so", "very low"]],
];
const HELPED = [["yes", "Helped"], ["a-little", "A little"], ["no", "No"]];
const NOTHING = { worst_nrs: null, least_nrs: null, sleep_nrs: null, fatigue_nrs: null, mood_nrs: null, tried: [], journal: "" };
const LONGEST_JOURNAL = 2000;
const LONGEST_NAME = 40;
const PAUSE_MS = 900;                  // typing rests this long before the field shows what others wrote
const named = (name) => ownWords(name).replace(/^./u, (first) => first.toUpperCase());

export const render = mounting(({ parentElement }) => new Day(parentElement));

class Day {
  constructor(root) {
    Object.assign(this, mounted(root, "bm day", "day", "questions", SHEETS));
    this.said = NOTHING;
    this.isChanging = false;           // the list of things tried
    this.endListening = outbox.listen(() => this.paint());
    this.endClock = watchClock(() => this.turn(), this.host);
  }

  // data: {day, picked, things: [[id, name, is offered]], list_refused, answers} and what became of statements
  receive(component) {
    this.component = component;
    const { data } = component;
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    outbox.carry(this, (message) => component.setStateValue("outbox", message));
    outbox.receive(data);
    // while the list is being changed the page knows best, unless the change was refused
    if (!this.things || !this.isChanging || data.list_refused) this.things = data.things.map(([what, name, isOffered]) => ({ what, name, isOffered }));
    this.refused = data.list_refused;
    if (!this.scales) this.#build();
    this.turn();
  }

  // Turns to the day that is asked about: today by this device's clock, whatever the server takes for it,
  // or an earlier one that was picked by hand.
  turn() {
    if (!this.scales) return;
    const { day, picked, answers } = this.component.data;
    const now = today();
    const wanted = picked && day < now ? day : now;
    if (wanted !== this.day && !(this.day && this.writing.isGoingOn)) {
      this.finish();
      this.day = wanted;
      this.said = NOTHING;
    }
    const waiting = outbox.shown((one) => one.kind === "answers" && one.day === this.day).at(-1)?.answers;
    const known = waiting ?? (day === this.day ? answers : null);      // else what was said here so far
    if (known && !this.typing) this.said = withRefused({ ...NOTHING, ...known }, this.notTaken);
    this.paint();
  }

  stop() {
    this.finish();
    this.endClock();
    this.writing?.stop();
    this.endListening();
    outbox.leave(this);
  }

  #build() {
    this.date = el("h2");
    this.saved = new Saved();
    this.scales = SCALES.map(([field, name, ends]) => ({ field, scale: new Scale({ id: `day-${field}`, name, ends }, { choose: (level) => this.#level(field, level) }) }));
    this.clears = new Map(this.scales.map(({ field, scale }) => {
      const clear = el("button", { type: "button", class: "btn quiet unsay", textContent: "Clear", "aria-label": `Clear: ${SCALES.find(([one]) => one === field)[1]}`, onclick: () => this.#say({ [field]: null }) });
      scale.element.querySelector(".ql").append(clear);
      return [field, clear];
    }));
    this.triedTitle = el("h3");
    this.tried = el("div", { class: "tried" });
    this.list = el("div", { class: "tried-list", id: "bodymap-tried-list", role: "group", "aria-label": "What you are offered", hidden: true });
    this.changeList = el("button", { type: "button", class: "btn quiet", "aria-expanded": "false", "aria-controls": "bodymap-tried-list", onclick: () => this.#change(!this.isChanging) });
    this.refusal = el("p", { class: "problem", role: "status" });
    this.notKept = el("p", { class: "problem", role: "status" });
    this.otherName = el("span");
    this.other = el("input", { type: "text", maxLength: LONGEST_NAME, autocomplete: "off" });
    const add = el("button", { type: "button", class: "btn", textContent: "Add", onclick: () => this.#addOther() });
    this.other.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); this.#addOther(); } });
    this.journal = el("textarea", { rows: 3, maxLength: LONGEST_JOURNAL });
    this.journal.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.finish(), PAUSE_MS);
      this.#say({ journal: this.journal.value }, true);
    });
    this.journal.addEventListener("change", () => this.finish());
    this.writing = new Writing([this.journal, this.other], () => this.turn());
    this.root.replaceChildren(
      el("div", { class: "day-head" }, el("div", {}, this.date, el("p", { textContent: "Everything here is optional. Each answer saves by itself." })), this.saved.element),
      ...this.scales.map(({ scale }) => scale.element),
      el("section", { "aria-label": "What you tried" }, this.triedTitle, this.tried, this.list, this.refusal,
        el("div", { class: "day-other" }, el("label", {}, this.otherName, this.other), add), this.changeList),
      el("label", { class: "says-field" }, el("span", { textContent: "Notes for yourself" }), this.journal), this.notKept);
  }

  // Typed words are kept with each key; now they go out.
  finish() {
    if (!this.typing) return;
    clearTimeout(this.typing);
    this.typing = 0;
    outbox.release();
  }

  get notTaken() {
    return outbox.refusalOf((one) => one.kind === "answers" && one.day === this.day);
  }

  paint() {
    if (!this.scales) return;
    setText(this.date, dateName(this.day));
    for (const { field, scale } of this.scales) {
      scale.paint(this.said[field], `${this.day} ${field}`);
      this.clears.get(field).hidden = this.said[field] === null;
    }
    if (!this.typing && this.journal.value !== this.said.journal) this.journal.value = this.said.journal;
    this.#paintTried();
    const refusal = this.notTaken?.sentence;
    setText(this.notKept, refusal ?? "");
    this.saved.paint(outbox, "answers", JSON.stringify(this.said) !== JSON.stringify(NOTHING), refusal);
  }

  #paintTried() {
    const has = (what) => this.said.tried.some((one) => one.what === what);
    const known = this.things.filter(({ what, isOffered }) => isOffered || has(what));
    const others = this.said.tried.filter(({ what }) => !this.things.some((one) => one.what === what));
    const names = new Map([...known.map(({ what, name }) => [what, name]), ...others.map(({ what }) => [what, what])]);
    this.tried.hidden = this.isChanging;
    this.list.hidden = !this.isChanging;
    setAttribute(this.changeList, "aria-expanded", this.isChanging);
    setText(this.changeList, this.isChanging ? "Done with the list" : "Change this list");
    setText(this.triedTitle, this.isChanging ? "What you want to be offered" : "What you tried since last time");
    setText(this.otherName, this.isChanging ? "Something of your own to offer" : "Something else");
    setText(this.refusal, this.refused ?? "");
    if (this.isChanging) this.#paintList();
    const wanted = JSON.stringify([...names]);
    if (wanted !== this.triedShown) {
      this.triedShown = wanted;
      const before = this.rows ?? [];
      this.rows = [...names].map(([what, name]) => before.find((row) => row.what === what && row.name === name) ?? this.#triedRow(what, name));
      arrange(this.tried, this.rows.map(({ element }) => element));
    }
    for (const { what, button, helped } of this.rows) {
      const own = this.said.tried.find((one) => one.what === what);
      setAttribute(button, "aria-pressed", Boolean(own));
      helped.element.hidden = !own;
      for (const { value, toggle } of helped.toggles) setAttribute(toggle, "aria-pressed", own?.helped === value);
    }
  }

  // What is taken out stays here to be put back, until the list is closed.
  #paintList() {
    const wanted = JSON.stringify(this.things.map(({ what, name }) => [what, name]));
    if (wanted !== this.listShown) {
      this.listShown = wanted;
      const before = this.boxes ?? [];
      this.boxes = this.things.map(({ what, name }) => before.find((one) => one.what === what && one.name === name) ?? this.#offeredBox(what, name));
      arrange(this.list, this.boxes.map(({ element }) => element));
    }
    for (const { what, box } of this.boxes) box.checked = this.things.find((one) => one.what === what).isOffered;
  }

  #offeredBox(what, name) {
    const box = el("input", { type: "checkbox", onchange: () => this.#offer(what, name, box.checked) });
    return { what, name, box, element: el("label", { class: "choice" }, box, el("span", { textContent: named(name) })) };
  }

  #change(isChanging) {
    this.isChanging = isChanging;
    this.paint();
  }

  #offer(what, name, isOffered) {
    const isKnown = this.things.some((one) => one.what === what);
    this.things = isKnown ? this.things.map((one) => (one.what === what ? { ...one, isOffered } : one)) : [...this.things, { what, name, isOffered }];
    const those = (wanted) => this.things.filter((one) => one.isOffered === wanted).map((one) => one.what);
    this.component.setStateValue("list", { offered: those(true), taken_out: those(false) });
    this.paint();
  }

  #triedRow(what, name) {
    const button = el("button", { type: "button", class: "say", "aria-pressed": "false", textContent: named(name), onclick: () => this.#toggle(what) });
    const toggles = HELPED.map(([value, text]) => ({ value, toggle: el("button", { type: "button", class: "say small", "aria-pressed": "false", textContent: text, onclick: () => this.#help(what, value) }) }));
    const helped = { toggles, element: el("span", { class: "helped", role: "group", "aria-label": `Did it help: ${name}` }, ...toggles.map(({ toggle }) => toggle)) };
    return { what, name, button, helped, element: el("div", { class: "tried-row" }, button, helped.element) };
  }

  #toggle(what) {
    const { tried } = this.said;
    this.#say({ tried: tried.some((one) => one.what === what) ? tried.filter((one) => one.what !== what) : [...tried, { what, helped: null }] });
  }

  #help(what, value) {
    this.#say({ tried: this.said.tried.map((one) => (one.what === what ? { what, helped: one.helped === value ? null : value } : one)) });
  }

  #addOther() {
    const typed = this.other.value.trim();
    if (!typed) return;
    this.other.value = "";
    const known = this.things.find(({ name }) => name.toLowerCase() === typed.toLowerCase());
    const what = known?.what ?? typed;
    if (this.isChanging) this.#offer(what, known?.name ?? typed, true);
    else if (!this.said.tried.some((one) => one.what === what)) this.#say({ tried: [...this.said.tried, { what, helped: null }] });
  }

  #level(field, level) {
    if (this.said[field] !== level) this.#say({ [field]: level });
  }

  #say(change, isTyped = false) {
    const was = Object.fromEntries(Object.keys(change).map((field) => [field, this.said[field]]));
    this.said = { ...this.said, ...change };
    outbox.add({ kind: "answers", day: this.day, answers: this.said }, { was, isTyped });
    this.paint();
  }
}
