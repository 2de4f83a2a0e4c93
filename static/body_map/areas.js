// The areas on the figure: tints and seams on the whole body, the chosen outline with everything
// else veiled in the lens, marked areas in their level's colour, the keyboard's ring on an outline.

import { svg } from "./dom.js";
import { silhouette } from "./figure.js";
import { areaKey } from "./scene.js";
import { focusOutline } from "./overlay.js";

const FAR = "M-4000 -4000h8000v9000h-8000z";            // a sheet larger than any figure

export class Areas {
  constructor() {
    this.group = svg("g", { class: "areas" });
    this.veil = svg("path", { class: "veil", "fill-rule": "evenodd" });
    this.rim = svg("g");                                 // seams end at the skin; its line stays whole
    this.ring = svg("g");
    this.element = svg("g", {}, this.group, this.rim, this.veil, this.ring);
    this.nodes = new Map();                              // part -> its path
  }

  // Draws the outlines of a figure when it is a new one; then the state of each.
  paint(state, figure, shownParts, nodesByKey) {
    if (this.figure !== figure) this.#draw(figure);
    const overview = state.screen === "overview";
    // with a point chosen its muscle is the picture; outlines would only cross it
    const chosen = new Set(overview || state.choice.point ? [] : shownParts);
    for (const [part, node] of this.nodes) {
      const mark = (overview && !state.topic) || chosen.has(part) ? state.shown(part.id, part.side) : null;
      const number = mark?.[state.kind];
      const classes = ["ar", overview && state.layers.areas && !state.topic ? `t${node.dataset.tint}` : "bare"];
      if (chosen.has(part)) classes.push("sel");
      if (chosen.has(part) && state.marking && state.choice.side === part.side) classes.push("own");
      if (number != null) classes.push("marked");
      if (overview && state.hurtsAt(part.id, part.side)) classes.push("hurts");
      node.setAttribute("class", classes.join(" "));
      node.style.setProperty("--level", number != null ? `var(--lvl-${number})` : "transparent");
      const target = state.targets.get(part.id);
      if (!target) continue;
      const key = areaKey(target, part.side);
      nodesByKey.set(key, [...(nodesByKey.get(key) ?? []), node]);
    }
    // the last drawn lies on top: its line must not be covered by a neighbour's seam
    for (const part of chosen) this.group.append(this.nodes.get(part));
    const outline = [...chosen].map((part) => part.d).join("");
    this.veil.setAttribute("d", outline ? FAR + outline : "");
  }

  #draw(figure) {
    this.figure = figure;
    this.nodes.clear();
    let tint = 0;
    for (const parts of figure.areas.values()) {
      for (const part of parts) {
        const node = svg("path", { d: part.d, "data-area": part.id, "data-side": part.side, "data-tint": tint % 3 });
        this.nodes.set(part, node);
      }
      tint += 1;
    }
    this.group.replaceChildren(...this.nodes.values());
    this.rim.replaceChildren(silhouette(figure, "rim"));
  }

  focusOn(parts) {
    this.ring.replaceChildren(...(parts?.length ? [focusOutline(parts.map((part) => part.d))] : []));
  }
}
