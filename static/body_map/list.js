// The list beside or below the picture: search, the areas of this view in groups that open and
// close, and what the search finds. It does everything the picture does.

import { el, icon, setText } from "./dom.js";
import { Reached } from "./reached.js";
import { Row } from "./rows.js";
import { Topic } from "./topic.js";
import { SearchIndex } from "./search.js";
import { areaKey, pointKey, readKey } from "./scene.js";

const MOST = 14;                       // rows of one kind that a search shows

export class List {
  // patternOf(figureName, point, side): where a point is said to send pain
  constructor(state, act, light, patternOf) {
    this.state = state;
    this.act = act;
    this.light = light;
    this.index = new SearchIndex(state.catalog);
    this.rows = [];                    // every row that is in the page now
    this.open = new Set();
    this.input = el("input", { type: "search", id: "bodymap-find", autocomplete: "off", spellcheck: false, placeholder: "neck, sitting …" });
    this.input.addEventListener("input", () => this.#search());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.input.value) return;
      event.stopPropagation();
      this.#empty();
    });
    this.wipe = el("button", { type: "button", class: "wipe", "aria-label": "Clear the search", hidden: true, onclick: () => { this.#empty(); this.input.focus(); } }, icon("close", 18));
    const label = el("label", { htmlFor: "bodymap-find" },
      el("span", { class: "wide", textContent: "Find a place or a problem" }),
      el("span", { class: "slim", textContent: "Touch where it hurts, or find it here" }));
    this.reached = new Reached(state, act, patternOf);
    this.topic = new Topic(state, act, light, patternOf);
    this.count = el("p", { class: "vh", role: "status" });
    this.found = el("div", { class: "found", hidden: true });
    this.groups = el("div", { class: "groups" });
    this.kind = el("button", { type: "button", class: "kind", onclick: () => act.setKind(state.kind === "touched" ? "byItself" : "touched") });
    this.tenderKey = el("p", { class: "key", hidden: true }, el("i", { class: "key-tender" }), el("span", { textContent: "a tender point (historical)" }));
    this.legend = el("div", { class: "legend" },
      el("p", { class: "key" }, el("i", { class: "key-dot" }), el("span", { textContent: "a point you can read about" })),
      this.tenderKey, this.kind);
    this.element = el("section", { class: "rail", "aria-label": "List of places" }, this.reached.element, this.topic.element,
      el("div", { class: "find" }, label, el("div", { class: "inp" }, icon("search", 19), this.input, this.wipe)),
      this.count, this.found, this.groups, this.legend);
  }

  // data: what the server told last
  paint(data, figure) {
    const { state } = this;
    this.reached.paint(data, figure);
    this.topic.paint(data, figure);
    this.legend.hidden = state.looking || Boolean(state.topic);
    if (this.view !== state.choice.view) this.#build();
    for (const row of this.rows) row.paint(state);
    const marked = state.allShown().length > 0;
    this.kind.hidden = !marked;
    setText(this.kind, state.kind === "touched" ? "Numbers: when touched" : "Numbers: by itself");
    this.kind.setAttribute("aria-label", `${this.kind.textContent}. Show the other number`);
    this.tenderKey.hidden = !state.layers.tender;
  }

  highlight(key) {
    const { id, side } = key ? readKey(key) : {};
    for (const row of this.rows) row.highlight(row.target.id === id ? side ?? "all" : null);
  }

  #row(target, detail) {
    const pick = (side) => (target.area ? this.act.choosePoint(target.id, side, true) : this.act.chooseArea(target.id, side, true));
    const light = (side) => {
      if (!side || target.view !== this.state.choice.view) return this.light(null);
      return this.light(target.area ? pointKey(target.id, side) : areaKey(target, side));
    };
    const row = new Row(target, pick, light, detail);
    row.paint(this.state);
    this.rows.push(row);
    return row.element;
  }

  // The groups of one view; built when the view changes, otherwise only repainted.
  #build() {
    const { state } = this;
    const first = this.view === undefined;
    this.view = state.choice.view;
    this.rows = this.rows.filter((row) => this.found.contains(row.element));
    const here = [...state.targets.values()].filter((target) => target.kind === "area" && target.view === this.view);
    const sections = state.catalog.groups
      .map((group) => ({ group, areas: here.filter((target) => target.group === group.id) }))
      .filter(({ areas }) => areas.length);
    if (first && matchMedia("(min-width: 700px)").matches && sections[1]) this.open.add(sections[1].group.id);
    const whole = state.targets.get("whole-body");
    this.groups.replaceChildren(
      ...sections.map(({ group, areas }) => this.#section(group, areas)),
      ...(whole ? [el("div", { class: "grp whole" }, this.#row(whole, whole.hint))] : []),
    );
  }

  #section(group, areas) {
    const content = el("div", { class: "its", id: `bodymap-group-${group.id}` }, ...areas.map((target) => this.#row(target)));
    const button = el("button", { type: "button", "aria-controls": content.id }, el("span", { textContent: group.name }), icon("right", 18));
    const show = () => {
      const open = this.open.has(group.id);
      content.hidden = !open;
      button.setAttribute("aria-expanded", open);
    };
    button.onclick = () => {
      if (!this.open.delete(group.id)) this.open.add(group.id);
      show();
    };
    show();
    return el("div", { class: "grp" }, el("h3", {}, button), content);
  }

  #empty() {
    this.input.value = "";
    this.#search();
  }

  #search() {
    this.wipe.hidden = !this.input.value;
    const query = this.input.value.trim();
    this.rows = this.rows.filter((row) => !this.found.contains(row.element));
    this.found.hidden = !query;
    this.groups.hidden = Boolean(query);
    this.found.replaceChildren();
    if (!query) return void setText(this.count, "");
    const { complaints, areas, points, muscles, pages, total, isNear } = this.index.find(query);
    setText(this.count, !total ? "" : isNear ? `${total} come near` : `${total} found`);
    if (!total) {
      this.found.append(el("p", { class: "nothing", role: "status", textContent: "Nothing found. Try another word, or touch the body." }));
      return;
    }
    if (isNear) this.found.append(el("p", { class: "near", textContent: "Nothing is spelt like this. These come near:" }));
    const groups = [
      ["Problems", complaints, (complaint) => this.#leading(complaint.words, null, () => this.#topic("complaint", complaint.id))],
      ["Areas", areas, (target) => this.#row(target, this.#where(target))],
      ["Points", points, (target) => this.#row(target, this.#where(target) ?? (target.clinical || target.hint))],
      ["Muscles", muscles, (muscle) => this.#leading(muscle.name, muscle.hint, () => this.#topic("muscle", muscle.id))],
      ["Pages to read", pages, (page) => this.#leading(page.name, page.hint, () => this.act.openPage(page.id))],
    ].filter(([, items]) => items.length);
    for (const [name, items, draw] of groups) {
      this.found.append(el("section", { "aria-label": name }, el("p", { class: "kind-of", "aria-hidden": "true", textContent: name }), ...items.slice(0, MOST).map(draw)));
    }
  }

  // What is no place on the body: it opens something of its own.
  #leading(name, hint, open) {
    return el("div", { class: "row single" }, el("div", { class: "sides" },
      el("button", { type: "button", onclick: open },
        el("span", { class: "nm" }, el("span", { textContent: name }), hint ? el("small", { textContent: hint }) : null), icon("right", 18))));
  }

  // The search has led there; its findings would hide the points.
  #topic(kind, id) {
    this.act.chooseTopic(kind, id, true);
    this.#empty();
  }

  #where(target) {
    if (!target.view || target.view === this.state.choice.view) return null;
    return target.view === "front" ? "on the front" : "on the back";
  }
}
