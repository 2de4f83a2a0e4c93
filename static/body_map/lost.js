// Whether the app answers. Streamlit covers the page with messages for developers when its server is gone or
// a page is not there; they are closed here, and who watches says it in words for everybody.

const DIALOG = '[data-testid="stDialog"] [role="dialog"]';
const MESSAGES = { "Connection error": "lost", "Page not found": "nowhere" };
const STATE = "data-test-connection-state";            // of the app: CONNECTED, or what it is doing about it
const PATIENCE_MS = 6000;              // a connection that is not there for so long is lost

const watching = new Set();
let isLost = false;
let clock = 0;

// Calls lost() once the server does not answer; back() once it does; nowhere() for an address without a page.
export function watchForLoss(lost, { back = () => {}, nowhere = () => {} } = {}) {
  const one = { lost, back, nowhere };
  watching.add(one);
  if (isLost) lost();
  return () => watching.delete(one);
}

function tell(what) {
  if (what === "lost") isLost = true;
  if (what === "back") isLost = false;
  for (const one of watching) one[what]();
}

function look() {
  for (const dialog of document.querySelectorAll(DIALOG)) {
    const what = MESSAGES[dialog.querySelector("h2")?.textContent] ?? (dialog.querySelector('[data-testid="stErrorCodeBlock"]') ? "lost" : null);
    if (!what) continue;
    dialog.querySelector('button[aria-label="Close"]')?.click();
    tell(what);
  }
  const state = document.querySelector(`[${STATE}]`)?.getAttribute(STATE);
  if (state === "CONNECTED") {
    const wasAway = isLost || clock;
    clearTimeout(clock);
    clock = 0;
    if (wasAway) tell("back");
  } else if (state && !clock) clock = setTimeout(() => tell("lost"), PATIENCE_MS);
}

new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: [STATE] });
look();
