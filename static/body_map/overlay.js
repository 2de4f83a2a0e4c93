// What lies over the figure in screen pixels: dots, discs, leaders, number discs, focus rings.
// Pixels, not millimetres, so every size holds at every zoom.

import { svg } from "./dom.js";

export const DISC = 22;

// A number in two rings: the same on the map, in the lens and on a chosen point.
// number null: marked, but not with the number that the map shows now.
export function markDisc(x, y, number, r, saving) {
  const group = svg("g", { class: "mk", "data-level": number ?? "none" });
  group.append(svg("circle", { cx: x, cy: y, r: r + 2, class: "mk-ring" }));
  const fill = number == null ? "var(--surface)" : `var(--lvl-${number})`;
  const ink = number == null ? "var(--ink-2)" : `var(--lvl-${number}-ink)`;
  group.append(svg("circle", { cx: x, cy: y, r, class: "mk-fill", style: `fill:${fill}` }));
  const text = svg("text", {
    x, y: y + r * 0.36, "font-size": r * 1.12, "text-anchor": "middle", class: "mk-n", style: `fill:${ink}`,
  });
  text.textContent = number ?? "–";
  group.append(text);
  if (saving) savingRing(group, x, y, r, saving);
  return group;
}

export function plainDisc(x, y, number) {
  const r = 2.6 + 0.42 * (number ?? 0);
  return svg("g", { class: "mk" },
    svg("circle", { cx: x, cy: y, r: r + 1.1, class: "mk-ring slight" }),
    svg("circle", { cx: x, cy: y, r, class: "mk-fill", style: `fill:${number == null ? "var(--surface)" : `var(--lvl-${number})`}` }));
}

// saving: "saving" dashed, "late" red with "!"
function savingRing(group, x, y, r, saving) {
  const ring = r + 5;
  if (saving === "saving") {
    group.append(svg("circle", { cx: x, cy: y, r: ring, class: "mk-wait" }));
    return;
  }
  group.append(svg("circle", { cx: x, cy: y, r: ring, class: "mk-bad" }));
  const bx = x + ring * 0.72, by = y - ring * 0.72;
  group.append(svg("circle", { cx: bx, cy: by, r: 8.5, class: "mk-bad-sign" }));
  const sign = svg("text", { x: bx, y: by + 4.8, "text-anchor": "middle", class: "mk-bad-text" });
  sign.textContent = "!";
  group.append(sign);
}

export function dot(x, y, kind, r) {
  if (kind === "trigger") return svg("circle", { cx: x, cy: y, r, class: "dot" });
  const d = r * 1.5;
  return svg("path", { d: diamond(x, y, d), class: "dot-t" });
}

// A point of the complaint or muscle that was opened.
export const ownDot = (x, y) => svg("circle", { cx: x, cy: y, r: 8, class: "tgt-dot" });

// A free spot that hurts: what a fingertip covers.
export const spot = (x, y, r) => svg("circle", { cx: x, cy: y, r, class: "spot" });

const diamond = (x, y, r) => `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;

// One 44 px target of the lens. disc: {key, x, y, tx, ty, kind}; (tx, ty) is its true place.
export function disc({ key, x, y, tx, ty, kind }, { selected, mark, saving }) {
  const group = svg("g", { class: `tgt${selected ? " sel" : ""}`, "data-key": key });
  const moved = Math.hypot(tx - x, ty - y) > 6;
  group.append(svg("circle", { cx: x, cy: y, r: DISC, class: "tgt-halo" }));
  if (moved) {
    group.append(svg("path", { d: `M${tx} ${ty}L${x} ${y}`, class: "tgt-lead" }));
    group.append(svg("circle", { cx: tx, cy: ty, r: 2.6, class: "tgt-true" }));
  }
  if (mark !== undefined) group.append(markDisc(x, y, mark, selected ? 17 : 13, saving));
  else if (kind === "trigger") {
    group.append(svg("circle", { cx: x, cy: y, r: selected ? 9 : 6.5, class: "tgt-dot" }));
  } else {
    group.append(svg("path", { d: diamond(x, y, selected ? 9 : 7), class: "tgt-open" }));
  }
  return group;
}

// Another point while one is chosen: 9 px at its true place.
export function restingDot({ key, tx, ty, kind }, { mark, saving }) {
  const group = svg("g", { class: "tgt back", "data-key": key });
  if (mark !== undefined) {
    group.append(markDisc(tx, ty, mark, 9, saving));
  } else if (kind === "trigger") {
    group.append(svg("circle", { cx: tx, cy: ty, r: 4.5, class: "tgt-dot" }));
  } else {
    group.append(svg("path", { d: diamond(tx, ty, 6), class: "tgt-open" }));
  }
  return group;
}

// Ink inside, yellow outside: seen on skin, on muscle, on paper and in the dark.
export function focusRing(x, y, r) {
  return svg("g", { class: "foc" },
    svg("circle", { cx: x, cy: y, r: r + 4.5, class: "foc-y" }),
    svg("circle", { cx: x, cy: y, r: r + 1.5, class: "foc-i" }));
}

export function focusOutline(paths) {
  return svg("g", { class: "foc" },
    ...paths.map((d) => svg("path", { d, class: "foc-y wide" })),
    ...paths.map((d) => svg("path", { d, class: "foc-i" })));
}

export function leader(line, lit) {
  return svg("path", { class: `leader${lit ? " on" : ""}`, d: `M${line.sx} ${line.sy}L${line.cx} ${line.cy}`, "data-key": line.key });
}

export function level(label, x, y) {
  const group = svg("g", { class: "spine" });
  group.append(svg("path", { d: `M${x - 6} ${y}h12` }));
  if (label) {
    const text = svg("text", { x, y: y - 4, "text-anchor": "middle" });
    text.textContent = label;
    group.append(text);
  }
  return group;
}
