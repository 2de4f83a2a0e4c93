// What a finger or a mouse means on the picture: which place is under it, and what pressing it does.

import { toDrawing } from "./camera.js";
import { DISC } from "./overlay.js";
import * as scenes from "./scene.js";

export class Pointing {
  constructor(stage) {
    this.stage = stage;
    this.#listen();
  }

  #listen() {
    const { stage } = this;
    const { element } = stage;
    element.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") this.#point(event); });
    element.addEventListener("pointerdown", (event) => this.#point(event));
    element.addEventListener("pointerleave", () => stage.highlight(stage.focusKey));
    element.addEventListener("pointercancel", () => stage.highlight(stage.focusKey));
    element.addEventListener("click", (event) => this.#click(event));
  }

  #point(event) {
    const key = this.#keyAt(event);
    const { stage } = this;
    stage.highlight(key);
    stage.element.style.cursor = key ? "pointer" : "";
  }

  // What is under the pointer: a control's own key, the nearest point inside the area, an area.
  #keyAt(event) {
    const { state, scene } = this.stage;
    const control = event.target.closest?.("[data-key], input.target, button");
    if (control && control.localName === "input") return control.value;
    if (control) return control.dataset.key ?? null;
    if (!scene || state.topic || (state.place && state.screen === "overview")) return null;
    const { x, y } = this.#at(event);
    const part = scenes.partAt(scene.figure, scene.camera, x, y);
    if (state.screen !== "overview") {
      const near = scenes.nearestDisc(scene.discs, x, y);
      const within = part && scene.parts.includes(part);
      const onDisc = near && Math.hypot(near.tx - x, near.ty - y) <= DISC;
      if (near && (within || onDisc)) return near.key;
      if (within) return null;
    }
    const target = part && state.targets.get(part.id);
    return target ? scenes.areaKey(target, part.side) : null;
  }

  #at(event) {
    const box = this.stage.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #click(event) {
    if (event.target.localName === "input") return;          // the targets report it themselves
    const name = event.target.closest?.(".side-name");
    if (name) return void this.stage.act.chooseSide(name.dataset.side);
    const key = this.#keyAt(event);
    if (key) this.choose(key, event);
  }

  choose(key, event) {
    // a key press has no place: it takes the whole area
    if (event?.detail && this.stage.state.looking && this.stage.state.spots) {
      const { x, y } = this.#at(event);
      const at = toDrawing(this.stage.scene.camera, x, y);
      return void this.stage.act.touchSpot(at.x, at.y);
    }
    const { kind, id, side } = scenes.readKey(key);
    if (kind === "point") return void this.stage.act.choosePoint(id, side);
    this.stage.act.chooseArea(id, side ?? this.#touchedSide(id, event));
  }

  // The left, middle or right third that a finger touched; none for the keyboard.
  #touchedSide(id, event) {
    const parts = this.stage.scene.figure.areas.get(id) ?? [];
    if (parts.length === 1) return parts[0].side;
    if (!event?.detail) return null;
    const { x, y } = this.#at(event);
    const own = { areas: new Map([[id, parts]]) };
    return scenes.partAt(own, this.stage.scene.camera, x, y)?.side ?? null;
  }
}
