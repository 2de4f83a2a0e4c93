// The rows of every list: an area or a point with one button per side. Kept by target, so that a
// repaint changes words and numbers but never the element that has the focus.

import { el, icon, setAttribute, setText } from "./dom.js";
import * as words from "./words.js";

export class Row {
  // pick(side): chooses; light(side | null): the picture lights the same place
  constructor(target, pick, light, detail) {
    this.target = target;
    this.buttons = new Map();
    const single = target.sides.length === 1;
    const text = el("span", { class: "nm" }, el("span", { textContent: target.name }), detail ? el("small", { textContent: detail }) : null);
    this.element = el("div", { class: `row ${target.area ? "point" : "area"}${single ? " single" : ""}` });
    if (!single) this.element.append(text);
    const sides = el("div", { class: "sides" });
    for (const side of target.sides) {
      const badge = el("span", { class: "badge num", hidden: true });
      const button = el("button", { type: "button", "data-side": side, onclick: () => pick(side) });
      if (single) button.append(text, badge, icon("right", 18));
      else button.append(el("span", { textContent: words.sideWord(side) }), badge);
      button.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") light(side); });
      button.addEventListener("pointerleave", () => light(null));
      this.buttons.set(side, { button, badge });
      sides.append(button);
    }
    this.element.append(sides);
  }

  paint(state) {
    const earlier = state.showsEarlier ? state.earlier : null;
    for (const [side, { button, badge }] of this.buttons) {
      const mark = state.shown(this.target.id, side);
      const number = mark?.[state.kind];
      setAttribute(button, "aria-label", words.spokenName(this.target, side, mark, earlier));
      badge.hidden = !mark;
      setText(badge, mark ? String(number ?? "–") : "");
      badge.style.cssText = number != null ? `background:var(--lvl-${number});color:var(--lvl-${number}-ink)` : "";
      const { area, point, side: chosen } = state.choice;
      const own = this.target.area ? point === this.target.id : area === this.target.id && state.marking;
      const toggles = state.looking && this.target.kind === "area";
      const hurts = toggles && state.hurtsAt(this.target.id, side);
      setAttribute(button, "aria-pressed", toggles ? hurts : null);
      button.classList.toggle("on", hurts || (own && chosen === side));
      if (own && chosen === side) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  highlight(side) {
    for (const [each, { button }] of this.buttons) button.classList.toggle("hov", side === each || side === "all");
  }
}
