// Above the picture: which view and body, or the way back out; layers; nearer and farther.

import { el, icon, setAttribute, setText } from "./dom.js";
import { choiceRow, Menu } from "./menu.js";
import * as words from "./words.js";

const LAYERS = [
  ["areas", "Areas"],
  ["points", "Points"],
  ["tender", "Tender points", "historical, for demonstration; with control points"],
  ["muscles", "Muscles near the skin"],
  ["deep", "Deep muscles"],
  ["bones", "Bones", "with the levels of the spine"],
  ["spread", "Where pain is said to go"],
  ["kin", "All points of the muscle", "with the chosen point, where the others send pain"],
];

export class Toolbar {
  constructor(state, act) {
    this.state = state;
    this.act = act;
    this.views = Object.entries(words.VIEWS).map(([view, name]) => {
      const input = el("input", { type: "radio", name: "bodymap-view", value: view, onchange: () => act.setView(view) });
      return { view, input, label: el("label", {}, input, el("span", { textContent: name })) };
    });
    this.seg = el("div", { class: "seg", role: "radiogroup", "aria-label": "View" }, ...this.views.map(({ label }) => label));

    this.bodyName = el("span", { class: "wide" });
    const bodyButton = el("button", { type: "button", class: "btn tool" }, icon("body", 20), this.bodyName, el("span", { class: "wide" }, icon("down", 16)));
    this.bodies = this.#bodyRows("bodymap-body");
    this.bodyMenu = new Menu("Body", bodyButton, ...this.bodies.map(({ row }) => row));

    const layersButton = el("button", { type: "button", class: "btn tool", "aria-label": "Layers" }, icon("layers", 20), el("span", { class: "wide", textContent: "Layers" }));
    this.layers = LAYERS.map(([name, text, hint]) => choiceRow("checkbox", "bodymap-layer", name, text, hint, (on) => act.setLayer(name, on)));
    this.kinds = [["touched", "When touched"], ["byItself", "By itself"]]
      .map(([kind, text]) => choiceRow("radio", "bodymap-kind", kind, text, null, () => act.setKind(kind)));
    this.layerBodies = this.#bodyRows("bodymap-layer-body");
    this.layerMenu = new Menu("Layers", layersButton,
      el("div", { role: "group", "aria-label": "Show" }, el("p", { class: "menu-title", textContent: "Show" }), ...this.layers.map(({ row }) => row)),
      el("div", { role: "radiogroup", "aria-label": "Number on the map" }, el("p", { class: "menu-title", textContent: "Number on the map" }), ...this.kinds.map(({ row }) => row)),
      this.bodyGroup = el("div", { role: "radiogroup", "aria-label": "Body" }, el("p", { class: "menu-title", textContent: "Body" }), ...this.layerBodies.map(({ row }) => row)));

    this.backText = el("span");
    this.back = el("button", { type: "button", class: "btn back", onclick: () => act.back() }, icon("left", 20), this.backText);
    this.large = el("button", { type: "button", class: "icb large", "aria-label": "Show large, to demonstrate", title: "Show large", onclick: () => act.openPage("demonstrate") }, icon("large", 20));
    this.closer = el("button", { type: "button", class: "icb", "aria-label": "Move closer", onclick: () => act.zoom(1) }, icon("plus", 20));
    this.away = el("button", { type: "button", class: "icb", "aria-label": "Move away", onclick: () => act.zoom(-1) }, icon("minus", 20));
    this.element = el("div", { class: "bar", role: "group", "aria-label": "About the picture" }, this.back, this.seg, this.bodyMenu.element,
      this.layerMenu.element, el("span", { class: "sp" }), this.large, this.away, this.closer);
  }

  #bodyRows(name) {
    return this.state.catalog.bodies.map((body) => choiceRow("radio", name, body.id, bodyWords(body), null, () => this.act.setBody(body.id)));
  }

  paint(narrow) {
    const { state } = this;
    const overview = state.screen === "overview" && !state.place;
    this.seg.hidden = this.bodyMenu.button.hidden = !overview;
    this.bodyGroup.hidden = overview;
    this.back.hidden = overview;
    for (const { view, input, label } of this.views) {
      input.checked = view === state.choice.view;
      label.classList.toggle("on", input.checked);
    }
    const body = state.catalog.bodies.find((one) => one.id === state.choice.body);
    setText(this.bodyName, bodyWords(body));
    setAttribute(this.bodyMenu.button, "aria-label", `Body: ${bodyWords(body)}`);
    for (const { input, value } of [...this.bodies, ...this.layerBodies]) input.checked = value === body.id;
    for (const { input, value } of this.layers) input.checked = value === "muscles" ? state.musclesShown : state.layers[value];
    for (const { input, value } of this.kinds) input.checked = value === state.kind;
    setText(this.backText, this.#backWords(narrow));
    this.large.hidden = overview;
    this.away.hidden = overview && state.zoom === 1;
    setAttribute(this.closer, "aria-disabled", state.zoom >= state.mostZoom ? "true" : null);
  }

  // Where "back" leads: out of a point to its area, out of an area to the whole body.
  #backWords(narrow) {
    const { state } = this;
    if (state.lookedUp) return narrow ? "All found" : state.topicOf(state.lookedUp)?.name ?? "All that was found";
    if (!state.leadsBackToArea) return words.wholeView(state.choice.view);
    return narrow ? "Whole area" : state.area.name;
  }
}

const bodyWords = (body) => (/body$/i.test(body.name) ? body.name : `${body.name} body`);
