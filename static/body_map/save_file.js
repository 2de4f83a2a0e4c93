// The record as a file: a press asks the server for it, the answer becomes a file in the browser. The
// press stays open until it is answered, by whichever server and session is there then.

import { el, icon, setText } from "./dom.js";
import { isDark, mounted, mounting } from "./mount.js";
import { outbox } from "./outbox.js";
import { Request } from "./request.js";
import { newId } from "./statements.js";

const SHEETS = ["tokens.css", "map.css", "controls.css", "record_file.css"];
const SAVE = "Save my record as a file";

export const render = mounting(({ parentElement }) => new SaveFile(parentElement));

class SaveFile {
  constructor(root) {
    Object.assign(this, mounted(root, "bm file", "file", "button", SHEETS));
    this.press = null;                 // what was asked for and has not come yet
    this.part = null;                  // of a long record: {number, of, after} of the one to save next
    this.lastAt = 0;
    this.request = new Request(() => this.#say("The app does not answer. Leave this page open: your file comes as soon as the app is back."));
    this.button = el("button", { type: "button", class: "btn", onclick: () => this.#ask() });
    this.status = el("div", { class: "file-said", role: "status" });
    this.root.replaceChildren(this.button, this.status);
  }

  // data: {answer: {press, name, text, last, left} | null}; text: the file; last: the last date in it;
  // left: how many more parts the record takes
  receive(component) {
    this.component = component;
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    const { answer } = component.data;
    if (answer && answer.press === this.press?.id) this.#take(answer);
    else if (answer && !this.press) this.#tell(null);      // nobody waits for it any more
    this.#paint();
  }

  stop() {
    this.request.end();
    URL.revokeObjectURL(this.address);
  }

  #ask() {
    if (this.press) return;
    // a second later than the one before, so that no two files have the same name
    this.lastAt = Math.max(Date.now(), this.lastAt + 1000);
    const at = new Date(this.lastAt);
    const { number, after } = this.part ?? { number: 1, after: null };
    this.press = { id: newId(), at: at.toISOString(), offset_min: -at.getTimezoneOffset(), part: number, after };
    this.#say("Your file is being made …");
    this.request.ask(() => this.#tell(this.press));
    this.#paint();
  }

  #tell(press) {
    this.component.setStateValue("press", press);
  }

  #take({ name, text, last, left }) {
    this.request.end();
    const number = this.press.part, of = number + left;
    this.press = null;
    this.#tell(null);
    this.part = left ? { number: number + 1, of, after: last } : null;
    this.#save(name, text);
    if (!left) outbox.savedAsFile();
    const words = [];
    if (left) words.push(`Your record is long, so it comes in ${of} parts. This is part ${number}; save the next, too.`);
    else if (of > 1) words.push(`That was the last part. To bring everything back, open all ${of}, one after another.`);
    this.#say(...words);
  }

  // Hands a file to the browser. Its link stays, for a browser that did not take it by itself.
  #save(name, text) {
    URL.revokeObjectURL(this.address);
    this.address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    this.link = el("a", { href: this.address, download: name, textContent: name });
    const once = this.link.cloneNode();
    this.root.append(once);
    once.click();
    once.remove();
  }

  #say(...words) {
    const file = this.press || !this.link ? [] : [
      el("p", { class: "file-done" }, icon("check", 20, 2.6), el("span", {}, "Saved as ", this.link, ".")),
    ];
    this.status.replaceChildren(...file, ...words.map((textContent) => el("p", { textContent })));
  }

  #paint() {
    setText(this.button, this.part ? `Save part ${this.part.number} of ${this.part.of}` : SAVE);
    if (this.press) this.button.setAttribute("aria-disabled", "true");
    else this.button.removeAttribute("aria-disabled");
  }
}
