// The name tag: says what is under the pointer or the focus before it is chosen. Beside the thing,
// never over it; it stays while the thing is hovered; Escape hides it.

import { el, setText } from "./dom.js";

const GAP = 10;
const HEIGHT = 35;
const SIDES = 26;                      // padding left and right

// Measuring on a canvas costs the browser no layout, so a highlight stays within one frame.
const ruler = document.createElement("canvas").getContext("2d");

export class Tag {
  constructor(stage) {
    this.stage = stage;
    this.element = el("div", { class: "tag", "aria-hidden": "true", hidden: true });
    stage.append(this.element);
    this.size = { w: 0, h: 0 };         // of the stage
    this.resting = null;               // shown while nothing is hovered: the chosen point's name
    this.taken = [];                   // boxes of the stage that it must not lie over
    this.dismissed = null;             // the key whose name was hidden by hand
  }

  // thing: {key, text, box: {x0 y0 x1 y1} in stage pixels}
  show(thing) {
    if (this.dismissed === thing.key) return;
    this.dismissed = null;
    this.#place(thing);
  }

  hide() {
    this.dismissed = null;
    this.#rest();
  }

  // Escape: gone until something else is pointed at, however often the picture is drawn meanwhile. Returns
  // whether there was a tag to hide; the chosen point's own name is part of the picture and stays.
  dismiss() {
    if (this.element.hidden || this.shown === this.resting) return false;
    this.dismissed = this.shown.key;
    this.element.hidden = true;
    return true;
  }

  restOn(thing) {
    this.resting = thing;
    this.#rest();
  }

  #rest() {
    if (this.resting) this.#place(this.resting);
    else this.element.hidden = true;
  }

  #place(thing) {
    const { text, box } = thing;
    this.shown = thing;
    setText(this.element, text);
    this.element.hidden = false;
    this.font ??= getComputedStyle(this.element).font;
    ruler.font = this.font;
    const { w: W, h: H } = this.size;
    const w = Math.min(W - 12, Math.ceil(ruler.measureText(text).width) + SIDES), h = HEIGHT;
    const middleX = (box.x0 + box.x1) / 2, middleY = (box.y0 + box.y1) / 2;
    const clampX = (x) => Math.max(6, Math.min(W - w - 6, x));
    const clampY = (y) => Math.max(6, Math.min(H - h - 6, y));
    const beside = middleX < W / 2
      ? [[box.x0 - w - GAP, middleY - h / 2], [box.x1 + GAP, middleY - h / 2]]
      : [[box.x1 + GAP, middleY - h / 2], [box.x0 - w - GAP, middleY - h / 2]];
    const places = [...beside, [middleX - w / 2, box.y1 + GAP], [middleX - w / 2, box.y0 - h - GAP]];
    const clear = (cx, cy, other) => cx >= other.x1 || cx + w <= other.x0 || cy >= other.y1 || cy + h <= other.y0;
    const free = (others) => ([x, y]) => others.every((other) => clear(clampX(x), clampY(y), other));
    const clean = places.find(free([box, ...this.taken]));
    // the chosen point's name stands in the text as well: no reason to hide anything for it
    if (!clean && thing === this.resting) return void (this.element.hidden = true);
    const [x, y] = clean ?? places.find(free([box])) ?? [middleX - w / 2, H - h - 6];
    this.element.style.transform = `translate(${Math.round(clampX(x))}px, ${Math.round(clampY(y))}px)`;
  }
}
