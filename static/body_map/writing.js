// Whether someone is in the middle of writing. What is half typed at midnight belongs to the day that it
// was begun for, so the page waits with turning to the new one.

const AT_IT_MS = 5 * 60_000;           // whoever rests longer comes back to today

export class Writing {
  // fields: where one writes; ended(): they left the field, or rest
  constructor(fields, ended) {
    this.ended = ended;
    this.timer = 0;
    for (const field of fields) {
      field.addEventListener("input", () => this.#goOn());
      field.addEventListener("blur", () => this.#end());
    }
  }

  get isGoingOn() {
    return this.timer !== 0;
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  #goOn() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#end(), AT_IT_MS);
  }

  #end() {
    if (!this.timer) return;
    this.stop();
    this.ended();
  }
}
