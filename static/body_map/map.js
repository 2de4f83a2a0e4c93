// The body map's entry: one map per mount, fed with each run's data, and all that a person can do.

import { watchClock } from "./clock.js";
import { el, setText } from "./dom.js";
import { catalog, drawing, places } from "./figure.js";
import { isDark, mounted, mounting } from "./mount.js";
import { outbox } from "./outbox.js";
import { MapState, NOWHERE, keyOf } from "./state.js";
import { Stage } from "./stage.js";
import { StageTools } from "./tools.js";
import { Toolbar } from "./toolbar.js";
import { Sheet } from "./sheet.js";
import { Pad } from "./pad.js";
import { List } from "./list.js";
import { placeName } from "./words.js";

const PATIENCE_MS = 250;
const SHEETS = ["tokens.css", "map.css", "controls.css"];

export const render = mounting(({ parentElement, data }) => {
  warm(data?.choice);
  return new BodyMap(parentElement);
});

// The first figure travels while the catalog is still on its way.
function warm(choice) {
  if (!choice) return;
  places(choice.body, choice.view).catch(() => {});
  drawing(choice.body, choice.view, "body").catch(() => {});
}

class BodyMap {
  constructor(root) {
    Object.assign(this, mounted(root, "bm", "loading", "map", SHEETS));
    Promise.all([this.waiting.need("catalog", catalog), this.styled]).then(([read]) => this.#build(read));
  }

  #build(read) {
    this.outbox = outbox;
    this.endListening = outbox.listen(() => this.paint());
    this.state = new MapState(read, outbox);
    const act = this.#actions();
    this.stage = new Stage(this.state, act, this.waiting, (key) => { this.list.highlight(key); this.sheet.highlight(key); });
    const light = (key) => this.stage.highlight(key, true);
    this.toolbar = new Toolbar(this.state, act);
    this.tools = new StageTools(this.state, act);
    this.sheet = new Sheet(this.state, act, light);
    this.pad = new Pad(this.state, act, () => this.turn());
    this.list = new List(this.state, act, light, (figureName, point, side) => this.stage.spread.of(figureName, point, side));
    this.stage.element.append(this.tools.element);
    this.spoken = el("p", { class: "vh", role: "status" });
    this.root.replaceChildren(this.toolbar.element,
      el("div", { class: "work" }, this.stage.element, this.sheet.element, this.pad.element, this.stage.inset.element, this.list.element), this.spoken);
    this.host.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#escape(); });
    this.endClock = watchClock(() => this.turn(), this.host);
    this.watch = new ResizeObserver(() => this.#resized());
    this.watch.observe(this.host);
    this.onWindow = () => this.#resized();
    addEventListener("resize", this.onWindow);
    this.#resized();
    // labels and tags were measured before the typeface was there
    this.onLink = (event) => this.#follow(event);
    document.addEventListener("click", this.onLink);
    this.onFonts = () => { this.stage.remeasure(); this.paint(); };
    document.fonts.addEventListener("loadingdone", this.onFonts);
    if (this.component) this.receive(this.component);
  }

  receive(component) {
    this.component = component;
    this.root.dataset.theme = isDark(this.host) ? "dark" : "light";
    if (!this.state) return;
    const data = component.data ?? {};
    this.data = data;
    const isFirst = this.state.command === null;
    const wasTold = this.state.receive(data) && !isFirst;
    this.outbox.carry(this, (message) => this.component.setStateValue("outbox", message));
    this.isTold = true;                // painted below, not by the outbox
    this.outbox.receive(data);
    this.isTold = false;
    if (this.state.isElsewhere) this.#tellTheChoice();
    this.turn();
    if (this.after) requestAnimationFrame(() => setTimeout(() => this.#settle()));   // the text is on the screen
    else if (this.#seen() !== this.painted) this.paint();
    if (wasTold) this.#bringIntoView();                // chosen in the text, which may stand below
  }

  // Turns to today by this device's clock; what is being written belongs to the day it was begun for.
  turn() {
    if (!this.data || this.pad.details.writing.isGoingOn) return;
    this.pad.details.finish();
    if (this.state.turn()) this.paint();
  }

  // All of a run's answer that can be seen. Most answers repeat what the map shows already.
  #seen() {
    const { state, data, root } = this;
    const { marks, details, day, last_time, alarm, number, problem, reached } = data;
    const { pending, refused, isLost } = this.outbox;
    return JSON.stringify([marks, details, day, state.day, last_time, alarm, number, problem, reached, state.choice, isLost, pending.length, refused.length, this.outbox.statusOf("mark"), root.dataset.theme]);
  }

  stop() {
    this.endClock?.();
    this.pad?.details.writing.stop();
    this.watch?.disconnect();
    document.removeEventListener("click", this.onLink);
    removeEventListener("resize", this.onWindow);
    document.fonts.removeEventListener("loadingdone", this.onFonts);
    this.endListening?.();
    this.outbox?.leave(this);
  }

  paint() {
    const { state, data } = this;
    if (!data || this.isTold) return;
    this.painted = this.#seen();
    const narrow = this.width < 560;
    this.root.dataset.screen = state.place ? "pad" : state.screen;
    this.toolbar.paint(narrow);
    this.sheet.paint(data.alarm, data.number);
    this.pad.paint(data.alarm, data.number, data.qualities);
    if (this.root.dataset.screen === "overview") this.list.paint(data, this.stage.scene?.figure);
    this.tools.paint(narrow);
    this.stage.paint();
    this.root.classList.toggle("earlier", state.showsEarlier);
    setText(this.spoken, this.#saying());
  }

  // For those who don't see the picture move: where they are now.
  #saying() {
    const { area, point, side } = this.state.choice;
    if (!area) return this.state.topic?.name ?? "";
    const name = placeName(this.state.targets.get(point ?? area), side);
    const points = point ? 0 : this.stage.scene?.discs?.length ?? 0;
    return points ? `${name}, ${points} points` : name;
  }

  // Heights change with our own paint as well; only another width or window asks for a new picture.
  #resized() {
    const width = this.host.clientWidth;
    const frame = `${width} ${innerHeight}`;
    if (frame === this.frame) return;
    this.frame = frame;
    this.width = width;
    this.stage.resized(width);
    this.paint();
  }

  #escape() {
    if (this.stage.tag.dismiss()) return;
    if (this.state.isSomewhere) this.#actions().back();
  }

  // Sends what is chosen, told apart from choices that Python made since (`after`).
  #tellTheChoice() {
    this.component.setStateValue("choice", { ...this.state.choice, after: this.state.command });
    outbox.expect();
  }

  #choose(wanted, fromList = false) {
    const { state } = this;
    this.#settle();
    const hadFocus = this.#focused();
    const changed = state.goTo({ ...state.choice, ...wanted });
    if (changed) this.#tellTheChoice();
    this.stage.press();
    // The explanation comes first: moving in takes all that a small computer has. So the picture
    // waits until the text is there, but not longer than anyone would notice.
    this.after = () => {
      this.paint();
      if (hadFocus) this.#keepFocus(hadFocus);
      if (fromList) this.#bringIntoView();
    };
    this.patience = setTimeout(() => this.#settle(), changed ? PATIENCE_MS : 0);
  }

  // Draws what still waits to be drawn.
  #settle() {
    clearTimeout(this.patience);
    const after = this.after;
    this.after = null;
    after?.();
  }

  #focused() {
    const active = this.host.getRootNode().activeElement;
    return active && this.host.contains(active) ? active : null;
  }

  // What had the focus may be hidden now; then it goes to the same place on the picture or its pad.
  #keepFocus(before) {
    if (before.isConnected && before.getClientRects().length) return;
    if (this.state.topic) this.list.topic.focus();
    else if (!this.stage.targets.focus(this.stage.lastKey) && this.state.place) this.pad.focus();
  }

  // A choice in the list below the picture must show the picture.
  #bringIntoView() {
    if (this.host.getBoundingClientRect().top >= -8) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.host.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  // A link in the explanation stays inside the app, where a new page would forget the session: one to
  // a place is a touch on the map, one to another page goes through the page's navigation. Where that
  // is folded away it stays a plain link.
  #follow(event) {
    const link = event.target.closest?.(".stHtml a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { origin, pathname, searchParams } = new URL(link.href);
    if (origin !== location.origin) return;
    const [area, side, complaint] = ["area", "side", "complaint"].map((name) => searchParams.get(name));
    const same = [...document.querySelectorAll('[data-testid="stTopNavLink"]')].find((one) => one.href === link.href);
    if (pathname === location.pathname && this.state.targets.has(area)) this.#choose({ area, point: null, side }, true);
    else if (pathname === location.pathname && this.state.complaints.has(complaint)) this.#actions().chooseTopic("complaint", complaint, true);
    else if (same) same.click();
    else return;
    event.preventDefault();
  }

  // The places of a look-up: nothing moves, so nothing has to wait.
  #touch(hurts) {
    this.#choose({ hurts });
    requestAnimationFrame(() => setTimeout(() => this.#settle()));       // once the message has left
  }

  // pressed: the fields that the hand touched, even where nothing differs
  #change(mark, pressed = [], note, withUndo) {
    const { state } = this;
    state.mark(state.place, mark, { pressed });
    this.pad.say(note ?? "", withUndo);
    this.paint();
  }

  #actions() {
    const { state } = this;
    return (this.act ??= {
      chooseArea: (area, side, fromList) => {
        if (!state.looking || area === "whole-body") return this.#choose({ area, point: null, side }, fromList);
        this.#touch(state.withArea(area, side ? [side] : state.targets.get(area).sides));
      },
      touchSpot: (x, y) => this.#touch(state.withSpot(x, y)),
      touchAgain: () => this.#touch([]),
      setSpots: (spots) => { state.spots = spots; this.paint(); },
      // a complaint or a muscle: its points, on the view that shows the first of them
      chooseTopic: (kind, id, fromList) => {
        const first = state.targets.get((kind === "muscle" ? state.muscles : state.complaints).get(id).points[0]);
        this.#choose({ ...NOWHERE, [kind]: id, view: first.view }, fromList);
      },
      choosePoint: (point, side, fromList) => this.#choose({ point, side }, fromList),
      chooseSide: (side) => this.#choose({ side }),
      setView: (view) => this.#choose({ view, area: null, point: null, side: null }),
      setBody: (body) => this.#choose({ body }),
      markArea: (side) => {
        const hadFocus = this.#focused();
        this.#choose({ point: null, side }, true);
        state.marking = true;
        this.#settle();
        if (hadFocus) this.pad.focus();
      },
      back: () => this.#back(),
      mark: (kind, level) => {
        const { touched = null, byItself = null, details = null } = state.today(state.place.id, state.place.side) ?? {};
        if ({ touched, byItself }[kind] === level) return;
        this.#change({ touched, byItself, details, [kind]: level }, [kind === "touched" ? "touched" : "by_itself"]);
      },
      // details: what was said besides the levels, or null for nothing
      describe: (place, details, isTyped) => {
        const mark = state.today(place.id, place.side);
        if (!mark || JSON.stringify(mark.details) === JSON.stringify(details)) return;
        state.mark(place, { ...mark, details }, { isTyped });
        this.paint();
      },
      rest: () => outbox.release(),
      digit: (kind, digit) => this.pad.digit(kind, digit),
      noPain: () => this.#change(state.place.target.kind === "overall" ? { byItself: 0 } : { touched: 0, byItself: 0 }, ["touched", "by_itself"]),
      asLastTime: () => this.#change(state.lastTime.get(keyOf(state.place.id, state.place.side)), ["touched", "by_itself"]),
      clear: () => this.#change({}, ["touched", "by_itself"], "Cleared.", true),
      undo: () => {
        state.undo(state.place);
        this.pad.say("Taken back.");
        this.paint();
      },
      openPage: (id) => {
        outbox.leadAway();
        this.component.setStateValue("page", { id, turn: this.data.turn });
      },
      redraw: () => this.paint(),
      zoom: (step) => this.#zoom(step),
      panBy: (x, y) => { state.panBy(x, y, this.stage.scene); this.paint(); },
      reveal: (place) => { state.reveal(place, this.stage.scene); this.paint(); },
      setWide: () => { state.wide = !state.wide; this.paint(); },
      setLegs: (legs) => { state.legs = legs; this.paint(); },
      setLayer: (name, on) => { state.layers[name] = on; this.paint(); },
      setKind: (kind) => { state.kind = kind; this.paint(); },
    });
  }

  #zoom(step) {
    const { state } = this;
    if (step < 0 && state.zoom === 1) return void this.#back();
    state.zoomBy(step);
    this.paint();
  }

  // One step out: from the pad to the area, from the area to the whole body.
  #back() {
    const { state } = this;
    const hadFocus = this.#focused();
    if (state.lookedUp) return this.#choose(state.lookedUp);
    const toArea = state.leadsBackToArea;
    if (toArea && state.marking) {
      state.marking = false;
      this.paint();
      if (hadFocus) this.#keepFocus(hadFocus);
    } else if (toArea) this.#choose({ point: null });
    else this.#choose(NOWHERE);
  }
}
