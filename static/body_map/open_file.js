// Record files, opened one after another: each is read here and sent piece by piece as component state,
// which is empty again as soon as the server has all of it. The server says what the file holds, and adds
// it when asked to.

import { el, icon } from "./dom.js";
import { isDark, mounted, mounting } from "./mount.js";
import { Request } from "./request.js";
import { newId } from "./statements.js";

const SHEETS = ["tokens.css", "map.css", "controls.css", "record_file.css"];
const READING = "Your file is being read …";
const MEGABYTE = 1024 * 1024;

export const render = mounting(({ parentElement }) => new OpenFile(parentElement));

class OpenFile {
  constructor(root) {
    Object.assign(this, mounted(root, "bm file", "file", "button", SHEETS));
    this.queue = [];                 // files that were chosen and not looked at yet
    this.file = null;                  // the one that is looked at: {id, file, start, isThere, choice}
    this.request = new Request(() => this.#say("The app does not answer. Leave this page open: it goes on as soon as the app is back."));
    this.#build();
  }

  // data: {max_bytes, piece_bytes, coming: {id, bytes} | null, opened: {id, choice, said, differing,
  // can_add, is_added} | null}; coming: how much of a file is there; choice: the last one that was done
  receive(component) {
    this.component = component;
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    const { coming, opened } = component.data;
    if (!this.file) {
      if (opened) this.#choose(opened.id, newId(), false); // of a page that was left
    } else if (opened?.id === this.file.id) {
      this.#hear(opened);
    } else if (this.file.start !== null) {
      // a new session of the server has nothing of it, so it is sent from its beginning
      this.#send(coming?.id === this.file.id ? coming.bytes : 0);
    }
  }

  stop() {
    this.request.end();
  }

  #build() {
    this.input = el("input", {
      type: "file", multiple: true, accept: ".json,application/json,text/plain", onchange: () => {
        const files = [...this.input.files];
        this.input.value = "";         // so that the same file can be opened again
        if (files.length) this.#open(files);
      },
    });
    this.ended = el("div");            // what came of the files before
    this.said = el("div");
    this.add = el("button", { type: "button", class: "btn go", textContent: "Add them to my record", onclick: () => this.#add() });
    this.leave = el("button", { type: "button", class: "btn quiet", textContent: "Don't add them", onclick: () => this.#end(["Nothing was added."]) });
    this.buttons = el("div", { class: "padfoot", hidden: true }, this.add, this.leave);
    this.root.replaceChildren(
      el("label", { class: "btn" }, this.input, el("span", { textContent: "Open a record file" })),
      el("div", { class: "file-said", role: "status" }, this.ended, this.said),
      this.buttons);
  }

  #open(files) {
    this.queue = [];
    if (this.file) this.#end([]);
    this.ended.replaceChildren();
    this.queue = files;
    this.#next();
  }

  #next() {
    const file = this.queue.shift();
    if (!file) return;
    const { max_bytes } = this.component.data;
    if (file.size > max_bytes) {
      this.#conclude(file, [`This file has ${(Math.ceil((file.size * 10) / MEGABYTE) / 10).toFixed(1)} MB. A record file has at most ${max_bytes / MEGABYTE} MB, so this one was not read.`]);
      this.#next();
      return;
    }
    this.file = { id: newId(), file, start: null, isThere: false, choice: null };
    this.#say(READING);
    this.#send(0);
  }

  // Sends the piece that begins there; once, unless it is not answered.
  async #send(start) {
    const one = this.file, { id, file } = one;
    if (one.start === start && !one.isThere) return;
    Object.assign(one, { start, isThere: false });
    if (this.request.isLate) this.#say(READING);
    const isWanted = () => this.file === one && one.start === start && !one.isThere;
    try {
      const content = await inBase64(file.slice(start, start + this.component.data.piece_bytes));
      if (isWanted()) this.request.ask(() => this.#tell("piece", { id, size: file.size, start, content }), content.length);
    } catch {
      if (isWanted()) this.#end(["Your browser can't read this file. Nothing was changed."]);
    }
  }

  // What the server says of the file.
  #hear({ choice, said, differing, can_add, is_added }) {
    const isNew = !this.file.isThere;
    this.file.isThere = true;
    if (isNew) this.#tell("piece", null);                  // or it would go with every message to come
    if (this.file.choice && choice !== this.file.choice) {
      if (isNew) this.#askToAdd();
      return;
    }
    this.request.end();
    this.file.choice = null;
    if (!can_add) {
      this.#end(said, is_added);
      return;
    }
    this.#say(...said);
    if (differing.length) this.said.append(el("ul", {}, ...differing.map((textContent) => el("li", { textContent }))));
    this.buttons.hidden = false;
  }

  #add() {
    this.file.choice = newId();
    this.#say("Your file is being added …");
    this.#hideButtons();
    this.#askToAdd();
  }

  #askToAdd() {
    const { id, choice } = this.file;
    this.request.ask(() => this.#choose(id, choice, true));
  }

  // The end of the file that is looked at; on with the next.
  #end(said, isAdded = false) {
    const { id, file } = this.file;
    this.request.end();
    this.file = null;
    this.said.replaceChildren();
    this.#hideButtons();
    this.#choose(id, newId(), false);
    if (said.length) this.#conclude(file, said, isAdded);
    this.#next();
  }

  #conclude({ name }, said, isAdded) {
    const words = said.map((textContent) => el("p", { textContent }));
    if (isAdded) words[0].className = "file-done";
    if (isAdded) words[0].prepend(icon("check", 20, 2.6));
    this.ended.append(el("p", { class: "file-name", textContent: name }), ...words);
  }

  #say(...words) {
    this.said.replaceChildren(el("p", { class: "file-name", textContent: this.file.file.name }), ...words.map((textContent) => el("p", { textContent })));
  }

  // The keyboard's place must not go with the button that it was on.
  #hideButtons() {
    if (this.buttons.contains(this.root.getRootNode().activeElement)) this.input.focus();
    this.buttons.hidden = true;
  }

  #choose(file, id, adds) {
    this.#tell("choice", { file, id, adds });
  }

  #tell(name, value) {
    this.component.setStateValue(name, value);
  }
}

function inBase64(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(blob.size ? reader.result.slice(reader.result.indexOf(",") + 1) : "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}
