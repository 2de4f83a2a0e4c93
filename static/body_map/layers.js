// The figure's drawn layers: body, bones, deep muscles, surface muscles. Each is fetched when it is
// first shown; the muscle of the chosen point stands out while the others stay faint.

import { setAttribute, svg } from "./dom.js";
import { layerGroup } from "./figure.js";

const NAMES = { body: "drawing", bones: "bones", deep: "deep muscles", muscles: "muscles" };
const ORDER = ["body", "bones", "deep", "muscles"];      // as they are drawn, the lowest first

export class Layers {
  // waiting: says what is on its way
  constructor(waiting) {
    this.waiting = waiting;
    this.slots = new Map(ORDER.map((name) => [name, svg("g", { class: `slot slot-${name}` })]));
    this.loaded = new Map();
    this.element = svg("g", { class: "figure" }, ...this.slots.values());
  }

  // hot: {muscle, side} of the chosen point, or null; sight: what can be seen of the figure, or soon
  paint(figureName, shown, hot, sight) {
    this.hot = hot;
    this.sight = sight;
    const wanted = { body: true, bones: shown.bones, muscles: shown.muscles, deep: shown.deep || Boolean(hot) };
    for (const name of ORDER) {
      this.slots.get(name).classList.toggle("off", !wanted[name]);
      if (wanted[name]) this.#fill(name, figureName);
      else if (this.waiting.forget(name)) this.loaded.delete(name);
    }
    this.slots.get("deep").classList.toggle("only-hot", !shown.deep);
    this.element.classList.toggle("ghost", Boolean(hot));
    this.#heat();
    this.#blur();
  }

  #fill(layer, figureName) {
    if (this.loaded.get(layer) === figureName) return;
    this.loaded.set(layer, figureName);
    const slot = this.slots.get(layer);
    // the old body stays until the new one is there; other layers would lie on the wrong body
    if (layer !== "body") slot.replaceChildren();
    const [body, view] = figureName.split("-");
    this.waiting.need(layer, () => layerGroup(body, view, layer), { what: NAMES[layer], instead: "go on without" }).then((group) => {
      slot.replaceChildren(group);
      this.#heat();
      this.#blur();
    });
  }

  // The shading is blurred where it is seen: WebKit would do so for the whole body, many times as large
  // as the stage, each time that anything on it changes.
  #blur() {
    const [x, y, width, height] = this.sight;
    for (const filter of this.slots.get("body").querySelectorAll("filter")) {
      for (const [name, value] of Object.entries({ filterUnits: "userSpaceOnUse", x, y, width, height })) setAttribute(filter, name, value);
    }
  }

  // Lit wherever it is drawn: the deep layer has the whole muscle where the surface shows an edge.
  #heat() {
    for (const layer of ["muscles", "deep"]) {
      for (const group of this.slots.get(layer).querySelectorAll("[data-muscle]")) {
        const own = this.hot && group.dataset.muscle === this.hot.muscle
          && (this.hot.side === "midline" || group.dataset.side === this.hot.side);
        group.classList.toggle("hot", Boolean(own));
      }
    }
  }
}
