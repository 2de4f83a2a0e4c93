// A row's small picture: where a point is said to send its pain, on the nearest part of the body.

import { el, svg } from "./dom.js";
import { silhouette } from "./figure.js";
import * as words from "./words.js";

const MARGIN = 60;                     // mm around a pattern
const ROOM = { w: 54, h: 66 };         // px

// The room for it alone while figure or pattern are on their way. view: named below where it isn't
// the one that the map shows; over: what else is drawn, in drawing units.
export function patternPicture(figure, pattern, side, view, ...over) {
  if (!figure || !pattern) return el("span", { class: "hit-picture" });
  const zones = ["spill-over", "essential"].filter((role) => pattern[role]).map((role) => svg("path", { d: pattern[role], class: `inset-zone ${role}` }));
  return el("span", { class: "hit-picture" },
    svg("svg", { viewBox: around(pattern.bounds), width: ROOM.w, height: ROOM.h, "aria-hidden": "true" },
      silhouette(figure, "inset-skin"),
      svg("g", { transform: side === "right" ? "scale(-1 1)" : null }, ...zones),
      ...over),
    view ? el("small", { textContent: words.VIEWS[view] }) : null);
}

function around({ x0, y0, x1, y1 }) {
  const w = Math.max(x1 - x0, 240) + 2 * MARGIN, h = Math.max(y1 - y0, 240) + 2 * MARGIN;
  const scale = Math.max(w / ROOM.w, h / ROOM.h);
  return [(x0 + x1 - ROOM.w * scale) / 2, (y0 + y1 - ROOM.h * scale) / 2, ROOM.w * scale, ROOM.h * scale].join(" ");
}
