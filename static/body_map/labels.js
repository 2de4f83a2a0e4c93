// The name labels of the lens: two columns of buttons beside the drawing, in the one order whose
// straight leaders cross neither each other nor a disc. Pure, in screen pixels.

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

// Where "left · middle · right" stand: in one row as low as it can be clear of every disc; where
// no row is clear, each name as low in its part as it can.
export function sideNames(parts, discs, size, bottom) {
  const low = Math.min(...parts.map(({ y1 }) => y1), size.h - bottom) - NAME.h - 4;
  const high = Math.max(...parts.map(({ y0 }) => y0), 36) + NAME.h;
  for (let y = low; y >= high; y -= 4) {
    const row = freeRow(parts, discs, size, y);
    if (row) return row;
  }
  const spots = [];
  return parts.map((part) => {
    for (let y = Math.min(part.y1, size.h - bottom) - NAME.h - 4; y >= high; y -= 4) {
      const [spot] = freeSpots(part, discs, size, y, spots);
      if (spot) return spots[spots.push(spot) - 1];
    }
    const span = part.spanAt(low) ?? { x0: 0, x1: size.w };
    return { side: part.side, x: inStage((span.x0 + span.x1) / 2, size), y: low };
  });
}

const NAME = { w: 34, h: 17 };                 // half the size of such a name, with a little air
const HALF = { left: 25, midline: 34, right: 28 };

const inStage = (x, size) => Math.max(NAME.w + 6, Math.min(size.w - NAME.w - 6, x));

// One spot for each part at this height, none over another.
function freeRow(parts, discs, size, y, spots = []) {
  if (spots.length === parts.length) return spots;
  for (const spot of freeSpots(parts[spots.length], discs, size, y, spots)) {
    const row = freeRow(parts, discs, size, y, [...spots, spot]);
    if (row) return row;
  }
  return null;
}

function freeSpots({ side, spanAt }, discs, size, y, taken = []) {
  const span = spanAt(y);
  if (!span) return [];
  const half = HALF[side];
  return [0.5, 0.35, 0.65, 0.2, 0.8]
    .map((share) => ({ side, x: inStage(span.x0 + (span.x1 - span.x0) * share, size), y }))
    .filter(({ x }) => taken.every((spot) => Math.abs(spot.x - x) >= half + HALF[spot.side] || Math.abs(spot.y - y) >= 2 * NAME.h))
    .filter(({ x }) => discs.every((disc) => {
      const dx = Math.max(0, Math.abs(disc.x - x) - half), dy = Math.max(0, Math.abs(disc.y - y) - NAME.h);
      return Math.hypot(dx, dy) > RADIUS + 3;
    }));
}
