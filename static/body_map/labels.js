// The name labels of the lens: two columns of buttons beside the drawing, in the one order whose
// straight leaders cross neither each other nor a disc. Pure, in screen pixels.

import { boxesMeet, crosses, distanceToBox } from "./geometry.js";

const RADIUS = 22;
export const LABEL = { width: 122, margin: 10, gap: 13, least: 4, reach: RADIUS };
const EXACT_UP_TO = 9;

// discs: [{key, x, y, column, height of its label}]
// -> [{key, side, y (middle of the label), cx, cy, sx, sy}]: (cx, cy) is the leader's end at the
// label, (sx, sy) its end at the disc. null when the labels don't fit.
// label: how wide the columns are and how far from the edge, how far apart two labels stand at most
// and at least, and how far from a disc's centre its leader ends
export function arrange(discs, size, top, bottom, label = LABEL) {
  const placed = [];
  for (const side of ["left", "right"]) {
    const column = discs.filter((disc) => disc.column === side);
    if (!column.length) continue;
    const tall = column.reduce((sum, disc) => sum + disc.height, 0);
    const room = size.h - top - bottom;
    const gap = Math.min(label.gap, (room - tall) / Math.max(1, column.length - 1));
    if (gap < label.least) return null;
    const whole = tall + gap * (column.length - 1);
    const mean = column.reduce((sum, disc) => sum + disc.y, 0) / column.length;
    const first = Math.max(top, Math.min(mean - whole / 2, size.h - bottom - whole));
    const cx = side === "left" ? label.margin + label.width : size.w - label.margin - label.width;
    for (const { disc, y } of bestOrder(column, first, gap, cx)) {
      const angle = Math.atan2(y - disc.y, cx - disc.x);
      placed.push({
        key: disc.key, side, y, cx, cy: y,
        sx: disc.x + Math.cos(angle) * label.reach, sy: disc.y + Math.sin(angle) * label.reach,
      });
    }
  }
  return placed;
}

// One side's points keep to their side; a single side's points are parted by where they lie.
export function assignColumns(discs, size) {
  const sides = new Set(discs.map((disc) => disc.side));
  if (sides.has("left") && sides.has("right")) {
    const leftX = mean(discs.filter((d) => d.side === "left"), "x");
    const rightX = mean(discs.filter((d) => d.side === "right"), "x");
    for (const disc of discs) {
      if (disc.side === "midline") disc.column = disc.x <= size.w / 2 ? "left" : "right";
      else disc.column = (disc.side === "left") === (leftX <= rightX) ? "left" : "right";
    }
    return discs;
  }
  const byX = [...discs].sort((a, b) => a.x - b.x || a.y - b.y);
  byX.forEach((disc, i) => { disc.column = i < byX.length / 2 ? "left" : "right"; });
  return discs;
}

const mean = (list, name) => list.reduce((sum, item) => sum + item[name], 0) / Math.max(1, list.length);

function bestOrder(discs, first, gap, cx) {
  const start = [...discs].sort((a, b) => a.y - b.y || a.x - b.x);
  const order = discs.length <= EXACT_UP_TO ? exact(start, first, gap, cx) : improved(start, first, gap, cx);
  return stacked(order, first, gap);
}

// The middle of each label when they are stacked in this order.
function stacked(order, first, gap) {
  let top = first;
  return order.map((disc) => {
    const y = top + disc.height / 2;
    top += disc.height + gap;
    return { disc, y };
  });
}

const alone = (disc, y) => Math.abs(disc.y - y) / 120;

function costOf(order, first, gap, cx) {
  const labels = stacked(order, first, gap);
  let sum = 0;
  labels.forEach(({ disc, y }, i) => {
    sum += alone(disc, y);
    for (let j = 0; j < i; j++) sum += clash(disc, y, labels[j].disc, labels[j].y, cx);
  });
  return sum;
}

// All orders, but none followed further once it costs more than the best one known.
function exact(start, first, gap, cx) {
  let best = start, least = costOf(start, first, gap, cx);
  const chain = [];
  const follow = (rest, top, soFar) => {
    if (!rest.length) {
      best = chain.map(({ disc }) => disc);
      least = soFar;
      return;
    }
    for (const disc of rest) {
      const y = top + disc.height / 2;
      let sum = soFar + alone(disc, y);
      for (let i = 0; i < chain.length && sum < least; i++) sum += clash(disc, y, chain[i].disc, chain[i].y, cx);
      if (sum >= least) continue;
      chain.push({ disc, y });
      follow(rest.filter((other) => other !== disc), top + disc.height + gap, sum);
      chain.pop();
    }
  };
  follow(start, first, 0);
  return best;
}

// More labels than can be tried in all orders: swap two as long as it helps.
function improved(start, first, gap, cx) {
  let order = start, least = costOf(order, first, gap, cx), better = true;
  while (better) {
    better = false;
    for (let a = 0; a < order.length; a++) {
      for (let b = a + 1; b < order.length; b++) {
        const other = [...order];
        [other[a], other[b]] = [other[b], other[a]];
        const sum = costOf(other, first, gap, cx);
        if (sum < least - 1e-9) { order = other; least = sum; better = true; }
      }
    }
  }
  return order;
}

function clash(p, yp, q, yq, cx) {
  const turn = (ax, ay, bx, by, x, y) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  const cross = turn(p.x, p.y, cx, yp, q.x, q.y) * turn(p.x, p.y, cx, yp, cx, yq) < 0
    && turn(q.x, q.y, cx, yq, p.x, p.y) * turn(q.x, q.y, cx, yq, cx, yp) < 0;
  return (cross ? 9 : 0) + 4 * through(p, yp, q, cx) + 4 * through(q, yq, p, cx);
}

// How deep the leader from `from` to (cx, y) runs through another disc: 0 not at all, 1 the middle.
function through(from, y, disc, cx) {
  const dx = cx - from.x, dy = y - from.y;
  const t = ((disc.x - from.x) * dx + (disc.y - from.y) * dy) / (dx * dx + dy * dy);
  if (t < 0 || t > 1) return 0;
  const off = Math.hypot(from.x + t * dx - disc.x, from.y + t * dy - disc.y);
  return off < RADIUS + 3 ? 1 - off / (RADIUS + 3) : 0;
}

// Where "left · middle · right" stand: in one row, clear of every disc, leader and level, as low in
// the area as all fit into their parts; else just below the area, as captions; else in the lowest row
// clear of discs and leaders; and where there is none, each name as low in its part as it can.
// around: {discs, leaders: [[from, to]], levels: [box], lines: what a name would rather not cover,
// edge: what of the stage's sides is taken}
export function sideNames(all, around, size, bottom) {
  const parts = [...all].sort((a, b) => (b.side === "midline") - (a.side === "midline"));  // it has least room
  const low = Math.min(...parts.map(({ y1 }) => y1), size.h - bottom) - NAME.h - 4;
  const high = Math.max(...parts.map(({ y0 }) => y0), 36) + NAME.h;
  const rows = [];
  for (let y = low; y >= high; y -= 4) rows.push(y);
  const below = Math.max(...parts.map(({ y1 }) => y1)) + NAME.h;
  const row = firstRow(rows, parts, (part, y) => spotsWithin(part, y, around, size))
    ?? firstRow(below + NAME.h <= size.h - bottom ? [below] : [], parts, (part, y) => spotsIn(part.spanAt(part.y1 - NAME.h), part, y, around, size))
    ?? firstRow(rows, parts, (part, y) => spotsIn(part.spanAt(y), part, y, around, size));
  if (row) return row;
  const taken = [];
  return parts.map((part) => {
    for (let y = Math.min(part.y1, size.h - bottom) - NAME.h - 4; y >= high; y -= 4) {
      const spot = spotsIn(part.spanAt(y), part, y, around, size).find((one) => isApart(one, taken));
      if (spot) return taken[taken.push(spot) - 1];
    }
    const span = part.spanAt(low) ?? { x0: 0, x1: size.w };
    return { side: part.side, x: inStage((span.x0 + span.x1) / 2, size), y: low };
  });
}

const NAME = { w: 34, h: 17 };          // half the size of such a name, with a little air
const HALF = { left: 25, midline: 34, right: 26 };

const inStage = (x, size) => Math.max(NAME.w + 6, Math.min(size.w - NAME.w - 6, x));

const isApart = (spot, taken) => taken.every((other) => Math.abs(other.x - spot.x) >= HALF[spot.side] + HALF[other.side] || Math.abs(other.y - spot.y) >= 2 * NAME.h);

// The first of these heights at which each part has a spot, none over another.
function firstRow(heights, parts, spotsOf) {
  for (const y of heights) {
    const found = oneEach(parts.map((part) => spotsOf(part, y)));
    if (found) return found;
  }
  return null;
}

function oneEach(row, taken = []) {
  if (taken.length === row.length) return taken;
  for (const spot of row[taken.length]) {
    const found = isApart(spot, taken) ? oneEach(row, [...taken, spot]) : null;
    if (found) return found;
  }
  return null;
}

// The spots clear of levels, too, where a left or right name doesn't stick out of its part (a middle
// is often narrower than its name).
function spotsWithin(part, y, around, size) {
  return spotsIn(part.spanAt(y), part, y, around, size)
    .filter((spot) => !around.levels.some((level) => boxesMeet(level, nameBox(spot))))
    .filter(({ side, x }) => side === "midline" || [y - NAME.h, y + NAME.h].every((edge) => {
      const span = part.spanAt(edge);
      return span && x - HALF[side] >= span.x0 && x + HALF[side] <= span.x1;
    }));
}

// The spots at this height that are clear of discs and leaders; those over other lines come last.
function spotsIn(span, { side }, y, { discs, leaders, lines, edge }, size) {
  if (!span) return [];
  const half = HALF[side];
  const x0 = Math.max(span.x0, edge), x1 = Math.min(span.x1, size.w - edge);
  const clear = [0.5, 0.35, 0.65, 0.2, 0.8]
    .map((share) => ({ side, x: inStage(x0 + (x1 - x0) * share, size), y }))
    .filter(({ x }) => x - half >= edge && x + half <= size.w - edge)
    .filter((spot) => {
      const box = nameBox(spot);
      return discs.every((disc) => distanceToBox(box, disc.x, disc.y) > RADIUS + 3) && !leaders.some((line) => crosses(line, box));
    });
  const covers = (spot) => lines.some((line) => crosses(line, nameBox(spot)));
  return [...clear.filter((spot) => !covers(spot)), ...clear.filter(covers)];
}

export const nameBox = ({ side, x, y }) => ({ x0: x - HALF[side], y0: y - NAME.h, x1: x + HALF[side], y1: y + NAME.h });
