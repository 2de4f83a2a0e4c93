// The shading on the body: one canvas for each layer, because only there can an eraser take away what
// several layers shaded, and a line follow the finger within the same frame.

import { el } from "./dom.js";
import { layerGroup, outlineIn, places } from "./figure.js";
import { prepare } from "./scene.js";
import { LAYER, layersOf } from "./strokes.js";

// A figure that can be shaded: its places, with its silhouette (skin) and its areas by "id|side" (parts);
// and the drawing of its body, as a group of this document.
export async function shadeable(body, view) {
  const [read, drawn] = await Promise.all([places(body, view), layerGroup(body, view, "body")]);
  const figure = prepare(read);
  figure.skin = new Path2D(outlineIn(drawn));
  figure.parts = new Map([...figure.areas.values()].flat().map((part) => [`${part.id}|${part.side}`, part]));
  return { figure, drawn };
}

export class Ink {
  constructor() {
    this.element = el("div", { class: "ink", "aria-hidden": "true" });
    this.sheets = new Map();           // layer key -> {canvas, context}
  }

  // scene: {camera, size}; figure: a shadeable one
  paint(strokes, view, scene, figure) {
    Object.assign(this, { scene, figure });
    const layers = layersOf(strokes, view);
    const wanted = new Set(layers.map(({ key }) => key));
    for (const [key, { canvas }] of this.sheets) {
      if (wanted.has(key)) continue;
      canvas.remove();
      this.sheets.delete(key);
    }
    for (const { key, nrs } of layers) this.#sheet(key, nrs, true);
    for (const stroke of strokes) if (stroke.view === view) this.#draw(stroke);
  }

  // A line that is being drawn: only its newest piece.
  extend(stroke, from, to) {
    if (stroke.tool === "eraser") for (const sheet of this.sheets.values()) line(sheet.context, [from, to], stroke.width_mm, "destination-out");
    else line(this.#sheet(LAYER(stroke), stroke.nrs, false).context, [from, to], stroke.width_mm, "source-over");
  }

  #draw(stroke) {
    if (stroke.tool === "eraser") {
      for (const { context } of this.sheets.values()) line(context, stroke.points, stroke.width_mm, "destination-out");
      return;
    }
    const { context } = this.sheets.get(LAYER(stroke));
    if (stroke.tool === "area") {
      const part = this.figure.parts.get(`${stroke.area}|${stroke.side}`);
      context.globalCompositeOperation = "source-over";
      if (part) context.fill(new Path2D(part.d));
    } else line(context, stroke.points, stroke.width_mm, "source-over");
  }

  #sheet(key, nrs, anew) {
    let sheet = this.sheets.get(key);
    if (sheet && !anew) return sheet;
    if (!sheet) {
      const canvas = el("canvas", { class: "ink-layer" });
      sheet = { canvas, context: canvas.getContext("2d") };
      this.sheets.set(key, sheet);
    }
    this.element.append(sheet.canvas);
    this.#prepare(sheet, getComputedStyle(this.element).getPropertyValue(nrs == null ? "--line-strong" : `--lvl-${nrs}`).trim());
    return sheet;
  }

  // Setting the size empties a canvas and forgets its clip; what is outside the skin never shows.
  #prepare({ canvas, context }, colour) {
    const { camera, size } = this.scene;
    const sharp = Math.min(devicePixelRatio || 1, 2);
    canvas.width = Math.round(size.w * sharp);
    canvas.height = Math.round(size.h * sharp);
    const k = camera.k * sharp;
    context.setTransform(k, 0, 0, k, -camera.x * k, -camera.y * k);
    context.clip(this.figure.skin);
    Object.assign(context, { lineCap: "round", lineJoin: "round", strokeStyle: colour, fillStyle: colour });
  }
}

function line(context, points, width, how) {
  context.globalCompositeOperation = how;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...points[0]);
  if (points.length === 1) context.lineTo(points[0][0], points[0][1] + 0.01);      // a dot
  for (const point of points.slice(1)) context.lineTo(...point);
  context.stroke();
}
