// The map's targets for keyboard, screen reader and finger: native radio buttons, transparent,
// lying exactly over what is drawn (check boxes while several places are touched). They carry the names and the focus; the drawing is hidden from
// readers. One tab stop; arrow keys move over the picture; Space or Enter chooses.

import { el, setAttribute, setText } from "./dom.js";

const DIRECTIONS = {
  ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 },
};

export class Targets {
  // on: {choose(key, event), focus(key, visible), blur(), digit(level)}
  constructor(on) {
    this.on = on;
    this.legend = el("legend", { class: "vh" });
    this.element = el("fieldset", { class: "targets" }, this.legend);
    this.inputs = new Map();
    this.places = new Map();
    this.element.addEventListener("keydown", (event) => this.#keydown(event));
    this.element.addEventListener("focusin", (event) => {
      const input = event.target;
      this.#rove(input.value);
      this.on.focus(input.value, input.matches(":focus-visible"));
    });
    this.element.addEventListener("focusout", () => this.on.blur());
    this.element.addEventListener("click", (event) => {
      if (event.target.localName === "input") this.on.choose(event.target.value, event);
    });
  }

  // list: [{key, name, x, y, size, checked, round}] in reading order; of `many`, several can be chosen
  paint(title, list, many = false) {
    setText(this.legend, title);
    const wanted = new Set(list.map((target) => target.key));
    for (const [key, input] of this.inputs) {
      if (wanted.has(key)) continue;
      input.remove();
      this.inputs.delete(key);
    }
    this.places = new Map(list.map((target) => [target.key, target]));
    let previous = this.legend;
    for (const target of list) {
      let input = this.inputs.get(target.key);
      if (!input) {
        input = el("input", { type: "radio", name: "bodymap-place", value: target.key, class: "target" });
        this.inputs.set(target.key, input);
      }
      if (previous.nextSibling !== input) previous.after(input);
      previous = input;
      if (input.type !== (many ? "checkbox" : "radio")) input.type = many ? "checkbox" : "radio";
      setAttribute(input, "aria-label", target.name);
      input.checked = Boolean(target.checked);
      input.style.cssText = `left:${target.x - target.size / 2}px;top:${target.y - target.size / 2}px;`
        + `width:${target.size}px;height:${target.size}px;border-radius:${target.round ? "50%" : "0"}`;
    }
    const checked = !many && list.find((target) => target.checked);
    if (checked) this.#rove(checked.key);
    else if (!this.places.has(this.roving)) this.#rove(list[0]?.key);
    else this.#rove(this.roving);
  }

  has(key) {
    return this.inputs.has(key);
  }

  get hasFocus() {
    return this.element.contains(this.element.getRootNode().activeElement);
  }

  focus(key) {
    const input = this.inputs.get(key) ?? this.inputs.get(this.roving);
    input?.focus({ preventScroll: true });
    return Boolean(input);
  }

  #rove(key) {
    this.roving = key;
    for (const [each, input] of this.inputs) setAttribute(input, "tabindex", each === key ? 0 : -1);
  }

  #keydown(event) {
    const key = event.target.value;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction) {
      event.preventDefault();          // a radio button would choose on the way
      this.focus(this.#neighbour(key, direction) ?? key);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const keys = [...this.places.keys()];
      this.focus(event.key === "Home" ? keys[0] : keys[keys.length - 1]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.on.choose(key, event);
    } else if (/^[0-9]$/.test(event.key)) {
      this.on.digit(key, Number(event.key));
    }
  }

  // The nearest target in that direction; one far off the line counts as farther away.
  #neighbour(key, direction) {
    const from = this.places.get(key);
    let best = null, least = Infinity;
    for (const [other, place] of this.places) {
      if (other === key) continue;
      const dx = place.x - from.x, dy = place.y - from.y;
      const along = dx * direction.x + dy * direction.y;
      const across = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
      if (along < 1 || across > along * 3) continue;
      const cost = along + across * 2;
      if (cost < least) { least = cost; best = other; }
    }
    return best;
  }
}
