// What is registered with Streamlit for each component: it fetches the component's script with all that it
// imports, and says so when that takes long or can't be had. VERSION, SCRIPT, NEEDS, WHAT and HAS_ROOM stand
// before this, and so does notice.js, which therefore needs no fetching.

const LONG_MS = 10_000;

let script = null;                     // the module, once it is there
let turn = null;                       // the newest attempt
let attempt = 0;
const waiting = new Map();             // root -> {component, clean} without a script yet

export default function render(component) {
  const root = component.parentElement;
  if (script) return script.render(component);
  const one = waiting.get(root) ?? { clean: () => {} };
  one.component = component;
  waiting.set(root, one);
  if (!turn) ask();
  else if (turn.said) say(turn.said);
  return () => {
    if (!root.isConnected) waiting.delete(root);
    one.clean();
  };
}

async function ask() {
  const own = turn = {};
  clearTimeout(own.clock);
  own.clock = setTimeout(() => say("long"), LONG_MS);
  let loaded;
  try {
    loaded = await fetched();
  } catch (error) {
    if (own !== turn || script) return;
    console.error(error);
    say("failed");
    return;
  }
  arrived(loaded);
}

// A failed script may be remembered as failed, so each attempt has addresses of its own, the same for all
// components. All scripts are asked for at once, instead of level by level as their imports are read; not
// the one that stands in the page already, for which Firefox reports an error.
function fetched() {
  attempt = window.bodymapAttempt ??= 0;
  const address = (name) => new URL(`assets/${VERSION}${attempt ? `.${attempt}` : ""}/${name}`, document.baseURI).href;
  const inThePage = [...document.scripts].map(({ src }) => src);
  for (const href of NEEDS.map(address)) {
    if (inThePage.includes(href)) continue;
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = href;
    document.head.append(link);
  }
  return import(address(SCRIPT));
}

function arrived(loaded) {
  if (script) return;
  script = loaded;
  clearTimeout(turn.clock);
  for (const [root, one] of waiting) {
    root.querySelector(".bm-notice")?.remove();
    one.clean = script.render(one.component) ?? (() => {});
  }
  waiting.clear();
}

document.addEventListener(TRY_AGAIN, () => {
  if (script || !turn) return;
  if (window.bodymapAttempt === attempt) window.bodymapAttempt += 1;
  clearTimeout(turn.clock);
  for (const root of waiting.keys()) root.querySelector(".bm-notice")?.remove();
  ask();
});

function say(state) {
  clearTimeout(turn.clock);
  turn.said = state;
  const safe = "What you entered is safe.";
  const sentence = state === "failed" ? `The ${WHAT} did not load. ${safe} Try again, or choose another page.` : `Still loading the ${WHAT}. ${safe} You can wait, try again, or choose another page.`;
  for (const root of waiting.keys()) {
    const box = notice(sentence, "Try again", tryAgain, state === "failed");
    if (!HAS_ROOM) box.style.cssText += ";position:fixed;z-index:999999;left:16px;right:16px;bottom:16px;max-width:46em;margin:0 auto;background:var(--st-background-color)";
    root.querySelector(".bm-notice")?.remove();
    root.append(box);
  }
}
