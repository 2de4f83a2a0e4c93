// The name labels of the lens: two columns of buttons beside the drawing, in the one order whose
// straight leaders cross neither each other nor a disc. Pure, in screen pixels.

export const LABEL = { width: 122, margin: 10, height: 44, gap: 57, least: 49 };
const RADIUS = 22;
const EXACT_UP_TO = 8;

// discs: [{key, x, y, column}] -> [{key, side: "left"|"right", y (middle of the label), cx, cy, sx, sy}]
// (cx, cy) is the leader's end at the label, (sx, sy) its end at the disc. null when they don't fit.
export function arrange(discs, size, top, bottom) {
  const placed = [];
  for (const side of ["left", "right"]) {
    const column = discs.filter((disc) => disc.column === side);
    if (!column.length) continue;
    const free = size.h - top - bottom;
    const gap = Math.min(LABEL.gap, free / column.length);
    if (gap < LABEL.least) return null;
    const mean = column.reduce((sum, disc) => sum + disc.y, 0) / column.length;
    const first = Math.max(top, Math.min(mean - (gap * column.length) / 2, size.h - bottom - gap * column.length));
    const cx = side === "left" ? LABEL.margin + LABEL.width : size.w - LABEL.margin - LABEL.width;
    const heights = column.map((_, i) => first + gap * (i + 0.5));
    const order = bestOrder(column, heights, cx);
    order.forEach((disc, i) => {
      const y = heights[i], angle = Math.atan2(y - disc.y, cx - disc.x);
      placed.push({
        key: disc.key, side, y, cx, cy: y,
        sx: disc.x + Math.cos(angle) * RADIUS, sy: disc.y + Math.sin(angle) * RADIUS,
      });
    });
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

function bestOrder(discs, heights, cx) {
  const n = discs.length;
  const alone = discs.map((disc) => heights.map((y) => Math.abs(disc.y - y) / 120));
  const conflict = (i, a, j, b) => clash(discs[i], heights[a], discs[j], heights[b], cx);
  const cost = (order) => {
    let sum = 0;
    for (let a = 0; a < n; a++) {
      sum += alone[order[a]][a];
      for (let b = 0; b < a; b++) sum += conflict(order[a], a, order[b], b);
    }
    return sum;
  };
  const start = [...discs.keys()].sort((a, b) => discs[a].y - discs[b].y || discs[a].x - discs[b].x);
  const order = n <= EXACT_UP_TO ? exact(n, alone, conflict, cost(start), start) : improved(start, cost);
  return order.map((i) => discs[i]);
}

// All orders, but none followed further once it costs more than the best one known.
function exact(n, alone, conflict, startCost, start) {
  let best = start, least = startCost;
  const used = new Array(n).fill(false), order = [];
  const follow = (soFar) => {
    const at = order.length;
    if (at === n) { best = [...order]; least = soFar; return; }
    for (let i = 0; i < n; i++) {
      if (used[i]) continue;
      let sum = soFar + alone[i][at];
      for (let b = 0; b < at && sum < least; b++) sum += conflict(i, at, order[b], b);
      if (sum >= least) continue;
      used[i] = true; order.push(i);
      follow(sum);
      order.pop(); used[i] = false;
    }
  };
  follow(0);
  return best;
}

function improved(start, cost) {
  let order = [...start], least = cost(order), better = true;
  while (better) {
    better = false;
    for (let a = 0; a < order.length; a++) {
      for (let b = a + 1; b < order.length; b++) {
        const other = [...order];
        [other[a], other[b]] = [other[b], other[a]];
        const sum = cost(other);
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
  return (cross ? 3 : 0) + 4 * through(p, yp, q, cx) + 4 * through(q, yq, p, cx);
}

// How deep the leader from `from` to (cx, y) runs through another disc: 0 not at all, 1 the middle.
function through(from, y, disc, cx) {
  const dx = cx - from.x, dy = y - from.y;
  const t = ((disc.x - from.x) * dx + (disc.y - from.y) * dy) / (dx * dx + dy * dy);
  if (t < 0 || t > 1) return 0;
  const off = Math.hypot(from.x + t * dx - disc.x, from.y + t * dy - disc.y);
  return off < RADIUS + 3 ? 1 - off / (RADIUS + 3) : 0;
}

// Where "left · middle · right" stand: low inside each part, clear of every disc.
export function sideNames(parts, discs, size, bottom) {
  const half = { w: 34, h: 17 };
  return parts.map(({ side, spanAt, y0, y1 }) => {
    const low = Math.min(y1 - half.h - 4, size.h - bottom - half.h);
    const high = Math.max(y0, 52);
    let fallback = null;
    for (let y = low; y >= high; y -= 5) {
      const span = spanAt(y);
      if (!span) continue;
      for (const share of [0.5, 0.3, 0.7]) {
        const x = Math.max(half.w + 6, Math.min(size.w - half.w - 6, span.x0 + (span.x1 - span.x0) * share));
        fallback ??= { side, x, y };
        const free = discs.every((disc) => {
          const dx = Math.max(0, Math.abs(disc.x - x) - half.w), dy = Math.max(0, Math.abs(disc.y - y) - half.h);
          return Math.hypot(dx, dy) > RADIUS + 3;
        });
        if (free) return { side, x, y };
      }
    }
    return fallback ?? { side, x: size.w / 2, y: low };
  });
}
