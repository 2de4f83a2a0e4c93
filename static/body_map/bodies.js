// Small bodies with marks on them: the days of a strip to choose from, one day large, or pictures to
// compare side by side. All pictures of one mount show the same part of the body at the same size.

import { el, setAttribute, svg } from "./dom.js";
import { catalog } from "./figure.js";
import { Ink, shadeable } from "./ink.js";
import { isDark, mounted, mounting } from "./mount.js";
import * as over from "./overlay.js";
import { middleOf, ownSide } from "./scene.js";
import { spread } from "./discs.js";
import { toScreen } from "./camera.js";
import { unpacked } from "./strokes.js";
import * as words from "./words.js";

const SHEETS = ["tokens.css", "map.css", "bodies.css"];
const TRUNK = 0.58;                    // of the body's height, from the head: enough for most marks
const BELOW = 110;                     // mm under the lowest mark that still belong to the picture
const RADIUS = { large: 13, row: 11 }; // px of a disc with a number
const SIGNS = { less: "M-5 -3.6h10L0 5z", more: "M-5 3.6h10L0 -5z", same: "M-4.6 -2.6h9.2M-4.6 2.6h9.2", unknown: null };

export const render = mounting(({ parentElement }) => new Bodies(parentElement));

class Bodies {
  constructor(root) {
    Object.assign(this, mounted(root, "bm bodies", "bodies", "pictures", SHEETS));
    this.figures = new Map();
    this.defs = svg("defs");
    this.content = el("div", { class: "bodies-in" });
    this.root.append(svg("svg", { width: 0, height: 0, class: "vh", "aria-hidden": "true" }, this.defs), this.content);
    this.watch = new ResizeObserver(() => this.#draw());
    this.watch.observe(this.content);
  }

  // data: {body, kind: strip | large | row, name, chosen, legend: [[sign, words]], pictures: [{id, title,
  // note, said, gap, spots: [[slot, sign, text, level, share]], strokes}]}
  async receive(component) {
    this.component = component;
    const { data } = component;
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    this.root.dataset.kind = data.kind;
    const sent = JSON.stringify(data);
    if (sent === this.sent) return;
    this.sent = sent;
    const [read] = await Promise.all([this.waiting.need("catalog", catalog), this.styled]);
    this.catalog = read;
    this.targets = new Map(read.targets.map((target) => [target.id, target]));
    const pictures = data.pictures.map((picture) => this.#read(picture));
    const views = viewsOf(pictures);
    await this.waiting.need("figures", () => Promise.all(views.map((view) => this.#load(data.body, view))));
    if (sent === this.sent) this.#build(data, pictures, views);      // or something newer came meanwhile
  }

  stop() {
    this.watch.disconnect();
  }

  // The spots of a picture with their places' names and views.
  #read(picture) {
    const spots = picture.spots.map(([slot, sign, text, level, share]) => {
      const [id, side] = this.catalog.slots[slot];
      return { id, side, sign, text, level, share, target: this.targets.get(id) };
    });
    const strokes = (picture.strokes ?? []).map((stroke) => ({ ...stroke, points: unpacked(stroke.points) }));
    const views = new Set([...spots.map(({ target }) => target.view), ...strokes.map(({ view }) => view)].filter(Boolean));
    return { ...picture, spots, strokes, views };
  }

  async #load(body, view) {
    const name = `${body}-${view}`;
    if (this.figures.has(name)) return;
    const { figure, drawn } = await shadeable(body, view);
    if (this.figures.has(name)) return;
    drawn.setAttribute("id", `body-${name}`);
    this.defs.append(drawn);
    this.figures.set(name, figure);
  }

  #build(data, pictures, views) {
    const figureOf = (view) => this.figures.get(`${data.body}-${view}`);
    this.box = boxOf(views.map(figureOf), pictures);
    this.drawings = [];
    const items = pictures.flatMap((picture) => {
      const own = data.kind === "row" ? views : viewsOf([picture]);
      const shown = own.map((view) => this.#view(data, picture, view, figureOf(view)));
      const bodies = el("span", { class: "views", role: data.kind === "strip" ? null : "img", "aria-label": data.kind === "strip" ? null : picture.said, "aria-hidden": data.kind === "strip" ? "true" : null }, ...shown);
      bodies.style.setProperty("--views", own.length);
      const title = el("strong", { textContent: picture.title }), note = el("small", { textContent: picture.note });
      const gap = picture.gap ? [el("span", { class: "gap", textContent: picture.gap })] : [];
      if (data.kind === "strip") return [...gap, this.#choosable(picture, bodies, title, note)];
      const heads = picture.title || picture.note ? [el("figcaption", {}, title, note)] : [];
      return [el("figure", { class: "picture" }, ...heads, bodies)];
    });
    const strip = data.kind === "strip";
    const list = el("div", { class: "list", role: strip ? "radiogroup" : null, "aria-label": strip ? data.name : null }, ...items);
    const legend = (data.legend ?? []).map(([sign, text]) => el("span", {}, svg("svg", { width: 26, height: 26, viewBox: "-13 -13 26 26", "aria-hidden": "true" }, signDisc(0, 0, 10, sign)), text));
    list.style.setProperty("--views", views.length);
    list.style.setProperty("--shape", `${this.box.w} / ${this.box.h}`);
    this.content.replaceChildren(list, ...(legend.length ? [el("div", { class: "legend" }, ...legend)] : []));
    this.chosen = data.chosen;
    if (strip) this.#mark(true);
    this.#draw();
  }

  #choosable(picture, bodies, title, note) {
    const input = el("input", { type: "radio", name: "bodymap-day", value: picture.id, "aria-label": picture.said, onchange: () => {
      this.chosen = picture.id;
      this.#mark(false);
      this.component.setStateValue("chosen", picture.id);
    } });
    return el("label", { class: "day-pick" }, input, bodies, title, note);
  }

  #mark(intoView) {
    for (const label of this.content.querySelectorAll(".day-pick")) {
      const input = label.querySelector("input");
      input.checked = input.value === this.chosen;
      label.classList.toggle("on", input.checked);
      const list = label.parentElement;
      if (input.checked && intoView) list.scrollLeft = label.offsetLeft - (list.clientWidth - label.offsetWidth) / 2;
    }
  }

  #view(data, picture, view, figure) {
    const { box } = this;
    const name = `body-${data.body}-${view}`;
    const viewBox = `${box.x} ${box.y} ${box.w} ${box.h}`;
    const areas = picture.spots.filter(({ target, level }) => !target.area && target.view === view && level != null).flatMap(({ id, side, level }) => {
      const part = figure.parts.get(`${id}|${side}`);
      return part ? [svg("path", { d: part.d, class: "ar marked", style: `--level:var(--lvl-${Math.round(level)})` })] : [];
    });
    const body = svg("svg", { class: "sheet-svg", viewBox, "aria-hidden": "true" }, svg("use", { href: `#${name}` }), ...areas);
    const discs = svg("svg", { class: "sheet-svg over", "aria-hidden": "true" });
    const ink = picture.strokes.some((stroke) => stroke.view === view) ? new Ink() : null;
    const element = el("span", { class: "view" }, body, ...(ink ? [ink.element] : []), discs);
    this.drawings.push({ element, discs, ink, picture, view, figure, kind: data.kind });
    return element;
  }

  // What is measured in pixels, so that it holds at every width.
  #draw() {
    for (const { element, discs, ink, picture, view, figure, kind } of this.drawings ?? []) {
      const size = { w: element.clientWidth, h: element.clientHeight };
      if (!size.w) continue;
      const camera = { k: size.w / this.box.w, x: this.box.x, y: this.box.y };
      discs.setAttribute("viewBox", `0 0 ${size.w} ${size.h}`);
      ink?.paint(picture.strokes, view, { camera, size }, figure);
      const spots = picture.spots.filter(({ target }) => target.view === view).flatMap((spot) => {
        const part = spot.target.area ? null : figure.parts.get(`${spot.id}|${spot.side}`);
        const at = spot.target.area ? figure.points.get(`${spot.id}|${spot.side}`) : part && middleOf(part);
        return at ? [{ ...spot, ...toScreen(camera, at.x, at.y) }] : [];
      });
      const r = RADIUS[kind];
      if (r) {
        const box = { x0: r, y0: r, x1: size.w - r, y1: size.h - r };
        spread(spots.map((one) => ({ ...one, ...ownSide(one, camera, box) })), 2 * r + 3, box).forEach((at, i) => Object.assign(spots[i], at));
      }
      discs.replaceChildren(...spots.map((spot) => this.#disc(spot, r)));
    }
  }

  #disc({ x, y, sign, text, level, share, target, side }, r) {
    if (!r) return over.plainDisc(x, y, level == null ? null : Math.round(level));
    const name = svg("title");
    name.textContent = `${words.placeName(target, side)}: ${text}`;
    const disc = sign === "level" ? levelDisc(x, y, r * share, level, text) : signDisc(x, y, r, sign);
    disc.append(name);
    return disc;
  }
}

const viewsOf = (pictures) => {
  const views = Object.keys(words.VIEWS).filter((view) => pictures.some((one) => one.views.has(view)));
  return views.length ? views : ["back"];
};

// The part of the body that all pictures show: the trunk, or all of it where marks lie lower.
function boxOf(figures, pictures) {
  const [x, y, w, h] = figures[0].viewBox;
  let lowest = 0;
  for (const { spots, strokes } of pictures) {
    for (const { id, side } of spots) {
      for (const figure of figures) {
        const point = figure.points.get(`${id}|${side}`), part = figure.parts.get(`${id}|${side}`);
        lowest = Math.max(lowest, point?.y ?? 0, part?.bounds.y1 ?? 0);
      }
    }
    for (const { points, area, side } of strokes) {
      const parts = figures.map((figure) => figure.parts.get(`${area}|${side}`)?.bounds.y1 ?? 0);
      lowest = Math.max(lowest, ...parts, ...points.map(([, py]) => py));
    }
  }
  return { x, y, w, h: lowest + BELOW > y + h * TRUNK ? h : h * TRUNK };
}

function levelDisc(x, y, r, level, text) {
  const number = level == null ? null : Math.round(level);
  const disc = over.markDisc(x, y, number, r, null);
  const label = disc.querySelector("text");
  label.textContent = level == null ? "–" : text;
  if (text.length > 2) label.setAttribute("font-size", r * 0.86);
  return disc;
}

function signDisc(x, y, r, sign) {
  const disc = svg("g", { class: `sign ${sign}`, transform: `translate(${x} ${y}) scale(${r / 10})` }, svg("circle", { r: 10, class: "sign-disc" }));
  if (SIGNS[sign]) disc.append(svg("path", { d: SIGNS[sign], class: "sign-mark" }));
  else {
    const text = svg("text", { y: 4.6, "text-anchor": "middle", class: "sign-text" });
    text.textContent = "?";
    disc.append(text);
  }
  return disc;
}
