// What every component does to live in the page: one object for each mount, one place for its content,
// its style sheets, the page's theme, and the page's own shortcuts kept silent.

import { el } from "./dom.js";
import { Waiting } from "./waiting.js";

// A component's `render`, which Streamlit calls on mount and again whenever data or theme change, always
// on the same DOM: one object for each mount, told of every run, stopped once it has left the page.
// isOfTheWhole: what it says concerns the whole page, and not the part that it stands in.
export function mounting(make, { isOfTheWhole = false } = {}) {
  const mounts = new WeakMap();
  return (given) => {
    const component = { ...given, setStateValue: (...said) => say(isOfTheWhole, () => given.setStateValue(...said)) };
    const root = component.parentElement;
    if (!mounts.has(root)) mounts.set(root, make(component));
    const one = mounts.get(root);
    one.receive(component);
    // a superseded call's clean-up may run while the component is still in the page
    return () => { if (!root.isConnected) { one.stop(); one.waiting?.stop(); mounts.delete(root); } };
  };
}

// Streamlit makes one message of all that is said in one moment, and asks with it only for the part of the
// page that the first of them stands in; which a server that was started anew does not know. So what concerns
// the whole page has a moment of its own.
let moment = null;
const waiting = [];

function say(isOfTheWhole, send) {
  if (waiting.length || (moment && moment.isOfTheWhole !== isOfTheWhole)) return void waiting.push([isOfTheWhole, send]);
  send();
  if (moment) return;
  moment = { isOfTheWhole };
  setTimeout(() => {                   // after Streamlit's own, with which it sends
    moment = null;
    for (const one of waiting.splice(0)) say(...one);
  });
}

// A host with a root in it, which is seen once its style sheets count, and what is said until all that it
// needs is there. what: "map", for that sentence. A server restarted with newer files loads a newer component
// into the page of the older one, so what that left goes.
export function mounted(root, name, screen, what, sheets) {
  for (const left of root.querySelectorAll(".bm-host, style[data-bodymap]")) left.remove();
  const inner = el("div", { class: name, "data-screen": screen });
  const waiting = new Waiting(what);
  const host = el("div", { class: "bm-host" }, waiting.element, inner);
  inner.style.display = "none";
  root.append(host);
  const styled = waiting.sheets(root, sheets).then(() => { inner.style.display = ""; });
  for (const kind of ["keydown", "keypress", "keyup"]) {
    host.addEventListener(kind, (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    });
  }
  return { host, root: inner, waiting, styled };
}

// A dark page is told by its background, whatever the theme is called. A canvas reads any notation
// of a colour, and high-contrast modes don't change what it reads.
const reader = document.createElement("canvas").getContext("2d");

export function isDark(host) {
  reader.fillStyle = "#ffffff";
  reader.fillStyle = getComputedStyle(host).getPropertyValue("--st-background-color").trim() || "#ffffff";
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(reader.fillStyle.slice(at, at + 2), 16));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 110;
}
