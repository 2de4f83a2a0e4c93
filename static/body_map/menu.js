// A button that opens a small panel over the picture. Escape or a press outside closes it.

import { el, setAttribute } from "./dom.js";

export class Menu {
  constructor(label, button, ...content) {
    this.button = button;
    this.panel = el("div", { class: "menu", role: "group", "aria-label": label, hidden: true }, ...content,
      el("button", { type: "button", class: "btn done", textContent: "Done", onclick: () => this.close(true) }));
    button.setAttribute("aria-expanded", "false");
    button.onclick = () => (this.panel.hidden ? this.open() : this.close(true));
    this.element = el("div", { class: `menu-host ${label.toLowerCase()}-menu` }, button, this.panel);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.stopPropagation();
      this.close(true);
    });
    this.element.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.element.contains(event.relatedTarget)) this.close(false);
    });
    this.outside = (event) => { if (!event.composedPath().includes(this.element)) this.close(false); };
  }

  open() {
    this.panel.hidden = false;
    setAttribute(this.button, "aria-expanded", "true");
    document.addEventListener("pointerdown", this.outside, true);
    this.panel.querySelector("input:checked, input")?.focus({ preventScroll: true });
  }

  close(giveFocusBack) {
    if (this.panel.hidden) return;
    this.panel.hidden = true;
    setAttribute(this.button, "aria-expanded", "false");
    document.removeEventListener("pointerdown", this.outside, true);
    if (giveFocusBack) this.button.focus({ preventScroll: true });
  }
}

// A row with a native check box or radio button, 44 px high.
export function choiceRow(type, name, value, text, hint, changed) {
  const input = el("input", { type, name, value, onchange: () => changed(input.checked) });
  const row = el("label", { class: "choice" }, input, el("span", {}, el("span", { textContent: text }), hint ? el("small", { textContent: hint }) : null));
  return { input, row, value };
}
