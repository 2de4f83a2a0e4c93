// Plane geometry on the drawing: outlines read from SVG path data, containment, roomiest place.
// Pure: no element is touched, lengths are in the drawing's own units (millimetres).

const TOKEN = /[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g;
const CURVE_STEPS = 6;

// Rings ([[x, y] …], closed implicitly) of path data made of M L H V C Q Z in either case.
export function ringsOf(d) {
  const tokens = d.match(TOKEN) ?? [];
  const rings = [];
  let ring = [], x = 0, y = 0, command = "", i = 0;
  const number = () => Number(tokens[i++]);
  const close = () => { if (ring.length > 2) rings.push(ring); ring = []; };
  while (i < tokens.length) {
    if (/[A-Za-z]/.test(tokens[i])) command = tokens[i++];
    const relative = command === command.toLowerCase();
    const bx = relative ? x : 0, by = relative ? y : 0;
    switch (command.toUpperCase()) {
      case "Z":
        if (ring.length) [x, y] = ring[0];
        close();
        break;
      case "M": close(); [x, y] = [bx + number(), by + number()]; ring.push([x, y]);
        command = relative ? "l" : "L";
        break;
      case "L": [x, y] = [bx + number(), by + number()]; ring.push([x, y]); break;
      case "H": x = bx + number(); ring.push([x, y]); break;
      case "V": y = by + number(); ring.push([x, y]); break;
      case "C": case "Q": {
        const count = command.toUpperCase() === "C" ? 3 : 2;
        const control = [[x, y]];
        for (let c = 0; c < count; c++) control.push([bx + number(), by + number()]);
        for (let s = 1; s <= CURVE_STEPS; s++) ring.push(curveAt(control, s / CURVE_STEPS));
        [x, y] = control[count];
        break;
      }
      default: throw new Error(`An outline holds the path command "${command}", which is not read.`);
    }
  }
  close();
  return rings;
}

// de Casteljau, for two or three control segments alike
function curveAt(control, t) {
  let points = control;
  while (points.length > 1) {
    points = points.slice(1).map(([x, y], i) => [
      points[i][0] + (x - points[i][0]) * t,
      points[i][1] + (y - points[i][1]) * t,
    ]);
  }
  return points[0];
}

export function boundsOf(points) {
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
  for (const [x, y] of points) {
    x0 = Math.min(x0, x); x1 = Math.max(x1, x);
    y0 = Math.min(y0, y); y1 = Math.max(y1, y);
  }
  return { x0, y0, x1, y1 };
}

export function joinBounds(list) {
  return boundsOf(list.flatMap((b) => [[b.x0, b.y0], [b.x1, b.y1]]));
}

export function contains(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i], [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

// enough: where an edge is as near as this, it does not matter how near
export function distanceToEdge(rings, x, y, enough = 0) {
  let best = Infinity;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      best = Math.min(best, distanceToSegment(ring[j], ring[i], x, y));
      if (best <= enough) return best;
    }
  }
  return best;
}

export function distanceToSegment([ax, ay], [bx, by], x, y) {
  const dx = bx - ax, dy = by - ay;
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  const awayX = ax + t * dx - x, awayY = ay + t * dy - y;
  return Math.sqrt(awayX * awayX + awayY * awayY);        // Math.hypot takes several times as long
}

// Boxes are {x0, y0, x1, y1}.
export const boxesMeet = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

export function distanceToBox({ x0, y0, x1, y1 }, x, y) {
  const dx = x < x0 ? x0 - x : x > x1 ? x - x1 : 0, dy = y < y0 ? y0 - y : y > y1 ? y - y1 : 0;
  return Math.sqrt(dx * dx + dy * dy);
}

// Whether a line of places {x, y} runs through a box.
export const crosses = (line, box) => line.some((b, i) => i > 0 && meets(line[i - 1], b, box));

// What is left of a straight piece between the box's sides, then between its top and bottom.
function meets(a, b, { x0, y0, x1, y1 }) {
  // most pieces lie wholly beside the box: this is asked thousands of times
  if ((a.x < x0 && b.x < x0) || (a.x > x1 && b.x > x1) || (a.y < y0 && b.y < y0) || (a.y > y1 && b.y > y1)) return false;
  let from = 0, to = 1;
  for (const [start, way, low, high] of [[a.x, b.x - a.x, x0, x1], [a.y, b.y - a.y, y0, y1]]) {
    if (way === 0 && (start < low || start > high)) return false;
    if (way === 0) continue;
    const [first, last] = [(low - start) / way, (high - start) / way].sort((p, q) => p - q);
    from = Math.max(from, first);
    to = Math.min(to, last);
  }
  return from <= to;
}

// The place inside the rings that is farthest from their edge: where a number disc or an
// invisible target sits best. A grid refined three times is exact enough (about 1 mm).
export function roomiestPlace(rings) {
  const all = boundsOf(rings.flat());
  let box = all, best = { x: (all.x0 + all.x1) / 2, y: (all.y0 + all.y1) / 2, room: -Infinity };
  for (let round = 0; round < 4; round++) {
    const stepX = (box.x1 - box.x0) / 12, stepY = (box.y1 - box.y0) / 12;
    for (let i = 0; i <= 12; i++) {
      for (let j = 0; j <= 12; j++) {
        const x = box.x0 + i * stepX, y = box.y0 + j * stepY;
        const room = distanceToEdge(rings, x, y, Math.max(0, best.room));
        if (room > best.room + 1e-6 && contains(rings, x, y)) best = { x, y, room };
      }
    }
    box = { x0: best.x - stepX, x1: best.x + stepX, y0: best.y - stepY, y1: best.y + stepY };
  }
  return best;
}
