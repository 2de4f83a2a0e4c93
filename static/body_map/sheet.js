// Below the picture while an area is open and nothing is being marked: its name, the red line and
// its points as rows where there are no labels beside the picture, "Mark the whole area", and the
// guide lines in words.

import { el, setAttribute, setText } from "./dom.js";
import { Alarm } from "./alarm.js";
import { guidesOf } from "./guides.js";
import { Row } from "./rows.js";
import { pointKey } from "./scene.js";
import * as words from "./words.js";

const WHOLE = "Mark the whole area";

export class Sheet {
  constructor(state, act, light) {
    this.state = state;
    this.act = act;
    this.light = light;
    this.rows = [];
    this.title = el("h2");
    this.alarm = new Alarm();
    this.ask = el("p", { class: "sub", textContent: "Touch a point, or pick it here:" });
    this.list = el("div", { class: "pts" });
    this.guides = el("p", { class: "guide-list" });
    this.sides = el("div", { class: "sides" });
    this.footText = el("span", { "aria-hidden": "true", textContent: WHOLE });
    this.foot = el("div", { class: "foot", role: "group", "aria-label": WHOLE }, this.footText, this.sides);
    this.element = el("section", { class: "sheet", hidden: true }, this.title, this.alarm.element, this.ask, this.list, this.foot, this.guides);
  }

  paint(alarm, number) {
    const { state } = this;
    const area = state.area;
    const open = state.screen === "area" && !state.place;
    this.element.hidden = !open;
    if (!open) return;
    setText(this.title, words.placeName(area, area.lens === "side" ? state.choice.side : null));
    setAttribute(this.element, "aria-label", area.name);
    this.alarm.paint(area.alarm ? alarm : null, number);
    const points = state.pointsInLens();
    const built = `${area.id} ${points.map((point) => point.id).join(" ")}`;
    if (this.built !== built) this.#build(built, area, points);
    this.ask.hidden = !points.length;
    this.list.hidden = !points.length;
    for (const row of this.rows) row.paint(state);
    for (const button of this.sides.children) {
      const side = button.dataset.side;
      const mark = words.markWords(state.shown(area.id, side), state.showsEarlier ? state.earlier : null);
      const name = area.sides.length > 1 ? `Mark ${words.placeName(area, side)}` : `${WHOLE}: ${area.name}`;
      setAttribute(button, "aria-label", mark ? `${name}, ${mark}` : name);
      button.classList.toggle("on", area.sides.length > 1 && state.choice.side === side);
    }
  }

  #build(built, area, points) {
    this.built = built;
    this.rows = points.map((target) => new Row(
      target,
      (side) => this.act.choosePoint(target.id, side, true),
      (side) => this.light(side && pointKey(target.id, side)),
      target.hint,
    ));
    this.list.replaceChildren(...this.rows.map((row) => row.element));
    // all that the picture names may be shortened there, and is not read out
    const lines = guidesOf(this.state, area.id).map(({ name, clinical }) => `${name} (${clinical})`);
    this.guides.hidden = !lines.length;
    setText(this.guides, lines.length ? `Lines in the picture: ${lines.join(", ")}.` : "");
    this.footText.hidden = area.sides.length === 1;
    this.sides.replaceChildren(...area.sides.map((side) => el("button", {
      type: "button", "data-side": side, onclick: () => this.act.markArea(side),
      textContent: area.sides.length > 1 ? words.sideWord(side) : WHOLE,
    })));
  }

  highlight(key) {
    for (const row of this.rows) {
      const side = row.target.sides.find((one) => pointKey(row.target.id, one) === key);
      row.highlight(side ?? null);
    }
  }
}
