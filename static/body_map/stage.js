// The picture: it puts camera, layers, areas, discs, labels and targets together, and answers pointer
// and keyboard in the same event; the server comes later.

import { arrange, el, setAttribute, setText, svg } from "./dom.js";
import { places } from "./figure.js";
import { Layers } from "./layers.js";
import { Areas } from "./areas.js";
import { GuideLines } from "./guides.js";
import { Spread } from "./spread.js";
import { Inset } from "./inset.js";
import { picture } from "./picture.js";
import { DISC, focusRing } from "./overlay.js";
import * as scenes from "./scene.js";
import { Pointing } from "./pointing.js";
import { Tag } from "./tag.js";
import { Targets } from "./targets.js";
import { sight, toScreen } from "./camera.js";
import * as words from "./words.js";

const MOVE = { duration: 280, easing: "cubic-bezier(.2,.7,.2,1)" };
const DOT = 11;                         // half of what a point beside the chosen one covers

export class Stage {
  // act: the map's actions; waiting: says what is on its way; hovered(key): the list lights the same thing
  constructor(state, act, waiting, hovered) {
    this.state = state;
    this.act = act;
    this.waiting = waiting;
    this.hovered = hovered;
    this.figures = new Map();          // prepared places by "body-view"
    this.nodes = new Map();            // key -> drawn nodes that light up together
    this.lit = null;
    this.focusKey = null;
    this.layers = new Layers(waiting);
    this.areas = new Areas();
    this.guides = new GuideLines();
    this.spread = new Spread(waiting, () => { this.workedOutFor = null; act.redraw(); });
    this.inset = new Inset(act);
    // several pictures on top of each other: lighting an area or a disc must not make the browser
    // draw the whole figure again
    const hidden = { "aria-hidden": "true", focusable: "false" };
    this.fig = svg("svg", { class: "sheet-svg fig", ...hidden }, this.layers.element);
    this.zones = svg("svg", { class: "sheet-svg zones", ...hidden }, this.guides.element, this.areas.element);
    this.over = svg("svg", { class: "sheet-svg over", ...hidden });
    this.ring = svg("g");
    // labels and side names repeat what the radio buttons say, for eyes and pointers only
    this.labels = el("div", { class: "labels", "aria-hidden": "true" });
    this.names = el("div", { class: "names", "aria-hidden": "true" });
    this.buttons = new Map();          // of labels by point, of names by side
    this.targets = new Targets({
      choose: (key, event) => this.pointing.choose(key, event),
      focus: (key, visible) => this.#focus(visible ? key : null, key),
      blur: () => this.#focus(null, null),
      digit: (key, digit) => this.#digit(key, digit),
    });
    this.leftName = el("span", { class: "lr l" });
    this.rightName = el("span", { class: "lr r" });
    this.element = el("div", { class: "stage" }, this.fig, this.zones, this.spread.element, this.over, this.labels, this.names,
      this.targets.element, this.leftName, this.rightName);
    this.tag = new Tag(this.element);
    this.pointing = new Pointing(this);
  }

  get figureName() {
    return `${this.state.choice.body}-${this.state.choice.view}`;
  }

  paint() {
    const { state } = this;
    const size = this.#size();
    if (!size.w || !size.h) return;
    const back = state.choice.view === "back";
    setText(this.leftName, back ? "Your left" : "Your right");
    setText(this.rightName, back ? "Your right" : "Your left");
    const figure = this.figures.get(this.figureName);
    if (!figure) return void this.#load();
    if (this.waiting.forget("places")) this.asked = null;
    if (state.screen !== "overview") this.lastArea = scenes.areaKey(state.area, state.choice.side);
    const before = this.scene;
    this.scene = { ...this.#sceneOf(figure, size, size.narrow), figure, narrow: size.narrow, name: this.figureName, screen: state.screen };
    this.#drawScene();
    this.#travel(before, this.scene);
  }

  // Measuring makes the browser lay out the page; the size changes only with the frame.
  #size() {
    const frame = this.element.getRootNode().querySelector(".bm");
    const wanted = `${frame.dataset.screen} ${this.frameWidth}`;
    if (this.measuredFor !== wanted) {
      this.measured = { w: this.element.clientWidth, h: this.element.clientHeight, narrow: this.frameWidth < 560 };
      this.measuredFor = this.measured.w ? wanted : null;
    }
    return this.measured;
  }

  // The frame has a new width or the window a new height: the next paint measures again.
  resized(frameWidth) {
    this.frameWidth = frameWidth;
    this.measuredFor = null;
  }

  remeasure() {
    this.labelHeights = null;
    this.workedOutFor = null;
  }

  // The same picture is not worked out twice: a mark changes numbers, not places.
  #sceneOf(figure, size, narrow) {
    const { choice, layers, zoom, pan, legs, marking, wide } = this.state;
    const wanted = JSON.stringify([this.figureName, choice, layers.points, layers.tender, zoom, pan, legs, marking, wide, size]);
    if (this.workedOutFor !== wanted) {
      this.workedOutFor = wanted;
      this.workedOut = this.#workOut(figure, size, narrow);
    }
    return this.workedOut;
  }

  #workOut(figure, size, narrow) {
    const { state } = this;
    if (state.topic) return scenes.topicScene(state, figure, size, narrow, (point, side) => this.spread.of(this.figureName, point, side));
    if (state.screen === "overview") return scenes.overviewScene(state, figure, size, narrow);
    const pattern = state.choice.point && this.spread.of(this.figureName, state.choice.point, state.choice.side);
    return state.place ? scenes.closeScene(state, figure, size, narrow, pattern?.bounds) : scenes.lensScene(state, figure, size, narrow, (text) => this.#labelHeight(text));
  }

  #drawScene() {
    const { state, scene } = this;
    const { camera: view, size } = scene;
    const box = `${view.x} ${view.y} ${size.w / view.k} ${size.h / view.k}`;
    setAttribute(this.fig, "viewBox", box);
    setAttribute(this.zones, "viewBox", box);
    this.over.setAttribute("viewBox", `0 0 ${size.w} ${size.h}`);
    const point = state.choice.point && state.targets.get(state.choice.point);
    const whole = state.choice.muscle && { muscle: state.choice.muscle, side: "midline" };
    const hot = point?.muscle ? { muscle: point.muscle, side: state.choice.side } : whole;
    this.layers.paint(this.figureName, { bones: state.layers.bones, muscles: state.musclesShown, deep: state.layers.deep }, hot, sight(view, size, scene.figure.viewBox));
    this.nodes = new Map();
    this.areas.paint(state, scene.figure, scene.parts ?? [], this.nodes);
    this.guides.paint(scene.guides ?? []);
    this.spread.paint(state, scene, box);
    this.inset.paint(state, scene, this.spread);
    const drawn = picture(state, scene);
    this.over.replaceChildren(...drawn.map(([, node]) => node), this.ring);
    for (const [key, node] of drawn) if (key) this.#remember(key, node);
    this.#drawLabels();
    this.#drawNames();
    this.#drawTargets();
    const lit = this.lit;
    this.lit = null;
    this.tag.size = size;
    this.tag.taken = this.#taken();
    this.tag.restOn(this.#restingTag());
    this.#showRing();
    // what is pointed at stays lit and named, whatever made the picture be drawn again
    if (lit && !this.lit && this.nodes.has(lit) && this.element.matches(":hover")) this.highlight(lit, true);
  }

  #remember(key, node) {
    this.nodes.set(key, [...(this.nodes.get(key) ?? []), node]);
  }

  #drawLabels() {
    const { scene } = this;
    const buttons = (scene.labels ?? []).map((label) => {
      const disc = scene.discs.find((one) => one.key === label.key);
      const button = this.#kept(label.key, { "data-key": label.key, textContent: disc.target.name });
      button.className = `cal ${label.side}`;
      button.style.top = `${label.y}px`;
      this.#remember(label.key, button);
      return button;
    });
    arrange(this.labels, buttons);
  }

  // A button of the picture; the same one for the same thing, however often the picture is drawn.
  #kept(key, properties) {
    if (!this.buttons.has(key)) this.buttons.set(key, el("button", { type: "button", tabIndex: -1, ...properties }));
    return this.buttons.get(key);
  }

  // Measured once for each name: how many lines it takes depends on the font that was loaded.
  #labelHeight(text) {
    if (!this.labelHeights?.has(text)) {
      const probe = el("button", { type: "button", class: "cal", tabIndex: -1, textContent: text });
      this.labels.append(probe);
      this.labelHeights = (this.labelHeights ?? new Map()).set(text, probe.offsetHeight);
      probe.remove();
    }
    return this.labelHeights.get(text);
  }

  #drawNames() {
    const { state, scene } = this;
    arrange(this.names, (scene.names ?? []).map(({ side, x, y }) => {
      const button = this.#kept(side, { "data-side": side, textContent: words.sideWord(side) });
      button.className = `side-name${state.choice.side === side ? " on" : ""}`;
      button.style.left = `${x}px`;
      button.style.top = `${y}px`;
      return button;
    }));
  }

  #drawTargets() {
    const { state, scene } = this;
    const earlier = state.showsEarlier ? state.earlier : null;
    const viewName = words.VIEWS[state.choice.view];
    if (state.screen === "overview") {
      const list = (state.place ? [] : scene.targets).map((target) => ({
        ...target,
        name: target.side
          ? words.spokenName(target.target, target.side, state.shown(target.target.id, target.side), earlier)
          : words.spokenAreaName(target.target, Object.fromEntries(target.target.sides.map((side) => [side, state.shown(target.target.id, side)])), earlier),
      }));
      for (const one of state.looking ? list : []) one.checked = (one.side ? [one.side] : one.target.sides).every((side) => state.hurtsAt(one.target.id, side));
      this.targets.paint(`${viewName} of the body, choose an area`, list, state.looking);
    } else {
      const list = scene.discs.map((disc) => ({
        ...disc,
        name: words.spokenName(disc.target, disc.side, state.shown(disc.target.id, disc.side), earlier),
        checked: scenes.isChosen(state, disc),
      }));
      this.targets.paint(`Points: ${state.area.name}`, list);
    }
    this.targets.element.classList.toggle("through", Boolean(state.place && state.screen !== "overview"));
  }

  // Where the focus belongs after the picture changed.
  get lastKey() {
    return this.#keyOfChoice();
  }

  #keyOfChoice() {
    const { area, point, side } = this.state.choice;
    if (point) return scenes.pointKey(point, side);
    const own = this.scene.discs?.find((disc) => disc.side === side) ?? this.scene.discs?.[0];
    if (area && own) return own.key;
    return this.lastArea;
  }

  #restingTag() {
    const { state, scene } = this;
    const chosen = scene.discs?.find((disc) => scenes.isChosen(state, disc));
    if (!chosen || scene.narrow) return null;
    return { text: words.placeName(chosen.target, chosen.side), box: this.#boxOf(chosen.key) };
  }

  // What the resting tag must not hide: the small bodies, and the points that can still be chosen.
  #taken() {
    const { state, scene } = this;
    if (!state.choice.point || scene.narrow) return [];
    const others = scene.discs.filter((disc) => !scenes.isChosen(state, disc)).map(({ tx, ty }) => ({ x0: tx - DOT, y0: ty - DOT, x1: tx + DOT, y1: ty + DOT }));
    const inset = this.inset.boxIn(this.element);
    return inset ? [inset, ...others] : others;
  }

  // What a key covers in the stage, for the tag to stay beside it.
  #boxOf(key) {
    const disc = this.scene.discs?.find((one) => one.key === key);
    if (disc) return { x0: disc.tx - DISC, y0: disc.ty - DISC, x1: disc.tx + DISC, y1: disc.ty + DISC };
    const parts = this.#partsOf(key);
    if (!parts.length) return null;
    const corners = parts.flatMap(({ bounds: b }) => [toScreen(this.scene.camera, b.x0, b.y0), toScreen(this.scene.camera, b.x1, b.y1)]);
    const xs = corners.map((c) => c.x), ys = corners.map((c) => c.y);
    return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
  }

  #partsOf(key) {
    const { kind, id, side } = scenes.readKey(key);
    if (kind !== "area") return [];
    return (this.scene.figure.areas.get(id) ?? []).filter((part) => !side || part.side === side);
  }

  // Lights a place and names it; null puts everything back. Called in the pointer's own event.
  highlight(key, quiet = false) {
    if (key === this.lit || !this.scene) return;
    for (const node of this.nodes.get(this.lit) ?? []) node.classList.remove("hov");
    this.lit = key;
    for (const node of this.nodes.get(key) ?? []) node.classList.add("hov");
    const lighted = key && this.nodes.has(key);
    const labelled = this.scene.labels?.some((label) => label.key === key);
    if (!lighted || labelled) this.tag.hide();
    else this.tag.show({ key, text: this.#tagText(key), box: this.#boxOf(key) });
    this.spread.hint(key);
    if (!quiet) this.hovered(key);
  }

  // What is under the finger looks chosen before the picture moves.
  press() {
    for (const node of this.nodes.get(this.lit) ?? []) node.classList.add("sel");
  }

  #tagText(key) {
    const { id, side } = scenes.readKey(key);
    const target = this.state.targets.get(id);
    const shown = words.placeName(target, side);
    return target.kind === "tender" || target.kind === "control" ? `${shown} (historical)` : shown;
  }

  #focus(visibleKey, key) {
    this.focusKey = visibleKey;
    if (visibleKey || this.lit) this.highlight(visibleKey);
    this.#showRing();
    const place = key && (this.scene?.targets ?? this.scene?.discs)?.find((one) => one.key === key);
    const { w, h } = this.scene?.size ?? {};
    if (visibleKey && place && (place.x < 0 || place.x > w || place.y < 0 || place.y > h)) this.act.reveal(place);
  }

  #showRing() {
    const key = this.focusKey;
    this.ring.replaceChildren();
    this.areas.focusOn(null);
    if (!key || !this.scene) return;
    const disc = this.scene.discs?.find((one) => one.key === key);
    if (disc) {
      const small = this.state.place && !scenes.isChosen(this.state, disc);
      this.ring.replaceChildren(focusRing(small ? disc.tx : disc.x, small ? disc.ty : disc.y, small ? 8 : DISC));
    } else this.areas.focusOn(this.#partsOf(key));
    if (this.lit !== key) this.highlight(key);
  }

  #digit(key, digit) {
    const { kind, id, side } = scenes.readKey(key);
    const { point, side: chosen } = this.state.choice;
    if (kind === "point" && id === point && side === chosen) this.act.digit("touched", digit);
  }

  #load() {
    const name = this.figureName;
    const { body, view } = this.state.choice;
    if (this.asked === name) return;
    this.asked = name;
    this.waiting.need("places", () => places(body, view), { what: "drawing", instead: "use the list" }).then((read) => {
      this.asked = null;
      this.figures.set(name, scenes.prepare(read));
      this.paint();
    });
  }

  // The picture is drawn at its new place at once; a transform shows it coming from the old one.
  #travel(before, now) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const from = before?.camera, to = now.camera;
    if (still || !from || before.name !== now.name || (from.k === to.k && from.x === to.x && from.y === to.y)) return;
    if (before.screen === now.screen && before.size.w !== now.size.w) return;      // the window was resized
    const scale = from.k / to.k;
    const start = `translate(${(to.x - from.x) * from.k}px, ${(to.y - from.y) * from.k}px) scale(${scale})`;
    this.element.classList.add("moving");                  // what lies outside is drawn only on the way
    const moves = [this.fig, this.zones, this.spread.element, this.over].map((sheet) => sheet.animate([{ transform: start }, { transform: "none" }], MOVE));
    moves[0].finished.catch(() => {}).then(() => this.element.classList.remove("moving"));
    for (const layer of [this.labels, this.names]) layer.animate([{ opacity: 0 }, { opacity: 0, offset: 0.6 }, { opacity: 1 }], MOVE);
  }
}
