// Which part of the drawing the stage shows. A camera is {k, x, y}: k screen pixels per drawing
// unit, x y the drawing's place in the stage's upper left corner. Pure.

export const toScreen = (camera, x, y) => ({ x: (x - camera.x) * camera.k, y: (y - camera.y) * camera.k });
export const toDrawing = (camera, x, y) => ({ x: x / camera.k + camera.x, y: y / camera.k + camera.y });

// What a camera shows of a figure in a stage of that size, and half as much again on each side of it:
// [x, y, width, height] in drawing units.
export function sight({ k, x, y }, { w, h }, [left, top, width, height]) {
  const x0 = Math.max(left, x - w / k / 2), y0 = Math.max(top, y - h / k / 2);
  const x1 = Math.min(left + width, x + (1.5 * w) / k), y1 = Math.min(top + height, y + (1.5 * h) / k);
  return [x0, y0, Math.max(0, x1 - x0), Math.max(0, y1 - y0)];
}

const LENS_MOST = 3.4;          // px per mm: nearer than this the drawing only gets coarse
const OVERVIEW_MARGIN = 14;

// box {x0 y0 x1 y1} in drawing units, centred in room {x0 y0 x1 y1} in pixels, at scale k
function centred(box, room, k) {
  return {
    k,
    x: (box.x0 + box.x1) / 2 - (room.x0 + room.x1) / 2 / k,
    y: (box.y0 + box.y1) / 2 - (room.y0 + room.y1) / 2 / k,
  };
}

const scaleToFit = (box, room) => Math.min(
  (room.x1 - room.x0) / Math.max(1, box.x1 - box.x0),
  (room.y1 - room.y0) / Math.max(1, box.y1 - box.y0),
);

// The whole body. A narrow stage shows it from the head to the thighs, or (legs) the lower part,
// because at 284 px the whole body would make targets too small.
export function overview(viewBox, size, narrow, legs) {
  const [x, y, w, h] = viewBox;
  const box = { x0: x, y0: y, x1: x + w, y1: y + h };
  const room = { x0: 4, y0: OVERVIEW_MARGIN, x1: size.w - 4, y1: size.h - OVERVIEW_MARGIN };
  if (!narrow) return centred(box, room, scaleToFit(box, room));
  const k = size.w / w;
  const camera = { k, x, y: y - 22 / k };
  if (legs) camera.y = y + h - (size.h - 72) / k;        // the feet stay clear of the button below
  return camera;
}

// Moves in on an area: all of its outline in the room, and its outermost point `edge` pixels from
// the room's border. nearer (1 …) goes closer as far as the points allow; the outline may then run
// out of the room.
export function lens(outline, points, room, edge, nearer) {
  let k = Math.min(LENS_MOST, scaleToFit(outline, room) * nearer);
  if (points) {
    const inner = { x0: room.x0 + edge, y0: room.y0 + edge, x1: room.x1 - edge, y1: room.y1 - edge };
    k = Math.min(k, scaleToFit(points, inner));
  }
  return centred(points && nearer > 1 ? points : outline, room, k);
}

// One point chosen: the point near the middle, its surroundings around it.
export function onPoint(point, outline, size, k, top) {
  const middle = { x: (outline.x0 + outline.x1) / 2, y: (outline.y0 + outline.y1) / 2 };
  // a little towards the middle of its area, so that the neighbours stay in sight
  const x = point.x + (middle.x - point.x) * 0.25, y = point.y + (middle.y - point.y) * 0.15;
  return { k, x: x - size.w / 2 / k, y: y - (size.h + top) / 2 / k };
}

// The user's own zoom and pan on top, about the middle of the stage.
export function moved(camera, size, zoom, pan) {
  if (zoom === 1 && !pan.x && !pan.y) return camera;
  const cx = camera.x + size.w / 2 / camera.k + pan.x, cy = camera.y + size.h / 2 / camera.k + pan.y;
  const k = camera.k * zoom;
  return { k, x: cx - size.w / 2 / k, y: cy - size.h / 2 / k };
}
