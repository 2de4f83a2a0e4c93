// What the map knows: the catalog, the person's choice, their marks as they are right now
// (the server's plus what is still on its way), and the settings of this visit.

import { today } from "./clock.js";
import { changed, dayOf, withRefused } from "./statements.js";
import { dayName } from "./words.js";

const LEVELS = "0123456789A";
export const NOWHERE = Object.freeze({ area: null, point: null, side: null, hurts: null, complaint: null, muscle: null });
const SPOT = 25;                       // mm: what a fingertip covers, as the look-up reckons

export const keyOf = (target, side) => `${target}|${side}`;

// "3-" -> {touched: 3, byItself: null}; "--" -> null
function markOf(pair) {
  const [touched, byItself] = [...pair].map((letter) => {
    const level = LEVELS.indexOf(letter);
    return level < 0 ? null : level;
  });
  return touched == null && byItself == null ? null : { touched, byItself, details: null };
}

export class MapState {
  constructor(catalog, outbox) {
    this.catalog = catalog;
    this.outbox = outbox;
    this.targets = new Map(catalog.targets.map((target) => [target.id, target]));
    this.complaints = new Map(catalog.complaints.map((one) => [one.id, { ...one, name: one.words }]));
    this.muscles = new Map(catalog.muscles.map((one) => [one.id, one]));
    this.pointsOf = new Map();
    for (const target of catalog.targets) {
      if (!target.area) continue;
      this.pointsOf.set(target.area, [...(this.pointsOf.get(target.area) ?? []), target]);
    }
    this.choice = { view: "back", body: catalog.bodies[0].id, ...NOWHERE };
    this.marking = false;             // the pad is open for an area, not for a point
    this.spots = false;               // the look-up takes the spot that is touched, not its area
    this.lookedUp = null;             // the choice with a list of points that the chosen one was opened from
    this.zoom = 1;
    this.pan = { x: 0, y: 0 };
    this.wide = false;                // with a point chosen: all of its pattern instead of the point
    this.legs = false;                // a narrow overview shows the legs
    this.kind = "touched";            // which of the two numbers the map shows
    this.layers = { areas: true, points: true, tender: false, muscles: null, deep: false, bones: false, spread: true, kin: false };
    this.mostZoom = 4;
    this.served = new Map();          // the server's marks
    this.servedDay = null;            // the day that they are of
    this.day = null;                  // today: marks made now are of this day
    this.lastTime = new Map();        // how the chosen place was marked on an earlier day
    this.taken = new Map();           // per place: its marks before each change of this day
    this.command = null;               // number of the newest choice by the server that was followed
    this.session = null;               // of the server, which counts its choices
    this.isElsewhere = false;          // another session answered, which knows the address but not this map
  }

  // data as the server sends it with each run
  receive(data) {
    this.served = this.#read(data.marks ?? "", data.details ?? {});
    this.servedDay = data.day ?? today();
    this.day ??= today();
    this.lastTime = new Map(Object.entries(data.last_time ?? {}).map(([key, [touched, byItself, details]]) => [key, { touched, byItself, details }]));
    const first = this.command === null;
    this.isElsewhere = !first && Boolean(data.session) && data.session !== this.session;
    this.session = data.session || this.session;
    if (this.isElsewhere) this.command = data.command ?? 0;
    else if (first || data.command > this.command) {
      this.command = data.command ?? 0;
      return this.goTo(data.choice ?? {});
    }
    this.#moveSpots(data.choice);
    return false;
  }

  // Turns to today by this device's clock, whatever the server takes for it; returns whether that is new.
  turn() {
    const now = today();
    if (now === this.day) return false;
    this.day = now;
    this.taken.clear();                // undo never crosses a day
    return true;
  }

  // "Friday" when the server's marks are an earlier day's; null when they are not, or there are none.
  get earlier() {
    const isEarlier = this.servedDay < this.day && (this.served.size || this.#sentOn(this.servedDay).length);
    return isEarlier ? dayName(this.servedDay, this.day) : null;
  }

  // On another body a spot lies elsewhere in the drawing; the server knows where.
  #moveSpots(told) {
    const { body, hurts } = this.choice;
    if (told?.body === body && told.hurts?.length === hurts?.length && hurts) this.choice = { ...this.choice, hurts: told.hurts };
  }

  #read(marks, details) {
    const read = new Map();
    this.catalog.slots.forEach(([target, side], i) => {
      const mark = markOf(marks.slice(2 * i, 2 * i + 2));
      if (mark) read.set(keyOf(target, side), { ...mark, details: details[keyOf(target, side)] ?? null });
    });
    return read;
  }

  isWaiting(id, side) {
    return this.#sentOn(this.day).some((one) => one.target === id && one.side === side);
  }

  // What was refused at a place, or null.
  refusal({ id, side }) {
    return this.outbox.refusalOf((one) => one.kind === "mark" && !one.again && one.target === id && one.side === side);
  }

  // True while the pictures show an earlier check-in: nothing of today is there yet.
  get showsEarlier() {
    return Boolean(this.earlier) && !this.#sentOn(this.day).length;
  }

  // Today's mark at one place, with what is still on its way; null when there is none.
  today(target, side) {
    const mark = this.#markOn(this.day, target, side);
    const refused = mark && this.refusal({ id: target, side });
    return refused?.field ? { ...mark, details: withRefused({ ...mark.details }, refused) } : mark;
  }

  #markOn(day, target, side) {
    const sent = this.#sentOn(day).findLast((one) => one.target === target && one.side === side);
    if (!sent) return day === this.servedDay ? this.served.get(keyOf(target, side)) ?? null : null;
    if (sent.touched == null && sent.by_itself == null) return null;
    return { touched: sent.touched, byItself: sent.by_itself, details: sent.details ?? null };
  }

  // Marks about a day that the server has not taken yet.
  #sentOn(day) {
    return this.outbox.shown((one) => one.kind === "mark" && !one.again && dayOf(one) === day);
  }

  #markedOn(day) {
    const places = new Set(day === this.servedDay ? this.served.keys() : []);
    for (const sent of this.#sentOn(day)) places.add(keyOf(sent.target, sent.side));
    return [...places].map((key) => key.split("|")).map(([target, side]) => ({ target, side, mark: this.#markOn(day, target, side) })).filter(({ mark }) => mark);
  }

  // The mark the pictures show there: today's, or the earlier check-in's while today has none.
  shown(target, side) {
    return this.#markOn(this.showsEarlier ? this.servedDay : this.day, target, side);
  }

  allShown() {
    return this.#markedOn(this.showsEarlier ? this.servedDay : this.day);
  }

  // Records a change at the chosen place; the pictures show it before the server knows. Typing is one
  // change, however many keys it takes.
  mark(place, mark, { pressed = [], isTyped = false } = {}) {
    const key = keyOf(place.id, place.side);
    const before = this.taken.get(key) ?? [];
    if (!isTyped || !this.outbox.isHolding) this.taken.set(key, [...before, this.today(place.id, place.side)]);
    this.#send(place, mark, pressed, isTyped);
  }

  #send({ id: target, side }, mark, pressed = [], isTyped = false) {
    const { touched = null, byItself = null, details = null } = mark;
    const was = changed(this.today(target, side), mark, pressed);
    this.outbox.add({ kind: "mark", day: this.day, target, side, touched, by_itself: byItself, details }, { was, isTyped });
  }

  canUndo(place) {
    return (this.taken.get(keyOf(place.id, place.side)) ?? []).length > 0;
  }

  undo(place) {
    const key = keyOf(place.id, place.side);
    const before = [...(this.taken.get(key) ?? [])];
    if (!before.length) return;
    const mark = before.pop();
    this.taken.set(key, before);
    this.#send(place, mark ?? {});
  }

  // The place the pad is for: {id, side, target}, or null when no pad is open.
  get place() {
    const { area, point, side } = this.choice;
    const id = point ?? (this.marking ? area : null);
    if (!id) return null;
    const target = this.targets.get(id);
    return { id, side: side ?? target.sides[0], target };
  }

  get screen() {
    if (this.choice.point) return "point";
    if (this.choice.area && this.choice.area !== "whole-body") return "area";
    return "overview";
  }

  // Places that hurt are being touched, to look up which points are said to reach them.
  get looking() {
    return this.choice.hurts !== null;
  }

  // The complaint or the muscle whose points are shown; null when there is none.
  get topic() {
    return this.topicOf(this.choice);
  }

  topicOf({ complaint, muscle }) {
    return this.complaints.get(complaint) ?? this.muscles.get(muscle) ?? null;
  }

  // Where Escape leads out of: everything but the whole body with nothing chosen on it.
  get isSomewhere() {
    return this.screen !== "overview" || Boolean(this.place) || this.looking || Boolean(this.topic);
  }

  hurtsAt(id, side) {
    return this.looking && this.choice.hurts.some(([one, other]) => one === id && other === side);
  }

  // The places of the look-up with an area's sides put in, or taken out where all were in.
  withArea(id, sides) {
    const others = this.choice.hurts.filter(([one, side]) => one !== id || !sides.includes(side));
    return sides.every((side) => this.hurtsAt(id, side)) ? others : [...others, ...sides.map((side) => [id, side])];
  }

  // The same for a free spot, in drawing units of the figure shown.
  withSpot(x, y) {
    const { view, body, hurts } = this.choice;
    const own = (place) => place.length === 4 && place[0] === view && place[1] === body && Math.hypot(place[2] - x, place[3] - y) <= SPOT;
    const others = hurts.filter((place) => !own(place));
    return others.length < hurts.length ? others : [...hurts, [view, body, Math.round(x), Math.round(y)]];
  }

  // The free spots on the figure shown.
  get spotsShown() {
    const { view, body, hurts } = this.choice;
    return (hurts ?? []).filter((place) => place.length === 4 && place[0] === view && place[1] === body).map(([, , x, y]) => ({ x, y, r: SPOT }));
  }

  get area() {
    return this.choice.area ? this.targets.get(this.choice.area) : null;
  }

  // The sides the lens shows: one for sided areas, all for areas seen as a whole.
  get sidesShown() {
    const area = this.area;
    if (!area) return [];
    return area.lens === "side" && this.choice.side ? [this.choice.side] : area.sides;
  }

  // Points of the chosen area that are layers on now.
  pointsInLens() {
    const points = this.pointsOf.get(this.choice.area) ?? [];
    return points.filter((point) => this.isShown(point));
  }

  isShown(point) {
    return point.id === this.choice.point || this.isLayerOn(point);
  }

  isLayerOn(point) {
    return point.kind === "trigger" ? this.layers.points : this.layers.tender;
  }

  // Whether the lens on the chosen area has a point to choose.
  get hasPoints() {
    const sides = this.sidesShown;
    const seen = (side) => side === "midline" || sides.includes(side) || sides.includes("midline");
    return (this.pointsOf.get(this.choice.area) ?? []).some((point) => this.isLayerOn(point) && point.sides.some(seen));
  }

  // One step out of an open pad is its area, where that has points to choose; else the whole body.
  get leadsBackToArea() {
    return Boolean(this.place) && this.screen !== "overview" && this.hasPoints;
  }

  get musclesShown() {
    return this.layers.muscles ?? (this.screen !== "overview" || this.choice.muscle !== null);
  }

  zoomBy(step) {
    this.zoom = Math.max(1, Math.min(this.mostZoom, step > 0 ? this.zoom * 1.5 : this.zoom / 1.5));
    if (this.zoom < 1.05) this.zoom = 1;
    if (this.zoom === 1) this.pan = { x: 0, y: 0 };
  }

  // A third of what is seen, to one side.
  panBy(x, y, scene) {
    const { size, camera } = scene;
    this.pan = { x: this.pan.x + (x * size.w) / camera.k / 3, y: this.pan.y + (y * size.h) / camera.k / 3 };
  }

  // Brings a target that got the focus outside the picture into it.
  reveal(place, scene) {
    const { size, camera } = scene;
    if (this.screen === "overview" && this.zoom === 1) {
      this.legs = place.y > size.h;
      return;
    }
    this.pan = { x: this.pan.x + (place.x - size.w / 2) / camera.k, y: this.pan.y + (place.y - size.h / 2) / camera.k };
  }

  // Moves to a choice, however incomplete or wrong; unknown names lead to the whole body.
  // Returns whether anything changed.
  goTo(wanted) {
    const next = this.#tidy(wanted);
    const before = this.choice;
    const changed = JSON.stringify(next) !== JSON.stringify({ ...next, ...before });
    if (next.point && (before.hurts || before.complaint || before.muscle)) this.lookedUp = before;
    else if (!next.point) this.lookedUp = null;
    if (next.area !== before.area || next.point !== before.point) {
      this.marking = false;
      this.wide = false;
      this.zoom = 1;
      this.pan = { x: 0, y: 0 };
    }
    this.choice = next;
    const area = this.area;
    if (area?.kind === "overall") this.marking = true;
    // an area that shows no points has nothing else to choose: its pad opens at once
    if (area?.kind === "area" && !next.point && next.side && !this.hasPoints) this.marking = true;
    return changed;
  }

  #tidy({ view, body, area, point, side, hurts, complaint, muscle }) {
    const known = this.catalog.bodies.some((one) => one.id === body);
    const next = {
      view: view === "front" || view === "back" ? view : this.choice.view,
      body: known ? body : this.choice.body,
      ...NOWHERE,
    };
    const target = this.targets.get(point) ?? this.targets.get(area);
    if (!target && this.complaints.has(complaint)) return { ...next, complaint };
    if (!target && this.muscles.has(muscle)) return { ...next, muscle };
    if (!target) return Array.isArray(hurts) ? { ...next, hurts } : next;
    const isPoint = Boolean(target.area);
    next.area = isPoint ? target.area : target.id;
    next.point = isPoint ? target.id : null;
    if (target.kind !== "overall") next.view = target.view;
    const mustHaveSide = isPoint || target.lens === "side" || target.sides.length === 1;
    next.side = target.sides.includes(side) ? side : mustHaveSide ? target.sides[0] : null;
    return next;
  }
}
