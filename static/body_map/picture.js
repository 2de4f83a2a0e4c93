// Builds what is drawn over the figure for one scene: a list of [key or null, node].
// Nodes with a key light up together with everything else of that key.

import * as over from "./overlay.js";
import { isChosen, middleOf, numberPlace, ownSide } from "./scene.js";
import { guideName } from "./guides.js";
import { spread } from "./discs.js";
import { toScreen } from "./camera.js";

const DOT = 1.9;                // radius of a point on the whole body
const MARK = 9.5;               // radius of a number there
const LEVEL_GAP = 17;           // between two names of levels there
const FELT = ["C7", "T3", "T7", "T12", "L4", "S2"];

export function picture(state, scene) {
  if (state.screen === "overview" && state.place) return smallMarks(state, scene);
  if (state.looking) return state.spotsShown.map(({ x, y, r }) => {
    const at = toScreen(scene.camera, x, y);
    return [null, over.spot(at.x, at.y, r * scene.camera.k)];
  });
  if (state.topic) return overviewDots(state, scene);
  if (state.screen === "overview") return [...(state.layers.bones ? levels(scene) : []), ...overviewDots(state, scene), ...overviewMarks(state, scene)];
  const drawn = [];
  for (const { name, x, y } of scene.levels) drawn.push([null, over.level(name, x, y)]);
  drawn.push(...areaMarks(state, scene));
  for (const line of scene.labels ?? []) drawn.push([line.key, over.leader(line)]);
  for (const name of scene.guideNames ?? []) drawn.push([null, guideName(name)]);
  // the chosen disc last, so that nothing lies over its number
  const discs = [...scene.discs].sort((a, b) => isChosen(state, a) - isChosen(state, b));
  for (const disc of discs) drawn.push([disc.key, drawDisc(state, disc)]);
  return drawn;
}

export function savingOf(state, id, side) {
  if (!state.isWaiting(id, side)) return null;
  return state.outbox.statusOf("mark") === "late" ? "late" : "saving";
}

function drawDisc(state, disc) {
  const mark = state.shown(disc.target.id, disc.side);
  const number = mark ? mark[state.kind] : undefined;
  const saving = savingOf(state, disc.target.id, disc.side);
  const selected = isChosen(state, disc);
  if (state.place && !selected) return over.restingDot(disc, { mark: number, saving });
  return over.disc(disc, { selected, mark: number, saving });
}

function overviewDots(state, scene) {
  const dots = [];
  const own = new Set(state.topic?.points);
  for (const target of state.targets.values()) {
    if (!target.area || target.view !== state.choice.view || !(own.has(target.id) || (state.isShown(target) && !state.topic))) continue;
    for (const side of target.sides) {
      const place = scene.figure.points.get(`${target.id}|${side}`);
      if (!place) continue;
      const at = toScreen(scene.camera, place.x, place.y);
      dots.push([null, own.has(target.id) ? over.ownDot(at.x, at.y) : over.dot(at.x, at.y, target.kind, DOT)]);
    }
  }
  return dots;
}

// Beside the one number for the day the body is small: discs without digits, larger for more.
function smallMarks(state, scene) {
  return marksOf(state, scene).map(({ x, y, number }) => [null, over.plainDisc(x, y, number)]);
}

function marksOf(state, scene) {
  const marks = [];
  for (const { target, side, mark } of state.allShown()) {
    const part = (scene.figure.areas.get(target) ?? []).find((one) => one.side === side);
    const place = scene.figure.points.get(`${target}|${side}`) ?? (part && middleOf(part));
    if (!place || state.targets.get(target)?.view !== state.choice.view) continue;
    marks.push({ ...toScreen(scene.camera, place.x, place.y), number: mark[state.kind], target, side });
  }
  return marks;
}

// Every mark of this view as a number disc, moved aside where discs would cover each other.
function overviewMarks(state, scene) {
  const marks = marksOf(state, scene);
  const room = { x0: MARK, y0: MARK, x1: scene.size.w - MARK, y1: scene.size.h - MARK };
  const far = { x0: -1e5, y0: -1e5, x1: 1e5, y1: 1e5 };
  const inside = marks.every((m) => m.x > 0 && m.x < scene.size.w && m.y > 0 && m.y < scene.size.h);
  const limits = inside ? room : far;
  const at = spread(marks.map((mark) => ({ ...mark, ...ownSide(mark, scene.camera, limits) })), 2 * MARK + 5, limits);
  return marks
    .map((mark, i) => ({ ...mark, ...at[i] }))
    .sort((a, b) => (a.number ?? -1) - (b.number ?? -1))
    .map(({ x, y, number, target, side }) => [null, over.markDisc(x, y, number, MARK, savingOf(state, target, side))]);
}

function areaMarks(state, scene) {
  const drawn = [];
  const small = Boolean(state.place);
  const round = small ? scene.discs.map(({ tx, ty }) => ({ x: tx, y: ty })) : scene.discs;
  const names = (scene.names ?? []).map(({ x, y }) => ({ x, y }));
  for (const part of scene.parts) {
    const mark = state.shown(part.id, part.side);
    if (!mark) continue;
    const at = numberPlace(part, scene.camera, scene.size, [...round, ...names], small ? 27 : 41);
    drawn.push([null, over.markDisc(at.x, at.y, mark[state.kind], 14, savingOf(state, part.id, part.side))]);
  }
  return drawn;
}

// Of the spine's levels those that can be told apart on the whole body, the ones that are found by
// touch first.
function levels({ figure, camera }) {
  const first = ([name]) => (FELT.includes(name) ? 0 : 1);
  const drawn = [];
  for (const [name, x, y] of [...figure.levels].sort((a, b) => first(a) - first(b))) {
    const at = toScreen(camera, x, y);
    if (drawn.every((other) => Math.abs(other.y - at.y) >= LEVEL_GAP)) drawn.push({ name, ...at });
  }
  return drawn.map(({ name, x, y }) => [null, over.level(name, x, y)]);
}
