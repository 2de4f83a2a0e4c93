// Whether what the person entered is saved, as one chip for everything that goes through an outbox.

import { el, icon } from "./dom.js";

const STATES = {                       // icon, words, class
  idle: [null, "", "none"],
  saving: ["clock", "Saving …", "wait"],
  saved: ["check", "Saved", ""],
  late: ["alarm", "Not saved yet. We keep trying. You can go on.", "bad"],
  refused: ["alarm", "Not all of it is saved.", "bad"],
  lost: ["alarm", "The app does not answer. You can go on.", "bad"],
};

export class Saved {
  constructor() {
    this.element = el("span", { class: "saved none", role: "status" });
    this.said = "";
  }

  // kind: of the statements that it speaks of; hasSaved: something was saved before the page opened;
  // refusal: the sentence on what could not be saved, or null
  paint(outbox, kind, hasSaved, refusal = null) {
    const { problem, isLost } = outbox;
    const status = outbox.statusOf(kind);
    const isWaiting = status === "saving" || status === "late";
    const [sign, words, look] = STATES[isWaiting ? status : refusal ? "refused" : isLost ? "lost" : hasSaved ? "saved" : status];
    const said = (status === "late" && problem) || words;
    if (said === this.said) return;
    this.said = said;
    this.element.className = `saved ${look}`;
    this.element.replaceChildren(...(sign ? [icon(sign, 18, 2.4)] : []), el("span", { textContent: said }));
  }
}
