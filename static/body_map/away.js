// What the page says while the app does not answer, on every page and from its first moment: one sentence, and
// "When to get help" with its numbers, which is fetched with the page and needs no server. It stands first in
// the page, before Streamlit's own scripts.

import { el } from "./dom.js";
import { file } from "./files.js";
import { watchForLoss } from "./lost.js";

const LONG_MS = 12_000;                // then a page of which nothing came is missed
const APP = '[data-testid="stApp"]';
const COUNTRY = "bodymap.country";     // in the tab's own storage, so that a reload has it at once
const HELP = "When to get help";
const NO_PART = /dynamically imported module|Importing a module script failed|Loading chunk/;    // as browsers say it
const SAID = {
  lost: "The app does not answer. We keep trying, and it comes back by itself. What you entered is kept in this tab.",
  nowhere: "There is no page at this address. This is the start page.",
  part: "A part of this page did not load. What you entered is safe.",
  page: "This page is not here yet. You can wait, or load it again.",
};
const LOOK = `
  :host { position: fixed; z-index: 1000001; inset: auto 12px 12px; display: flex; justify-content: center; pointer-events: none; }
  .bar, dialog { font: 400 17px/1.45 "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", Verdana, "Segoe UI", system-ui, sans-serif; color: var(--ink); background: var(--paper); border: 1.5px solid var(--edge); border-radius: 12px; box-sizing: border-box; }
  .bar { pointer-events: auto; max-width: 60em; display: flex; flex-wrap: wrap; align-items: center; gap: 10px; padding: 12px 16px; box-shadow: 0 4px 22px rgba(0, 0, 0, .2); }
  .bar p { flex: 1 1 18em; margin: 0; }
  button { min-height: 44px; padding: 0 16px; font: inherit; font-weight: 600; color: inherit; background: transparent; border: 1.5px solid; border-radius: 12px; cursor: pointer; }
  button.quiet { border-color: transparent; text-decoration: underline; text-underline-offset: 3px; }
  :is(button, a):focus-visible { outline: 3px solid; outline-offset: 2px; }
  dialog { width: min(46rem, calc(100vw - 24px)); max-height: calc(100dvh - 24px); padding: 8px 20px 20px; overflow: auto; }
  dialog::backdrop { background: rgba(0, 0, 0, .5); }
  .head { position: sticky; top: -8px; margin: 0 -20px; padding: 10px 20px; display: flex; justify-content: space-between; align-items: center; gap: 12px; background: var(--paper); }
  h1 { font-size: 1.45rem; line-height: 1.25; margin: 0; } h2 { font-size: 1.15rem; margin: 1.4em 0 .4em; } p, ul { margin: 0 0 .6em; } li { margin: 0 0 .35em; }
  a { color: inherit; font-weight: 700; display: inline-block; padding: .5em 0; margin: -.5em 0; text-underline-offset: 3px; }
  dl { margin: 12px 0 0; padding: 12px 16px; border: 1.5px solid var(--edge); border-radius: 12px; display: grid; gap: 10px; } dt { font-weight: 650; } dd { margin: 0; }
  small { font-size: .88em; }
`;

class Away {
  constructor() {
    this.style = el("style", { textContent: LOOK });
    this.sentence = el("p");
    const button = (name, does, look) => el("button", { type: "button", class: look ?? "", textContent: name, onclick: does });
    this.reload = button("Load the page again", () => location.reload());
    this.help = button(HELP, () => this.read());
    this.bar = el("div", { class: "bar", role: "status", hidden: true }, this.sentence, this.reload, this.help, button("Hide", () => this.#hide(), "quiet"));
    this.text = el("div");
    this.dialog = el("dialog", { "aria-label": HELP }, el("div", { class: "head" }, el("h1", { textContent: HELP }), button("Close", () => this.dialog.close())), this.text);
    this.host = el("div", { class: "bm-away" });
    this.host.attachShadow({ mode: "open" }).append(this.style, this.bar, this.dialog);
    this.bar.style.display = "none";
    this.known = file("map/help.json", (answer) => answer.json());
    this.known.catch(() => {});
    this.isAway = false;
    watchForLoss(() => { this.isAway = true; this.say("lost"); }, {
      back: () => { this.isAway = false; if (this.said === "lost") this.#hide(); },
      nowhere: () => this.say("nowhere"),
    });
    this.#watchForWhatIsMissing();
    document.addEventListener("click", (event) => this.#follow(event), true);
  }

  // The code of the person's country, "" where none was chosen.
  set country(code) {
    this.code = code;
    try { sessionStorage.setItem(COUNTRY, code); } catch { /* then only this page knows it */ }
  }

  get country() {
    try { return this.code ?? sessionStorage.getItem(COUNTRY) ?? ""; } catch { return ""; }
  }

  get isReading() {
    return this.dialog.open;
  }

  say(what) {
    if (this.said === what) return;
    this.said = what;
    this.#stand();
    this.reload.hidden = what !== "part" && what !== "page";
    this.help.hidden = what === "nowhere";
    this.sentence.textContent = SAID[what];
    for (const each of [this.reload, this.help]) each.style.display = each.hidden ? "none" : "";
    this.bar.hidden = false;
    this.bar.style.display = "";
  }

  async read() {
    const known = await file("map/help.json", (answer) => answer.json()).catch(() => null);
    this.#stand();
    this.text.replaceChildren(...(known ? contents(known, this.country) : [el("p", { textContent: "We could not load this text. If you think it may be an emergency, call your emergency number now." })]));
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
  }

  #hide() {
    this.said = null;
    this.bar.hidden = true;
    this.bar.style.display = "none";
  }

  // In the page and in its colours, whether it has any yet or not.
  #stand() {
    if (!this.host.isConnected) document.body.append(this.host);
    const app = document.querySelector(APP);
    const { backgroundColor, color } = app ? getComputedStyle(app) : {};
    const colours = { "--paper": backgroundColor ?? "Canvas", "--ink": color ?? "CanvasText", "--edge": color ?? "CanvasText" };
    for (const [name, value] of Object.entries(colours)) this.host.style.setProperty(name, value);
  }

  // While the server is away the navigation leads nowhere; but to the help it does.
  #follow(event) {
    if (!this.isAway) return;
    const path = event.composedPath();
    const off = path.find((node) => node.dataset?.testid === "stTopNavLinkContainer");       // a link switched off hears no click
    const link = path.find((node) => node.localName === "a" && node.href) ?? off?.querySelector("a");
    if (!link || link.protocol === "tel:" || new URL(link.href).origin !== location.origin) return;
    if (/\/help$/.test(new URL(link.href).pathname)) {
      event.preventDefault();
      event.stopPropagation();
      this.read();
    } else this.say("lost");
  }

  // Streamlit's own scripts: the first one, or a part that is loaded later. It says so in a developer's words.
  #watchForWhatIsMissing() {
    const missed = () => { if (!document.querySelector(APP)) this.say("page"); };
    addEventListener("error", ({ target }) => { if (target.localName === "script") missed(); }, true);
    setTimeout(missed, LONG_MS);
    new MutationObserver(() => {
      if (this.said === "page" && document.querySelector(APP)) this.#hide();
      for (const box of document.querySelectorAll('.stAlertContainer, [data-testid="stException"]')) {
        if (box.style.display === "none" || !NO_PART.test(box.textContent)) continue;
        box.style.display = "none";
        this.say("part");
      }
    }).observe(document, { childList: true, subtree: true });
  }
}

function contents({ sections, countries }, code) {
  const own = countries.find((one) => one.code === code && code);
  const numbers = own ? [ownNumbers(own)] : [el("h2", { textContent: "Numbers by country" }), ...countries.filter(({ emergency }) => emergency[0]).map((one) => ownNumbers(one, one.name))];
  const told = sections.map((section) => sectionOf(section, own?.emergency[0]));
  told.splice(own ? 0 : 2, 0, numbers);                // after what an ambulance is called for
  return told.flat();
}

function ownNumbers({ emergency, advice, crisis, site, checked }, name) {
  const row = (what, those) => (those.some(Boolean) ? el("div", {}, el("dt", { textContent: what }), el("dd", {}, ...those.filter(Boolean).flatMap((one, i) => [i ? " or " : "", call(one)]))) : null);
  return el("dl", {}, name ? el("dt", { textContent: name }) : null, row("Emergency", emergency), row("Urgent advice", advice), row("If you think of harming yourself", crisis),
    el("small", { textContent: `Check: ${site}. Last checked ${checked}. Numbers change.` }));
}

const call = (number) => (/^[0-9+ ]+$/.test(number) ? el("a", { href: `tel:${number.replaceAll(" ", "")}`, textContent: number }) : number);

function sectionOf([heading, lines], number) {
  const told = (text) => text.split("{number}").flatMap((part, i) => (i ? [number ? call(number) : "your emergency number", part] : [part]));
  const nodes = [el("h2", { textContent: heading })];
  for (const [isItem, text] of lines) {
    if (!isItem) nodes.push(el("p", {}, ...told(text)));
    else {
      if (nodes.at(-1).localName !== "ul") nodes.push(el("ul"));
      nodes.at(-1).append(el("li", {}, ...told(text)));
    }
  }
  return nodes;
}

// One for the page, also where a script was fetched under two addresses.
export const away = (globalThis[Symbol.for("bodymap.away")] ??= new Away());
