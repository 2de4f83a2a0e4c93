// Settings for a guest: to keep the record on this device, beyond the tab, and to forget it here.

import { el, icon, setText } from "./dom.js";
import { isDark, mounted, mounting } from "./mount.js";
import { outbox } from "./outbox.js";

const SHEETS = ["tokens.css", "map.css", "controls.css"];
const WORDS = {
  blocked: "This browser lets no page keep anything. Save your file before you go.",
  off: "If you like, this browser keeps what you mark on this device, until you forget it here. Anyone who uses this browser can see it then, so do not do this on a shared computer.",
  on: "This browser keeps what you mark on this device. It is there when you come back. Anyone who uses this browser can see it.",
  failed: "This browser did not keep it. Perhaps it has no room, or it is a private window. Save your file before you go.",
};

export const render = mounting(({ parentElement }) => new Keeping(parentElement));

class Keeping {
  constructor(root) {
    Object.assign(this, mounted(root, "bm keeping", "keeping", "offer", SHEETS));
    this.text = el("p", { role: "status" });
    this.keep = el("button", { type: "button", class: "btn", textContent: "Keep on this device", onclick: () => this.#begin() });
    this.forget = el("button", { type: "button", class: "btn", textContent: "Forget here", onclick: () => this.#end() });
    this.said = el("p", { class: "kept-said", role: "status" });
    this.root.replaceChildren(this.text, el("div", { class: "padfoot" }, this.keep, this.forget), this.said);
  }

  receive() {
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    this.paint();
  }

  stop() {}

  paint() {
    const { store } = outbox;
    const state = store.isBlocked ? "blocked" : this.failed ? "failed" : store.isOnDevice ? "on" : "off";
    setText(this.text, WORDS[state]);
    this.keep.hidden = !["off", "failed"].includes(state);
    this.forget.hidden = state !== "on";
  }

  async #begin() {
    try {
      await outbox.keepOnDevice();
      this.failed = false;
      this.#say("It is kept on this device now.");
    } catch {
      this.failed = true;
      this.#say("");
    }
    this.paint();
    (this.failed ? this.keep : this.forget).focus();
  }

  async #end() {
    await outbox.forgetOnDevice();
    this.#say("It is forgotten here. This tab has it until you close it.");
    this.paint();
    this.keep.focus();
  }

  #say(text) {
    this.said.replaceChildren(...(text ? [icon("check", 20, 2.6), el("span", { textContent: text })] : []));
  }
}
