// The figure's drawn layers: body, bones, deep muscles, surface muscles. Each is fetched when it is
// first shown; the muscle of the chosen point stands out while the others stay faint.

import { svg } from "./dom.js";
import { layerGroup } from "./figure.js";

const ORDER = ["body", "bones", "deep", "muscles"];      // as they are drawn, the lowest first

export class Layers {
  // failed(sentence | ""): tells whether the body itself could be drawn
  constructor(failed) {
    this.failed = failed;
    this.slots = new Map(ORDER.map((name) => [name, svg("g", { class: `slot slot-${name}` })]));
    this.loaded = new Map();
    this.element = svg("g", { class: "figure" }, ...this.slots.values());
  }

  // hot: {muscle, side} of the chosen point, or null
  paint(figureName, shown, hot) {
    this.hot = hot;
    const wanted = { body: true, bones: shown.bones, muscles: shown.muscles, deep: shown.deep || Boolean(hot) };
    for (const name of ORDER) {
      this.slots.get(name).classList.toggle("off", !wanted[name]);
      if (wanted[name]) this.#fill(name, figureName);
    }
    this.slots.get("deep").classList.toggle("only-hot", !shown.deep);
    this.element.classList.toggle("ghost", Boolean(hot));
    this.#heat();
  }

  #fill(layer, figureName) {
    if (this.loaded.get(layer) === figureName) return;
    this.loaded.set(layer, figureName);
    const slot = this.slots.get(layer);
    // the old body stays until the new one is there; other layers would lie on the wrong body
    if (layer !== "body") slot.replaceChildren();
    const [body, view] = figureName.split("-");
    layerGroup(body, view, layer).then((group) => {
      if (this.loaded.get(layer) !== figureName) return;     // another figure was chosen meanwhile
      slot.replaceChildren(group);
      if (layer === "body") this.failed("");
      this.#heat();
    }).catch(() => {
      if (this.loaded.get(layer) !== figureName) return;
      this.loaded.delete(layer);
      if (layer === "body") this.failed("The drawing did not load. The list still works.");
    });
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
