// What was deleted must not come back from any tab: they keep what the server has not acknowledged, and a
// guest's marks. Only once that is gone here and the others are told does the page say that it is.

import { el, icon } from "./dom.js";
import { outbox } from "./outbox.js";

// data: {deletions: [{id, first, last, place: [target, side] | null}], said}
export function render({ parentElement, data }) {
  const { deletions, said } = data;
  outbox.forget(deletions);
  const line = el("p", { role: "status" }, ...(said ? [icon("check", 20, 2.6), el("strong", { textContent: said })] : []));
  line.style.cssText = said ? "display:flex;align-items:center;gap:.4em;margin:0" : "margin:0";
  parentElement.replaceChildren(line);
}
