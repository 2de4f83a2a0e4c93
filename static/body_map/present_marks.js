// The person's own marks in the presenting view: unknown until they are switched on, forgotten when
// they are switched off, and never changed here.

import { toScreen } from "./camera.js";
import { spread } from "./discs.js";
import { MapState } from "./state.js";
import { middleOf, numberPlace, ownSide } from "./scene.js";
import * as over from "./overlay.js";
import * as words from "./words.js";

const RADIUS = { near: 15, whole: 11 };          // px of a number beside a lit place, and on the whole body
const CHOSEN = 44;                               // px between the chosen point's middle and another number's

export class OwnMarks {
  constructor(catalog) {
    this.catalog = catalog;
    this.take(null);
  }

  // data: {marks, day} as the server sent them; null forgets them
  take(data) {
    this.state = data && new MapState(this.catalog, { shown: () => [] });
    this.state?.receive(data);
    this.shown = [];
  }

  turn() {
    this.state?.turn();
  }

  get earlier() {
    return this.state?.earlier ?? null;
  }

  at(target, side) {
    return this.state?.shown(target, side) ?? null;
  }

  // Works out which marks a step shows and where: those at its areas and their points, or all of its
  // view. scene: as the picture drew it.
  place(step, scene) {
    const { figure, camera, size, parts, own } = scene;
    const target = step.point && this.catalog.targets.find(({ id }) => id === step.point);
    const near = target ? [target.area] : step.areas;
    const r = near.length ? RADIUS.near : RADIUS.whole;
    const box = { x0: r, y0: r, x1: size.w - r, y1: size.h - r };
    const all = (this.state?.allShown() ?? []).map((one) => ({ ...one, ...one.mark, target: this.state.targets.get(one.target), r }))
      .filter((one) => one.target.view === step.view);
    const onScreen = (one, place) => ({ ...one, ...toScreen(camera, place.x, place.y) });
    const points = all.filter((one) => one.target.area && (!near.length || near.includes(one.target.area)))
      .map((one) => onScreen(one, figure.points.get(`${one.target.id}|${one.side}`)));
    const areas = all.filter((one) => !one.target.area).flatMap((one) => {
      const part = (near.length ? parts : figure.areas.get(one.target.id)).find(({ id, side }) => id === one.target.id && side === one.side);
      return part ? [{ ...onScreen(one, middleOf(part)), part }] : [];
    });
    const apart = near.length ? points : [...points, ...areas];
    const isChosen = (one) => own && one.target === target && one.side === step.side;
    spread(apart.map((one) => ({ ...one, ...ownSide(one, camera, box) })), 2 * r + 5, { x0: -1e5, y0: -1e5, x1: 1e5, y1: 1e5 })
      .forEach((at, i) => { if (!isChosen(apart[i])) Object.assign(apart[i], at); });
    if (own) for (const one of apart) if (!isChosen(one)) keepClear(one, toScreen(camera, own.x, own.y));
    if (near.length) for (const one of areas) Object.assign(one, numberPlace(one.part, camera, size, points, 2 * r + 5));
    this.shown = [...apart.filter((one) => !isChosen(one)), ...(near.length ? areas : [])];
    this.chosen = apart.find(isChosen) ?? null;
  }

  draw() {
    return this.shown.map(({ x, y, touched, r }) => over.markDisc(x, y, touched, r));
  }

  // What the text column says while they are shown: one line for all, and each mark for those who
  // don't see the picture.
  say() {
    if (!this.state) return { line: "Reading my marks …", each: "" };
    if (!this.state.allShown().length) return { line: "I have no marks yet.", each: "" };
    const here = this.chosen ? [this.chosen, ...this.shown] : this.shown;
    const parts = [`Shows my own marks of ${this.earlier ?? "today"}: pain when touched, 0 to 10.`];
    if (!here.length) parts.push("None lies here.");
    if (here.some(({ touched }) => touched == null)) parts.push("“–” has a number by itself only.");
    return { line: parts.join(" "), each: here.map(({ target, side, mark }) => words.spokenName(target, side, mark, this.earlier)).join("; ") };
  }
}

function keepClear(one, chosen) {
  const dx = one.x - chosen.x, dy = one.y - chosen.y, far = Math.hypot(dx, dy);
  if (far >= CHOSEN) return;
  one.x = chosen.x + (far ? dx / far : 1) * CHOSEN;
  one.y = chosen.y + (far ? dy / far : 0) * CHOSEN;
}
