// From the state to what stands where in the stage: the camera, the targets, the discs.
// No element is touched here; lengths are screen pixels unless a name says otherwise.

import { boundsOf, contains, distanceToEdge, joinBounds, ringsOf, roomiestPlace } from "./geometry.js";
import * as camera from "./camera.js";
import { separateSquares, smallestGap, spread } from "./discs.js";
import { assignColumns, arrange, LABEL, nameBox, sideNames } from "./labels.js";
import { guidesShown, placeNames } from "./guides.js";
import { keyOf } from "./state.js";

const GAP = 46;                 // between the centres of two 44 px discs
const EDGE = 24;                // from a disc's centre to the border of the room
const FAR = 10;                 // a disc farther than this from its true place asks to go closer
const SQUARE = 26;              // an area's guaranteed target on the whole body
const AROUND = 90;              // mm around a point of a topic
const NEAR_MISS = 14;           // beside the body but meant for it

// Reads a places file once: outlines as rings, points by key.
export function prepare(places) {
  const areas = new Map();
  for (const { id, side, d } of places.areas) {
    const rings = ringsOf(d);
    const part = { id, side, d, rings, bounds: boundsOf(rings.flat()), middle: null };
    areas.set(id, [...(areas.get(id) ?? []), part]);
  }
  const points = new Map(places.points.map(({ id, side, x, y }) => [keyOf(id, side), { x, y }]));
  return {
    body: places.body, view: places.view, areas, points, viewBox: places.view_box, levels: places.levels ?? [],
    guides: places.guides.map((guide) => ({ ...guide, line: ringsOf(guide.d)[0] })),
  };
}

// The roomiest place of an outline, worked out when first needed.
export function middleOf(part) {
  part.middle ??= roomiestPlace(part.rings);
  return part.middle;
}

export const areaKey = (target, side) => (target.lens === "side" ? `area:${target.id}:${side}` : `area:${target.id}`);
export const pointKey = (id, side) => `point:${id}:${side}`;

export function readKey(key) {
  const [kind, id, side] = key.split(":");
  return { kind, id, side: side ?? null };
}

// One target per area seen as a whole, one per side for sided areas.
export function areaTargets(state, figure) {
  const targets = [];
  for (const [id, parts] of figure.areas) {
    const target = state.targets.get(id);
    if (!target) continue;
    if (target.lens === "side") {
      for (const part of parts) targets.push({ key: areaKey(target, part.side), target, side: part.side, parts: [part] });
    } else {
      targets.push({ key: areaKey(target), target, side: null, parts });
    }
  }
  return targets;
}

export function overviewScene(state, figure, size, narrow) {
  const seen = state.place && narrow ? { w: size.w, h: size.h - 20 } : size;       // the pad overlaps the picture
  const base = camera.overview(figure.viewBox, seen, narrow && !state.place, state.legs);
  const view = camera.moved(base, size, state.zoom, state.pan);
  const targets = areaTargets(state, figure);
  const box = { x0: SQUARE / 2, y0: SQUARE / 2, x1: size.w - SQUARE / 2, y1: size.h - SQUARE / 2 };
  const below = narrow && !state.place ? PILL : null;
  const anchors = targets.map(({ parts }) => {
    const at = anchorOf(parts);
    const home = camera.toScreen(view, at.x, at.y);
    return covers(below, home, size) ? besidePill(parts, view, size) : home;
  });
  const inside = anchors.map((at) => at.x >= 0 && at.x <= size.w && at.y >= 0 && at.y <= size.h);
  const near = separateSquares(anchors.filter((_, i) => inside[i]), SQUARE, box);
  targets.forEach((target, i) => Object.assign(target, inside[i] ? near.shift() : anchors[i], { size: 24 }));
  return { camera: view, targets, size };
}

// A complaint or a muscle opened by itself: all its points, and where they are said to send pain, as far as this
// view shows them; else the whole body.
// patternOf(point, side): where one sends pain, or null
export function topicScene(state, figure, size, narrow, patternOf) {
  const boxes = [];
  for (const id of state.topic.points) {
    for (const side of state.targets.get(id).sides) {
      const place = figure.points.get(keyOf(id, side)), pattern = patternOf(id, side);
      if (place) boxes.push({ x0: place.x - AROUND, y0: place.y - AROUND, x1: place.x + AROUND, y1: place.y + AROUND });
      if (pattern) boxes.push(pattern.bounds);
    }
  }
  if (!boxes.length) return { ...overviewScene(state, figure, size, narrow), targets: [] };
  const room = { x0: 14, y0: 46, x1: size.w - 14, y1: size.h - (narrow ? 24 : 14) };
  const view = camera.moved(camera.lens(joinBounds(boxes), null, room, 0, 1), size, state.zoom, state.pan);
  return { camera: view, targets: [], size };
}

// The button at the bottom of a narrow whole body lies over the picture: no target under it.
const PILL = { half: 88, height: 58 };

function covers(pill, at, size) {
  return pill && Math.abs(at.x - size.w / 2) < pill.half + SQUARE / 2 && at.y > size.h - pill.height - SQUARE / 2 && at.y <= size.h;
}

// Another place of the same area, in sight and clear of the button; below the picture if there is
// none (the keyboard then brings the lower half into sight).
function besidePill(parts, view, size) {
  let best = null, least = Infinity;
  for (const part of parts) {
    const { x0, y0, x1, y1 } = part.bounds;
    for (let i = 1; i < 16; i++) {
      for (let j = 1; j < 16; j++) {
        const x = x0 + ((x1 - x0) * i) / 16, y = y0 + ((y1 - y0) * j) / 16;
        const at = camera.toScreen(view, x, y);
        const seen = at.x > 14 && at.x < size.w - 14 && at.y > 14 && at.y < size.h - 14;
        if (!seen || covers(PILL, at, size) || !contains(part.rings, x, y)) continue;
        const far = size.h - at.y;                     // the lowest free place is the nearest one
        const edge = Math.min(13, distanceToEdge(part.rings, x, y) * view.k);
        if (far - edge * 4 < least) { best = at; least = far - edge * 4; }
      }
    }
  }
  return best ?? { x: size.w / 2, y: size.h + 40 };
}

// For one outline its roomiest place; for several the middle of them all where that is inside.
function anchorOf(parts) {
  if (parts.length === 1) return middleOf(parts[0]);
  const all = joinBounds(parts.map((part) => part.bounds));
  const x = (all.x0 + all.x1) / 2, y = (all.y0 + all.y1) / 2;
  const holder = parts.find((part) => contains(part.rings, x, y) && distanceToEdge(part.rings, x, y) > 6);
  return holder ? { x, y } : middleOf(parts.find((part) => part.side === "midline") ?? parts[0]);
}

function partsShown(state, figure) {
  const sides = state.sidesShown;
  return (figure.areas.get(state.choice.area) ?? []).filter((part) => sides.includes(part.side));
}

function pointsShown(state, figure) {
  const sides = state.sidesShown;
  const list = [];
  for (const target of state.pointsInLens()) {
    for (const side of target.sides) {
      const place = figure.points.get(keyOf(target.id, side));
      const wanted = side === "midline" || sides.includes(side) || sides.includes("midline");
      if (place && wanted) list.push({ key: pointKey(target.id, side), target, side, place });
    }
  }
  return list;
}

// All points of the area, shown or not, so that switching a layer doesn't move the picture.
function pointBounds(state, figure) {
  const sides = state.sidesShown, places = [];
  for (const target of state.pointsOf.get(state.choice.area) ?? []) {
    for (const side of target.sides) {
      const place = figure.points.get(keyOf(target.id, side));
      if (place && (side === "midline" || sides.includes(side) || sides.includes("midline"))) places.push([place.x, place.y]);
    }
  }
  return places.length ? boundsOf(places) : null;
}

// The lens on an area: discs pushed apart, labels in two columns where there is room for them.
// labelHeight(text): how tall the label of a name is, in pixels
export function lensScene(state, figure, size, narrow, labelHeight) {
  const parts = partsShown(state, figure);
  const outline = joinBounds(parts.map((part) => part.bounds));
  const bounds = pointBounds(state, figure);
  const labelled = !narrow && Boolean(bounds);
  const beside = labelled ? LABEL.margin + LABEL.width + 4 : 0;
  const room = narrow
    ? { x0: 0, y0: 42, x1: size.w, y1: size.h - 20 }
    : { x0: Math.max(beside, 14), y0: 46, x1: size.w - Math.max(beside, 14), y1: size.h - 14 };
  const around = state.zoom === 1 ? room : { x0: 0, y0: 0, x1: size.w, y1: room.y1 };
  const box = { x0: around.x0 + EDGE, y0: around.y0 + EDGE, x1: around.x1 - EDGE, y1: around.y1 - EDGE };
  let nearer = narrow ? 1.3 : 1, view, discs, within;
  // points in a crowd: go closer until no disc lies far from its true place
  for (let round = 0; round < 8; round++, nearer *= 1.12) {
    view = camera.moved(camera.lens(outline, bounds, room, EDGE + 2, nearer), size, state.zoom, state.pan);
    discs = pointsShown(state, figure).map((point) => {
      const at = camera.toScreen(view, point.place.x, point.place.y);
      return { ...point, kind: point.target.kind, tx: at.x, ty: at.y, ...at, size: 44, round: true };
    });
    within = discs.filter((disc) => disc.tx > 0 && disc.tx < size.w && disc.ty > 0 && disc.ty < size.h);
    spread(within.map((disc) => ({ ...disc, ...ownSide(disc, view, box) })), GAP, box)
      .forEach(({ x, y }, i) => Object.assign(within[i], { x, y }));
    if (state.zoom > 1 || within.every((disc) => Math.hypot(disc.x - disc.tx, disc.y - disc.ty) <= FAR)) break;
  }
  for (const disc of within) disc.height = labelled ? labelHeight(disc.target.name) : 0;
  const labels = labelled && state.zoom === 1
    ? arrange(assignColumns(within, size), size, 50, 16)
    : null;
  const several = parts.length > 1;
  const leaders = (labels ?? []).map(({ sx, sy, cx, cy }) => [{ x: sx, y: sy }, { x: cx, y: cy }]);
  const levels = levelsBeside(state, figure, parts, view, narrow);
  const guides = guidesShown(state, figure, parts.map(({ side }) => side));
  const taken = {
    discs: within, leaders, levels: levels.map(levelBox), lines: guides.map(({ line }) => onScreen(view, line)), edge: labels ? beside : 0,
  };
  const names = several ? sideNames(parts.map((part) => spans(part, view)), taken, size, narrow ? 24 : 10) : [];
  const foot = state.zoom > 1 ? 76 : narrow ? 24 : 4;       // the arrows, or the sheet over the picture
  const guideRoom = { x0: 4, y0: 4, x1: size.w - 4, y1: size.h - foot };
  const guideNames = placeNames(guides, view, guideRoom, boxOnScreen(view, outline), {
    ...taken, outlines: parts.flatMap((part) => part.rings.map((ring) => onScreen(view, [...ring, ring[0]]))),
    boxes: [...(labels ?? []).map((label) => labelBox(label, within, size)), ...names.map(nameBox), ...taken.levels, ...sideBoxes(size, narrow)],
  });
  return { camera: view, parts, discs, labels, names, levels, guides, guideNames, size, gap: smallestGap(within) };
}

function boxOnScreen(view, { x0, y0, x1, y1 }) {
  const low = camera.toScreen(view, x0, y0), high = camera.toScreen(view, x1, y1);
  return { x0: low.x, y0: low.y, x1: high.x, y1: high.y };
}

const onScreen = (view, line) => line.map(([x, y]) => camera.toScreen(view, x, y));

// The spine's levels beside which the chosen area lies: with the bones, and in a lens with the room.
function levelsBeside(state, figure, parts, view, narrow) {
  if (!state.layers.bones && (state.place || narrow)) return [];
  return figure.levels
    .filter(([, x, y]) => parts.some(({ bounds: b }) => x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1))
    .map(([name, x, y]) => ({ name, ...camera.toScreen(view, x, y) }));
}

function labelBox({ key, side, y }, discs, size) {
  const { height } = discs.find((disc) => disc.key === key);
  const x0 = side === "left" ? LABEL.margin : size.w - LABEL.margin - LABEL.width;
  return { x0, y0: y - height / 2, x1: x0 + LABEL.width, y1: y + height / 2 };
}

const levelBox = ({ x, y }) => ({ x0: x - 14, y0: y - 16, x1: x + 14, y1: y - 2 });

// "Your left" and "Your right" in the stage's upper corners.
function sideBoxes({ w }, narrow) {
  const [wide, y1] = narrow ? [94, 38] : [110, 46];
  return [{ x0: 0, y0: 0, x1: wide, y1 }, { x0: w - wide, y0: 0, x1: w, y1 }];
}

// Left stays left: how far a disc may be pushed without crossing the midline.
export function ownSide({ side, x }, view, box) {
  if (side === "midline") return {};
  const middle = camera.toScreen(view, 0, 0).x;
  return x < middle ? { x0: box.x0, x1: Math.min(box.x1, middle - 1) } : { x0: Math.max(box.x0, middle + 1), x1: box.x1 };
}

// Where an area's own number stands: inside its outline, in sight, clear of every disc.
export function numberPlace(part, view, size, discs, clear) {
  const { x0, y0, x1, y1 } = part.bounds;
  const middle = middleOf(part);
  const home = camera.toScreen(view, middle.x, middle.y);
  let best = null, least = Infinity;
  for (let i = 0; i <= 20; i++) {
    for (let j = 0; j <= 20; j++) {
      const x = x0 + ((x1 - x0) * i) / 20, y = y0 + ((y1 - y0) * j) / 20;
      const at = camera.toScreen(view, x, y);
      if (at.x < 20 || at.y < 20 || at.x > size.w - 20 || at.y > size.h - 40) continue;
      if (discs.some((disc) => Math.hypot(disc.x - at.x, disc.y - at.y) < clear)) continue;
      const far = Math.hypot(at.x - home.x, at.y - home.y);
      if (far >= least || !contains(part.rings, x, y)) continue;
      if (distanceToEdge(part.rings, x, y) * view.k < 9) continue;
      best = at;
      least = far;
    }
  }
  return best ?? home;
}

// A point or a whole area is being marked: its surroundings at a fixed scale, other points small.
// reach: the bounds of where its pain is said to go
export function closeScene(state, figure, size, narrow, reach) {
  const parts = partsShown(state, figure);
  const outline = joinBounds(parts.map((part) => part.bounds));
  const chosen = state.choice.point && figure.points.get(keyOf(state.choice.point, state.choice.side));
  const bottom = narrow ? 20 : 0;
  let base;
  if (chosen && reach && state.wide) {
    const room = { x0: 24, y0: 46, x1: size.w - 24, y1: size.h - bottom - 24 };
    const all = joinBounds([reach, boundsOf([[chosen.x, chosen.y]])]);
    base = camera.lens(all, null, room, 0, 1);
  } else if (chosen) {
    base = camera.onPoint(chosen, outline, size, narrow ? size.w / 272 : 2, 20 - bottom);
  } else {
    const room = { x0: 10, y0: 42, x1: size.w - 10, y1: size.h - bottom - 10 };
    base = camera.lens(outline, null, room, 0, 1);
  }
  const view = camera.moved(base, size, state.zoom, state.pan);
  const discs = pointsShown(state, figure).map((point) => {
    const at = camera.toScreen(view, point.place.x, point.place.y);
    return { ...point, kind: point.target.kind, tx: at.x, ty: at.y, ...at, size: 24, round: true };
  });
  const others = discs.filter((disc) => !isChosen(state, disc));
  const box = { x0: -1e4, y0: -1e4, x1: 1e4, y1: 1e4 };
  const fixed = discs.find((disc) => isChosen(state, disc));
  if (fixed) fixed.size = 44;
  spread(others, 25, box).forEach((at, i) => Object.assign(others[i], at));
  if (fixed) keepClear(others, fixed);
  return { camera: view, parts, discs, labels: null, names: [], levels: levelsBeside(state, figure, parts, view, narrow), size };
}

export const isChosen = (state, disc) => disc.target.id === state.choice.point && disc.side === state.choice.side;

// the chosen point's 44 px stay its own
function keepClear(others, fixed) {
  for (const other of others) {
    const dx = other.x - fixed.x, dy = other.y - fixed.y, length = Math.hypot(dx, dy);
    if (length >= 35) continue;
    const push = 35 / (length || 1);
    other.x = fixed.x + (length ? dx : 1) * push;
    other.y = fixed.y + dy * push;
  }
}

// How wide an outline is at a height of the screen.
function spans(part, view) {
  const top = camera.toScreen(view, 0, part.bounds.y0).y, low = camera.toScreen(view, 0, part.bounds.y1).y;
  const spanAt = (screenY) => {
    const y = camera.toDrawing(view, 0, screenY).y;
    const xs = [];
    for (const ring of part.rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i], [xj, yj] = ring[j];
        if (yi > y !== yj > y) xs.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
      }
    }
    if (!xs.length) return null;
    return { x0: camera.toScreen(view, Math.min(...xs), 0).x, x1: camera.toScreen(view, Math.max(...xs), 0).x };
  };
  return { side: part.side, spanAt, y0: top, y1: low };
}

// The area part under (or a finger's width beside) a place in the stage; null on open paper.
export function partAt(figure, view, x, y) {
  const at = camera.toDrawing(view, x, y);
  let best = null, least = NEAR_MISS / view.k;
  for (const parts of figure.areas.values()) {
    for (const part of parts) {
      const { x0, y0, x1, y1 } = part.bounds;
      if (at.x < x0 - least || at.x > x1 + least || at.y < y0 - least || at.y > y1 + least) continue;
      if (contains(part.rings, at.x, at.y)) return part;
      const distance = distanceToEdge(part.rings, at.x, at.y);
      if (distance < least) { best = part; least = distance; }
    }
  }
  return best;
}

export function nearestDisc(discs, x, y) {
  let best = null, least = Infinity;
  for (const disc of discs) {
    const distance = Math.min(Math.hypot(disc.tx - x, disc.ty - y), Math.hypot(disc.x - x, disc.y - y));
    if (distance < least) { best = disc; least = distance; }
  }
  return best;
}
