// Which of the pointers on the board draws: a finger, a pen or a mouse. It is told what each of them does and
// answers what becomes of the line; it touches no element.
//
// One pointer draws. Another finger while the line is still short makes a pinch of both: the line is dropped,
// the two move the picture, and nothing is drawn until all fingers are up. Another finger later is a palm and
// is passed over, and so is every finger while a pen is down or was a moment ago. A pen takes over from what
// a palm drew before it.

const SHORT_PX = 24;                   // a line no longer than this,
const SHORT_MS = 150;                  // or no older, may still become a pinch
const STILL_PX = 10;                   // a tap may stray so far
const PEN_MS = 600;                    // a palm is lifted later than its pen

export class Hand {
  #line = null;                        // {id, type, x, y, at, length, far}
  #fingers = new Map();                // id -> {x, y}
  #isPinch = false;
  #penAt = -Infinity;

  // Of two fingers that move the picture: {from: [place, place], to: [place, place]}, the same object as long
  // as they are the same two.
  pinch = null;

  // Of a PointerEvent. "begin": a line, instead of any that was being drawn; "drop": the line is none; "".
  down({ pointerId: id, pointerType: type, isPrimary, button, clientX: x, clientY: y, timeStamp: at }) {
    if (button !== 0) return "";
    if (type === "touch" && isPrimary) this.#noFingers();        // one whose end was never told is not down any more
    if (type === "touch") {
      this.#fingers.set(id, { x, y });
      if (this.#isPinch) this.#pair();
      if (this.#isPinch || at - this.#penAt < PEN_MS) return "";
    } else if (type === "pen") this.#penAt = at;
    if (this.#line?.type === "touch" && type === "touch" && this.#isShort(at)) {
      this.#isPinch = true;
      this.#pair();
      this.#line = null;
      return "drop";
    }
    if (this.#line && !(type === "pen" && this.#line.type === "touch")) return "";
    this.#line = { id, type, x, y, at, x0: x, y0: y, length: 0, far: 0 };
    return "begin";
  }

  // "draw": the line goes on; "pinch": the picture moves; as `lost`, if the button was let go where nobody saw
  // it; "".
  move({ pointerId: id, pointerType: type, buttons, clientX: x, clientY: y, timeStamp: at }) {
    if (type === "pen") this.#penAt = at;
    const finger = this.#fingers.get(id);
    if (finger) Object.assign(finger, { x, y });
    if (finger && this.pinch) return "pinch";
    const line = this.#line;
    if (line?.id !== id) return "";
    if (type !== "touch" && !(buttons & 1)) return this.#unseen();
    line.length += Math.hypot(x - line.x, y - line.y);
    line.far = Math.max(line.far, Math.hypot(x - line.x0, y - line.y0));
    Object.assign(line, { x, y });
    return "draw";
  }

  // "tap": it ended where it began; "end": it is a line; "".
  up({ pointerId: id }) {
    this.#lift(id);
    return this.#line?.id === id ? this.#end() : "";
  }

  // The browser took it for a scroll, a zoom or a palm. "drop" or "".
  cancel({ pointerId: id }) {
    this.#lift(id);
    if (this.#line?.id !== id) return "";
    this.#line = null;
    return "drop";
  }

  // Nothing more will be told of this pointer. "end": what was drawn stays; "drop": it was not more than a tap; "".
  lost({ pointerId: id }) {
    this.#lift(id);
    return this.#line?.id === id ? this.#unseen() : "";
  }

  // Nothing more will be told of any pointer. As `lost`.
  away() {
    this.#noFingers();
    return this.#line ? this.#unseen() : "";
  }

  #isShort(at) {
    return this.#line.length < SHORT_PX || at - this.#line.at < SHORT_MS;
  }

  #end() {
    const { far } = this.#line;
    this.#line = null;
    return far < STILL_PX ? "tap" : "end";
  }

  #unseen() {
    return this.#end() === "tap" ? "drop" : "end";
  }

  #pair() {
    const to = [...this.#fingers.values()].slice(0, 2);
    this.pinch = to.length === 2 ? { from: to.map((place) => ({ ...place })), to } : null;
  }

  #lift(id) {
    if (this.#fingers.delete(id) && this.#isPinch) this.#pair();
    if (!this.#fingers.size) this.#noFingers();
  }

  #noFingers() {
    this.#fingers.clear();
    this.#isPinch = false;
    this.pinch = null;
  }
}
