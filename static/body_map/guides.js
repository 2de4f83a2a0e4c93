// The guide lines of a lens: what a clinician feels for to find a place (the inner border of a
// shoulder blade, the long back muscles, the lowest rib, the rim of the pelvis), and where their
// names stand. A name covers no disc, label or other name; where the crowd leaves no room beside
// the line, a short stroke leads to it. Lengths are screen pixels unless a name says otherwise.

import { svg } from "./dom.js";
import { toScreen } from "./camera.js";
import { boxesMeet, crosses, distanceToBox, distanceToSegment } from "./geometry.js";

const FONT = '500 14px "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", Verdana, sans-serif';
const LINE = 16;                       // height of a line of a name
const CLEAR = 24;                      // a disc and a little air
const ENOUGH = 4;                      // a name that costs no more stands well
const STEP = 9;                        // how far apart the places of a line are that are tried
const BESIDE = 7;
const AXIS = 8;                        // from the midline
const APART = 3;                       // from name to name
const AWAY = [BESIDE, 16, 28, 44];
const AROUND = [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, -1], [-1, 1], [1, 1]];
// what a name would rather not cross, be nearer to than to its own line, be cut down to, or go without
const COST = { leader: 5, outline: 7, line: 6, mistaken: 6, short: 8, missing: 99 };

export const guidesOf = (state, area) => state.catalog.guides.filter((guide) => guide.areas.includes(area));

// The lines of an open area, on the sides that are shown.
export function guidesShown(state, figure, sides) {
  const known = new Map(guidesOf(state, state.choice.area).map((guide) => [guide.id, guide]));
  return figure.guides
    .filter(({ id, side }) => known.has(id) && sides.includes(side))
    .map((drawn) => ({ ...drawn, guide: known.get(drawn.id) }));
}

export class GuideLines {
  constructor() {
    this.element = svg("g", { class: "guides" });
  }

  // Bone is a pale band with an edge, so that it is seen where an area's outline runs along it.
  paint(shown) {
    this.element.replaceChildren(...shown.flatMap(({ d, guide }) => (guide.tissue === "bone"
      ? [svg("path", { d, class: "guide-edge" }), svg("path", { d, class: "guide-bone" })]
      : [svg("path", { d, class: "guide-muscle" })])));
  }
}

export function guideName({ id, side, lines, box, stroke }) {
  const group = svg("g", { class: "guide-name", "data-guide": id, "data-side": side });
  if (stroke) group.append(svg("path", { d: `M${stroke[0].x} ${stroke[0].y}L${stroke[1].x} ${stroke[1].y}` }));
  lines.forEach((words, i) => {
    const text = svg("text", { x: (box.x0 + box.x1) / 2, y: box.y0 + LINE * (i + 0.8), "text-anchor": "middle" });
    text.textContent = words;
    group.append(text);
  });
  return group;
}

// room: the box that names keep to; home: the open area's; around: {discs, boxes, leaders, outlines}
// that are there already
// -> [{id, side, lines of the name, box, stroke}]; a name without any free place is left out
export function placeNames(shown, camera, room, home, around) {
  const middle = toScreen(camera, 0, 0).x;
  const drawn = shown.map(({ id, side, guide, line }) => ({ id, side, guide, line: line.map(([x, y]) => toScreen(camera, x, y)) }));
  const pairs = [...new Set(drawn.map((one) => one.id))].map((id) => drawn.filter((one) => one.id === id));
  pairs.sort(([a], [b]) => stopsOf(a.line).length - stopsOf(b.line).length);
  const one = inOrder(pairs, middle, room, home, around);
  if (one.cost < drawn.length * ENOUGH) return one.placed;
  // the first to choose takes room from the next: in a crowd the other order may be better
  const other = inOrder(pairs.reverse(), middle, room, home, around);
  return other.cost < one.cost ? other.placed : one.placed;
}

// Left and right stand alike where both can.
function inOrder(pairs, middle, room, home, around) {
  const boxes = [...around.boxes], placed = [];
  let cost = 0;
  const place = (sides) => {
    const others = pairs.flat().filter((one) => !sides.includes(one)).map(({ line }) => line);
    const name = bestPlace(sides[0], sides.length > 1, middle, room, home, { ...around, boxes, others });
    if (!name) return false;
    cost += name.cost * sides.length;
    sides.forEach(({ id, side }, i) => {
      const at = i ? mirrored(name, middle) : name;
      boxes.push(padded(at.box));
      placed.push({ id, side, ...at });
    });
    return true;
  };
  for (const sides of pairs) {
    if (!place(sides)) for (const one of sides) if (!place([one])) cost += COST.missing;
  }
  return { placed, cost };
}

const acrossX = (middle, { x, y }) => ({ x: 2 * middle - x, y });
const mirroredBox = (middle, { x0, y0, x1, y1 }) => ({ x0: 2 * middle - x1, y0, x1: 2 * middle - x0, y1 });
const mirrored = ({ lines, box, stroke }, middle) => ({ lines, box: mirroredBox(middle, box), stroke: stroke?.map((at) => acrossX(middle, at)) });

// The cheapest place beside a line, free on its own side of the body and, when it is `paired`, at the
// mirror image, too.
function bestPlace({ guide, line }, paired, middle, room, home, around) {
  const own = line[0].x < middle ? { ...room, x1: Math.min(room.x1, middle - AXIS) } : { ...room, x0: Math.max(room.x0, middle + AXIS) };
  const stops = stopsOf(line).filter((at) => inside(own, at) && isClear([at, at], around));
  const here = { line, stops, room: own, home };
  const opposite = { line: line.map((at) => acrossX(middle, at)), stops: stops.map((at) => acrossX(middle, at)), room: mirroredBox(middle, own), home };
  let best = null, least = Infinity;
  for (const { lines, width, cost: worded } of wordings(guide)) {
    const size = { w: width / 2, h: (LINE * lines.length) / 2 };
    for (const at of stops) {
      for (const away of AWAY) {
        const far = worded + away / 8;
        if (far >= least) break;
        for (const [dx, dy] of AROUND) {
          const box = boxBeside(at, dx, dy, away, size);
          let cost = far + costOf(box, here, around, least - far);
          if (paired && cost < least) cost = (cost + far + costOf(mirroredBox(middle, box), opposite, around, Infinity)) / 2;
          if (cost < least) { best = { lines, box, cost }; least = cost; }
        }
      }
    }
  }
  return best && { ...best, stroke: strokeTo(best.box, stops).stroke };
}

// Infinity where something would be covered; beyond the limit it may be too low.
function costOf(box, { line, stops, room, home }, around, limit) {
  const outside = distanceToBox(home, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) / 20;
  if (outside >= limit || !isFree(box, room, line, around)) return Infinity;
  const crossed = outside + crossings(box, around);
  if (crossed >= limit) return crossed;
  const { distance, stroke } = strokeTo(box, stops);
  if (stroke && !isClear(stroke, around)) return Infinity;
  const mistaken = around.others.some((other) => other.some(({ x, y }) => distanceToBox(box, x, y) < distance));
  return crossed + (mistaken ? COST.mistaken : 0);
}

// From the place of the line that is nearest to a name; a name right beside it needs none.
function strokeTo(box, stops) {
  let at = null, distance = Infinity;
  for (const stop of stops) {
    const far = distanceToBox(box, stop.x, stop.y);
    if (far < distance) { at = stop; distance = far; }
  }
  return { distance, stroke: distance > BESIDE + 2 ? [at, nearestOf(box, at)] : null };
}

// A name on one line, on two, and its short form: the first that fits well is taken.
function wordings({ name, short }) {
  const whole = [[[name], 0], [halved(name), 1]];
  const cut = short === name ? [] : [[[short], COST.short], [halved(short), COST.short + 1]];
  return [...whole, ...cut].filter(([lines]) => lines).map(([lines, cost]) => ({ lines, cost, width: Math.max(...lines.map(widthOf)) }));
}

// The name in two lines that are as equal as its words allow.
function halved(name) {
  const words = name.split(" ");
  let best = null, least = Infinity;
  for (let i = 1; i < words.length; i++) {
    const lines = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
    const longest = Math.max(...lines.map(widthOf));
    if (longest < least) { best = lines; least = longest; }
  }
  return best;
}

const reader = document.createElement("canvas").getContext("2d");

function widthOf(text) {
  reader.font = FONT;
  return Math.ceil(reader.measureText(text).width) + 4;
}

function stopsOf(line) {
  const stops = [];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    const count = Math.max(1, Math.round(Math.hypot(b.x - a.x, b.y - a.y) / STEP));
    for (let k = 0; k < count; k++) stops.push({ x: a.x + ((b.x - a.x) * k) / count, y: a.y + ((b.y - a.y) * k) / count });
  }
  return [...stops, line.at(-1)];
}

function boxBeside(at, dx, dy, away, { w, h }) {
  const reach = dx && dy ? away * 0.7 : away;
  const x = at.x + dx * (reach + w), y = at.y + dy * (reach + h);
  return { x0: x - w, y0: y - h, x1: x + w, y1: y + h };
}

// names under each other must not read as one
const padded = ({ x0, y0, x1, y1 }) => ({ x0: x0 - APART, y0: y0 - APART, x1: x1 + APART, y1: y1 + APART });

const inside = (room, { x, y }) => x >= room.x0 && x <= room.x1 && y >= room.y0 && y <= room.y1;

const nearestOf = (box, { x, y }) => ({ x: Math.max(box.x0, Math.min(box.x1, x)), y: Math.max(box.y0, Math.min(box.y1, y)) });

function isFree(box, room, line, { discs, boxes }) {
  return box.x0 >= room.x0 && box.x1 <= room.x1 && box.y0 >= room.y0 && box.y1 <= room.y1
    && discs.every((disc) => distanceToBox(box, disc.x, disc.y) > CLEAR)
    && !boxes.some((other) => boxesMeet(box, other))
    && !crosses(line, box);
}

function isClear([a, b], { discs, boxes }) {
  return discs.every((disc) => distanceToSegment([a.x, a.y], [b.x, b.y], disc.x, disc.y) > CLEAR)
    && !boxes.some((box) => crosses([a, b], box));
}

function crossings(box, { leaders, outlines, others }) {
  const count = (lines) => lines.filter((line) => crosses(line, box)).length;
  return COST.leader * count(leaders) + COST.outline * count(outlines) + COST.line * count(others);
}
