// Eleven levels in a row, 0 to 10, with words at the ends and in the middle. Arrow keys move, Space,
// Enter or a digit chooses: passing over a number marks nothing.

import { el } from "./dom.js";

const TEN_MS = 900;                    // a 0 within this time after a 1 makes it a 10

export class Scale {
  // ends: the words for 0, 5 and 10; on: {choose(level)}, and digit(digit) -> the level it makes where
  // digits are also typed elsewhere
  constructor({ id, name, wide = "", slim = "", ends }, on) {
    this.on = on;
    const [none, medium, worst] = ends;
    const wordOf = { 0: none, 5: medium, 10: worst };
    const grid = el("div", { class: "lv11", role: "radiogroup", "aria-label": name });
    this.inputs = [];
    for (let level = 0; level <= 10; level++) {
      const word = wordOf[level];
      const input = el("input", { type: "radio", name: `bodymap-${id}`, value: String(level), "aria-label": word ? `${level}, ${word}` : String(level) });
      input.onclick = () => on.choose(level);
      this.inputs.push(input);
      const label = el("label", { class: "lv" }, input, el("span", { class: "num", textContent: String(level) }), el("i"));
      label.style.cssText = `--c:var(--lvl-${level});--ci:var(--lvl-${level}-ink)`;
      grid.append(label);
      if (level === 5) grid.append(el("span", { class: "w05", "aria-hidden": "true" }, el("span", { textContent: `0 ${none}` }), el("span", { textContent: `5 ${medium}` })));
    }
    grid.append(el("span", { class: "w10", "aria-hidden": "true", textContent: worst }));
    grid.addEventListener("keydown", (event) => this.#keydown(event));
    const label = el("div", { class: "ql" },
      el("span", { class: "qn" }, el("span", { textContent: name }), slim ? el("span", { class: "slim", textContent: ` ${slim}` }) : null),
      wide ? el("span", { class: "wide", textContent: wide }) : null);
    const capital = (text) => text[0].toUpperCase() + text.slice(1);
    const line = el("div", { class: "words", "aria-hidden": "true" }, ...ends.map((text) => el("span", { textContent: capital(text) })));
    const tiny = el("p", { class: "words-tiny", "aria-hidden": "true", textContent: `0 ${none} · 5 ${medium} · 10 ${worst}` });
    this.element = el("div", { class: "q" }, label, tiny, grid, line);
  }

  // of: what the level belongs to
  paint(level, of) {
    this.inputs.forEach((input, i) => {
      const on = i === level;
      if (input.checked !== on) input.checked = on;
      const label = input.parentElement;
      // the little growth only where a person just set it, not when a place is opened
      label.classList.toggle("set", on && this.shown === of && !label.classList.contains("on"));
      label.classList.toggle("on", on);
    });
    this.shown = of;
    this.#rove(level ?? this.inputs.findIndex((input) => input.matches(":focus")));
  }

  focus() {
    this.inputs.find((input) => input.tabIndex === 0)?.focus({ preventScroll: true });
  }

  // 1 and then 0 is ten
  #typed(digit) {
    const now = performance.now();
    const ten = digit === 0 && this.last?.digit === 1 && now - this.last.at < TEN_MS;
    this.last = { digit, at: now };
    const level = ten ? 10 : digit;
    this.on.choose(level);
    return level;
  }

  #rove(at) {
    const stop = at >= 0 ? at : 0;
    this.inputs.forEach((input, i) => { input.tabIndex = i === stop ? 0 : -1; });
  }

  #keydown(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = this.inputs.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    let to = null;
    if (step) to = Math.max(0, Math.min(10, at + step));
    else if (event.key === "Home") to = 0;
    else if (event.key === "End") to = 10;
    if (to !== null) {
      event.preventDefault();
      this.#rove(to);
      this.inputs[to].focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.on.choose(at);
    } else if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      const level = this.on.digit ? this.on.digit(Number(event.key)) : this.#typed(Number(event.key));
      this.#rove(level);
      this.inputs[level].focus();
    }
  }
}
