// Whether what the person entered is saved, as one chip for everything that goes through an outbox.

import { el, icon } from "./dom.js";

const STATES = {                       // icon, words, class
  idle: [null, "", "none"],
  saving: ["clock", "Saving …", "wait"],
  saved: ["check", "Saved", ""],
  late: ["alarm", "Not saved yet. We keep trying. You can go on.", "bad"],
  lost: ["alarm", "The app does not answer. You can go on.", "bad"],
};

export class Saved {
  constructor() {
    this.element = el("span", { class: "saved none", role: "status" });
    this.said = "";
  }

  // outbox: {status, problem, isLost}; hasSaved: something was saved before the page opened
  paint({ status, problem, isLost }, hasSaved) {
    const isWaiting = status === "saving" || status === "late";
    const [sign, words, look] = STATES[isWaiting ? status : isLost ? "lost" : hasSaved ? "saved" : status];
    const said = (status === "late" && problem) || words;
    if (said === this.said) return;
    this.said = said;
    this.element.className = `saved ${look}`;
    this.element.replaceChildren(...(sign ? [icon(sign, 18, 2.4)] : []), el("span", { textContent: said }));
  }
}
