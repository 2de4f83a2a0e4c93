// The strokes of a pain drawing as the browser has them: lines in drawing units of the body shown.
// Pure: no element is touched.

const TENTH = 10;                      // on the wire: whole tenths of a drawing unit, as differences
const MOST_POINTS = 300;
const FINEST = 0.6;                    // mm that a simplified line may stray from what was drawn

export const LAYER = ({ quality, nrs }) => `${quality}|${nrs ?? ""}`;

// As few points as draw the same line (Ramer-Douglas-Peucker), never more than the record takes.
export function simplified(points) {
  let straying = FINEST, line = reduce(points, straying);
  while (line.length > MOST_POINTS) line = reduce(points, (straying *= 1.5));
  return line;
}

function reduce(points, straying) {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const spans = [[0, points.length - 1]];
  while (spans.length) {
    const [from, to] = spans.pop();
    let far = straying, at = -1;
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToLine(points[from], points[to], points[i]);
      if (distance > far) { far = distance; at = i; }
    }
    if (at < 0) continue;
    keep.add(at);
    spans.push([from, at], [at, to]);
  }
  return points.filter((_, i) => keep.has(i));
}

function distanceToLine([ax, ay], [bx, by], [x, y]) {
  const dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(ax + t * dx - x, ay + t * dy - y);
}

// [[x, y] …] <-> [x, y, dx, dy …] in whole tenths
export function packed(points) {
  let x0 = 0, y0 = 0;
  return points.flatMap(([x, y]) => {
    const [tx, ty] = [Math.round(x * TENTH), Math.round(y * TENTH)];
    const step = [tx - x0, ty - y0];
    [x0, y0] = [tx, ty];
    return step;
  });
}

export function unpacked(steps) {
  const points = [];
  for (let i = 0, x = 0, y = 0; i + 1 < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    points.push([x / TENTH, y / TENTH]);
  }
  return points;
}

// What the server keeps and what is still on its way: strokes in the order in which they were first
// drawn, those that were taken back marked as not there.
export function folded(served, pending) {
  const strokes = new Map(served.map((stroke) => [stroke.stroke_id, stroke]));
  for (const sent of pending) {
    const known = strokes.get(sent.stroke_id);
    if (known || sent.tool) strokes.set(sent.stroke_id, { ...known, ...sent, points: sent.points ? unpacked(sent.points) : known?.points });
  }
  return [...strokes.values()];
}

// The layers of a view in the order in which they were begun.
export function layersOf(strokes, view) {
  const layers = new Map();
  for (const stroke of strokes) {
    if (stroke.view !== view || stroke.tool === "eraser") continue;
    const key = LAYER(stroke);
    if (!layers.has(key)) layers.set(key, { key, quality: stroke.quality, nrs: stroke.nrs, strokes: [] });
    layers.get(key).strokes.push(stroke);
  }
  return [...layers.values()];
}
