// What a component waits for, and the one place where it says that something takes long or did not come.

import { el } from "./dom.js";
import { file } from "./files.js";
import { TRY_AGAIN, notice, tryAgain } from "./notice.js";

const LONG_MS = 10_000;                // nobody waits longer than this without being told for what
const SAFE = "What you entered is safe.";

export class Waiting {
  // what: "map", for the sentence; instead: what else can be done, "press End"
  constructor(what, instead = "choose another page") {
    this.what = what;
    this.instead = instead;
    this.needs = new Map();
    this.element = el("div", { class: "bm-waiting" });
    this.again = () => {
      for (const one of [...this.needs.values()]) this.#ask(one);
      this.#tell();
    };
    document.addEventListener(TRY_AGAIN, this.again);
  }

  stop() {
    document.removeEventListener(TRY_AGAIN, this.again);
    for (const { clock } of this.needs.values()) clearTimeout(clock);
  }

  // Resolves with what ask() brings, however often it has to be tried; it is never refused. What is needed
  // under the same key replaces what was needed before, which then never comes.
  need(key, ask, { what = this.what, instead = this.instead } = {}) {
    clearTimeout(this.needs.get(key)?.clock);
    return new Promise((done) => {
      const one = { key, ask, what, instead, done };
      this.needs.set(key, one);
      this.#ask(one);
    });
  }

  // No longer needed. Tells whether it was.
  forget(key) {
    clearTimeout(this.needs.get(key)?.clock);
    const was = this.needs.delete(key);
    if (was) this.#tell();
    return was;
  }

  // Style sheets for what is in `root`. They count together or not at all.
  async sheets(root, names) {
    const texts = await this.need("sheets", () => Promise.all(names.map((name) => file(`body_map/${name}`, asSheet))));
    root.append(...texts.map((text) => el("style", { "data-bodymap": "", textContent: text })));
  }

  async #ask(one) {
    const turn = one.turn = {};
    one.state = "";
    const isOver = () => this.needs.get(one.key) !== one || one.turn !== turn;
    clearTimeout(one.clock);
    one.clock = setTimeout(() => this.#say(one, "long"), LONG_MS);
    try {
      const found = await one.ask();
      if (isOver()) return;
      clearTimeout(one.clock);
      this.needs.delete(one.key);
      this.#tell();
      one.done(found);
    } catch (error) {
      if (isOver()) return;
      console.error(error);
      this.#say(one, "failed");
    }
  }

  #say(one, state) {
    clearTimeout(one.clock);
    one.state = state;
    this.#tell();
  }

  #tell() {
    const those = [...this.needs.values()];
    const failed = those.filter(({ state }) => state === "failed"), long = those.filter(({ state }) => state === "long");
    const [first] = failed.length ? failed : long;
    const names = [...new Set((failed.length ? failed : long).map(({ what }) => what))].join(" and ");
    const sentence = !first ? "" : failed.length
      ? `The ${names} did not load. ${SAFE} Try again, or ${first.instead}.`
      : `Still loading the ${names}. ${SAFE} You can wait, try again, or ${first.instead}.`;
    if (sentence === this.said) return;
    this.said = sentence;
    this.element.replaceChildren(...(sentence ? [notice(sentence, "Try again", tryAgain, failed.length > 0)] : []));
  }
}

function asSheet(answer) {
  if (!answer.headers.get("content-type")?.startsWith("text/css")) throw new Error("no style sheet");
  return answer.text();
}
