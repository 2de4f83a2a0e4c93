// The mark pad: eleven levels when touched, eleven by itself, no pain, undo, clear, and whether it
// is saved. Arrow keys move, Space, Enter or a digit chooses: passing over a number marks nothing.

const V = new URL(import.meta.url).search;
const { el, icon, setAttribute, setText } = await import("./dom.js" + V);
const { Alarm } = await import("./alarm.js" + V);
const words = await import("./words.js" + V);

const SCALES = [
  { kind: "touched", name: "When touched", wide: "a light touch, or from memory", slim: "lightly" },
  { kind: "byItself", name: "By itself", wide: "", slim: "" },
];
const STATUS = {
  idle: { icon: null, text: "", class: "" },
  saving: { icon: "clock", text: "Saving …", class: "wait" },
  saved: { icon: "check", text: "Saved", class: "" },
  late: { icon: "alarm", text: "Not saved yet. We keep trying. You can go on.", class: "bad" },
};
const TEN_MS = 900;                    // a 0 within this time after a 1 makes it a 10

export class Pad {
  constructor(state, act) {
    this.state = state;
    this.act = act;
    this.title = el("h2", { class: "slim" });
    this.question = el("h3", { class: "wide" });
    this.side = el("span", { class: "chip slim", hidden: true });
    this.chip = el("span", { class: "saved", role: "status" });
    this.alarm = new Alarm();
    this.scales = SCALES.map((scale) => this.#scale(scale));
    this.problem = el("p", { class: "problem" });
    this.noPain = el("button", { type: "button", class: "btn", textContent: "No pain here", onclick: () => act.noPain() });
    this.lastTime = el("button", { type: "button", class: "btn quiet", textContent: "As last time", hidden: true, onclick: () => act.asLastTime() });
    this.undo = this.#quiet("Undo", "undo", () => act.undo());
    this.clear = this.#quiet("Clear", null, () => act.clear());
    this.note = el("span", { class: "note", role: "status" });
    this.element = el("section", { class: "pad", hidden: true },
      el("div", { class: "padhead" }, this.title, this.question, this.side, this.chip), this.alarm.element,
      ...this.scales.map((scale) => scale.element), this.problem,
      el("div", { class: "padfoot" }, this.noPain, this.lastTime, this.undo, this.clear, this.note));
  }

  #quiet(text, iconName, does) {
    const button = el("button", { type: "button", class: "btn quiet" }, iconName ? icon(iconName, 19) : null, el("span", { textContent: text }));
    button.onclick = () => { if (button.getAttribute("aria-disabled") !== "true") does(); };
    return button;
  }

  #scale({ kind, name, wide, slim }) {
    const grid = el("div", { class: "lv11", role: "radiogroup", "aria-label": name });
    const inputs = [];
    for (let level = 0; level <= 10; level++) {
      const word = words.LEVEL_WORDS[level];
      const input = el("input", { type: "radio", name: `bodymap-${kind}`, value: String(level), "aria-label": word ? `${level}, ${word}` : String(level) });
      input.onclick = () => this.act.mark(kind, level);
      inputs.push(input);
      const label = el("label", { class: "lv" }, input, el("span", { class: "num", textContent: String(level) }), el("i"));
      label.style.cssText = `--c:var(--lvl-${level});--ci:var(--lvl-${level}-ink)`;
      grid.append(label);
      if (level === 5) grid.append(el("span", { class: "w05", "aria-hidden": "true" }, el("span", { textContent: "0 no pain" }), el("span", { textContent: "5 medium" })));
    }
    grid.append(el("span", { class: "w10", "aria-hidden": "true", textContent: "worst I can imagine" }));
    grid.addEventListener("keydown", (event) => this.#keydown(event, kind, inputs));
    const label = el("div", { class: "ql" },
      el("span", { class: "qn" }, el("span", { textContent: name }), slim ? el("span", { class: "slim", textContent: ` ${slim}` }) : null),
      wide ? el("span", { class: "wide", textContent: wide }) : null);
    const line = el("div", { class: "words", "aria-hidden": "true" }, ...["No pain", "Medium", "Worst I can imagine"].map((text) => el("span", { textContent: text })));
    const tiny = el("p", { class: "words-tiny", "aria-hidden": "true", textContent: "0 no pain · 5 medium · 10 worst I can imagine" });
    return { kind, inputs, label, element: el("div", { class: "q" }, label, tiny, grid, line) };
  }

  paint(alarm, number) {
    const { state } = this;
    const place = state.place;
    this.element.hidden = !place;
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
      this.#paintScale(scale, mark?.[scale.kind] ?? null);
    }
    setText(this.noPain, overall ? "No pain today" : "No pain here");
    this.lastTime.hidden = Boolean(mark) || !state.lastTime.has(`${place.id}|${place.side}`);
    setAttribute(this.undo, "aria-disabled", state.canUndo(place) ? null : "true");
    setAttribute(this.clear, "aria-disabled", mark ? null : "true");
    if (this.noteFor !== `${place.id}|${place.side}`) this.say("");
    this.#paintStatus(mark);
  }

  #paintScale({ kind, inputs }, level) {
    const place = `${this.state.place.id}|${this.state.place.side}|${kind}`;
    inputs.forEach((input, i) => {
      const on = i === level;
      if (input.checked !== on) input.checked = on;
      const label = input.parentElement;
      // the little growth only where a person just set it, not when a place is opened
      label.classList.toggle("set", on && this.shownPlace?.[kind] === place && !label.classList.contains("on"));
      label.classList.toggle("on", on);
    });
    this.shownPlace = { ...this.shownPlace, [kind]: place };
    this.#rove(inputs, level ?? inputs.findIndex((input) => input.matches(":focus")));
  }

  #rove(inputs, at) {
    const stop = at >= 0 ? at : 0;
    inputs.forEach((input, i) => { input.tabIndex = i === stop ? 0 : -1; });
  }

  #paintStatus(mark) {
    const { outbox } = this.state;
    const status = outbox.status === "idle" && mark ? "saved" : outbox.status;
    const { icon: sign, text, class: look } = STATUS[status];
    setText(this.problem, status === "late" && outbox.problem ? outbox.problem : "");
    if (this.status === status) return;
    this.status = status;
    this.chip.className = `saved ${look}${text ? "" : " none"}`;
    this.chip.replaceChildren(...(sign ? [icon(sign, 18, 2.4)] : []), el("span", { textContent: text }));
  }

  // A short word after undo or clear, with the way back.
  say(text, withUndo = false) {
    const place = this.state.place;
    this.noteFor = place && `${place.id}|${place.side}`;
    this.note.replaceChildren(...(text ? [el("span", { textContent: text })] : []));
    if (withUndo) this.note.append(el("button", { type: "button", class: "btn quiet", textContent: "Undo", "aria-label": "Undo clear", onclick: () => this.act.undo() }));
  }

  #keydown(event, kind, inputs) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = inputs.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    let to = null;
    if (step) to = Math.max(0, Math.min(10, at + step));
    else if (event.key === "Home") to = 0;
    else if (event.key === "End") to = 10;
    if (to !== null) {
      event.preventDefault();
      this.#rove(inputs, to);
      inputs[to].focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.act.mark(kind, at);
    } else if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      const level = this.digit(kind, Number(event.key));
      this.#rove(inputs, level);
      inputs[level].focus();
    }
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
    this.scales.find((scale) => !scale.element.hidden)?.inputs.find((input) => input.tabIndex === 0)?.focus({ preventScroll: true });
  }
}
