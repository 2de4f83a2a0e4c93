// Stands in the page itself, so it needs no fetching: it fetches the script of each component with all that it
// imports, and says so when that takes long or can't be had. NEEDS (script -> all that it imports) and notice.js
// stand before this.

const LONG_MS = 10_000;

// One script of ours. Several components may show it, each on a root of its own.
class Loaded {
  constructor(version, name, what, hasRoom) {
    Object.assign(this, { version, name, what, hasRoom });
    this.script = null;                // the module, once it is there
    this.turn = null;                  // the newest attempt
    this.attempt = 0;
    this.waiting = new Map();          // root -> {component, clean} without a script yet
    document.addEventListener(TRY_AGAIN, () => this.#again());
  }

  render(component) {
    const root = component.parentElement;
    if (this.script) return this.script.render(component);
    const one = this.waiting.get(root) ?? { clean: () => {} };
    one.component = component;
    this.waiting.set(root, one);
    if (!this.turn) this.#ask();
    else if (this.turn.said) this.#say(this.turn.said);
    return () => {
      if (!root.isConnected) this.waiting.delete(root);
      one.clean();
    };
  }

  async #ask() {
    const own = this.turn = {};
    own.clock = setTimeout(() => this.#say("long"), LONG_MS);
    let script;
    try {
      script = await this.#fetched();
    } catch (error) {
      if (own !== this.turn || this.script) return;
      console.error(error);
      this.#say("failed");
      return;
    }
    this.#arrived(script);
  }

  // A failed script may be remembered as failed, so each attempt has addresses of its own, the same for all
  // components. All scripts are asked for at once, instead of level by level as their imports are read; not
  // the one that stands in the page already, for which Firefox reports an error.
  #fetched() {
    const attempt = this.attempt = window.bodymapAttempt ??= 0;
    const address = (name) => new URL(`assets/${this.version}${attempt ? `.${attempt}` : ""}/body_map/${name}.js`, document.baseURI).href;
    const inThePage = [...document.scripts].map(({ src }) => src);
    for (const href of (NEEDS[this.name] ?? []).map(address)) {
      if (inThePage.includes(href)) continue;
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = href;
      document.head.append(link);
    }
    return import(address(this.name));
  }

  #arrived(script) {
    if (this.script) return;
    this.script = script;
    clearTimeout(this.turn.clock);
    for (const [root, one] of this.waiting) {
      root.querySelector(".bm-notice")?.remove();
      one.clean = script.render(one.component) ?? (() => {});
    }
    this.waiting.clear();
  }

  #again() {
    if (this.script || !this.turn) return;
    if (window.bodymapAttempt === this.attempt) window.bodymapAttempt += 1;
    clearTimeout(this.turn.clock);
    for (const root of this.waiting.keys()) root.querySelector(".bm-notice")?.remove();
    this.#ask();
  }

  #say(state) {
    clearTimeout(this.turn.clock);
    this.turn.said = state;
    const { what, hasRoom } = this;
    const safe = "What you entered is safe.";
    const sentence = state === "failed" ? `The ${what} did not load. ${safe} Try again, or choose another page.` : `Still loading the ${what}. ${safe} You can wait, try again, or choose another page.`;
    for (const root of this.waiting.keys()) {
      const box = notice(sentence, "Try again", tryAgain, state === "failed");
      if (!hasRoom) box.style.cssText += ";position:fixed;z-index:999999;left:16px;right:16px;bottom:16px;max-width:46em;margin:0 auto;background:var(--st-background-color)";
      root.querySelector(".bm-notice")?.remove();
      root.append(box);
    }
  }
}

const loaded = new Map();              // by version, since a server may have been restarted with newer scripts

// What each component is registered with (ui/browser.py) calls this. hasRoom: it is seen where it stands;
// else what is said lies over the page.
window.bodymapRender = (component, version, name, what, hasRoom) => {
  const key = `${version}/${name}`;
  if (!loaded.has(key)) loaded.set(key, new Loaded(version, name, what, hasRoom));
  return loaded.get(key).render(component);
};
