// Fetches every file but the scripts, each once for the page.

import { TRY_AGAIN } from "./notice.js";

const STATIC = new URL("../", import.meta.url);

const kept = new Map();                // path -> what was asked for and not refused
const refused = new Set();             // paths whose kept answer, should the browser have one, is no good

// Resolves to what `read` makes of the answer. It must fail for a file that is not what it should be: a
// failed one is forgotten, so that who asks again has it fetched again. One that never comes is asked for
// again with "Try again", and the promise stays the same.
export function file(path, read) {
  if (!kept.has(path)) kept.set(path, new Asked(path, read));
  return kept.get(path).answer;
}

class Asked {
  constructor(path, read) {
    this.path = path;
    this.read = read;
    this.answer = new Promise((done, failed) => Object.assign(this, { done, failed }));
    this.isWaiting = true;
    this.ask();
  }

  async ask() {
    this.giveUp?.abort();
    const own = this.giveUp = new AbortController();
    try {
      const answer = await fetch(new URL(this.path, STATIC), { signal: own.signal, cache: refused.has(this.path) ? "reload" : "default" });
      if (!answer.ok) throw new Error(`${this.path} answered ${answer.status}`);
      this.done(await this.read(answer));
      this.isWaiting = false;
    } catch (error) {
      refused.add(this.path);
      if (own !== this.giveUp) return;                 // asked for again meanwhile
      this.isWaiting = false;
      kept.delete(this.path);
      this.failed(error);
    }
  }
}

document.addEventListener(TRY_AGAIN, () => {
  for (const one of kept.values()) if (one.isWaiting) one.ask();
});
