// The points that belong to a complaint or a muscle, each with a small picture of where its pain is
// said to go; with a complaint, what needs help first.

import { el, setAttribute, setText } from "./dom.js";
import { Alarm } from "./alarm.js";
import { patternPicture } from "./pattern.js";
import { Row } from "./rows.js";
import { pointKey } from "./scene.js";

export class Topic {
  constructor(state, act, light, patternOf) {
    this.state = state;
    this.act = act;
    this.light = light;
    this.patternOf = patternOf;
    this.rows = [];
    this.title = el("h3", { class: "topic-name", tabIndex: -1 });
    this.alarm = new Alarm();
    this.ask = el("p", { class: "ask" });
    this.list = el("div", { class: "hits" });
    this.element = el("section", { class: "reached", hidden: true }, this.title, this.alarm.element, this.ask, this.list,
      el("div", { class: "reachedfoot" }, el("button", { type: "button", class: "btn quiet", textContent: "Back to the start", onclick: () => act.back() })));
  }

  focus() {
    this.title.focus();
  }

  // alarm, number: what the server told of the red line
  paint({ choice, alarm, number }, figure) {
    const { state } = this;
    const { topic } = state;
    this.element.hidden = !topic;
    if (!topic) return;
    const isAnswered = choice.complaint === state.choice.complaint && choice.muscle === state.choice.muscle;
    this.alarm.paint(isAnswered ? alarm : null, number);
    setText(this.title, topic.name);
    setAttribute(this.element, "aria-label", topic.name);
    setText(this.ask, state.choice.muscle ? "Its points in the teaching maps:" : "The points that teaching maps name for this:");
    const wanted = JSON.stringify([topic.id, state.choice.view, state.choice.body, Boolean(figure)]);
    if (wanted !== this.built || !this.isComplete) this.#build(topic, figure);
    this.built = wanted;
    for (const row of this.rows) row.paint(state);
  }

  #build(topic, figure) {
    const { state } = this;
    this.isComplete = true;
    const targets = topic.points.map((id) => state.targets.get(id));
    this.rows = targets.map((target) => new Row(
      target,
      (side) => this.act.choosePoint(target.id, side, true),
      (side) => this.light(side && pointKey(target.id, side)),
      target.hint,
    ));
    this.list.replaceChildren(...targets.map((target, i) => el("div", { class: "hit points" }, this.#picture(target, figure), this.rows[i].element)));
  }

  #picture({ id, pattern: { views } }, figure) {
    const { body, view } = this.state.choice;
    const shown = views.includes(view) ? view : views[0];
    const pattern = this.patternOf(`${body}-${shown}`, id, "left");
    this.isComplete &&= Boolean(pattern && figure);
    return patternPicture(figure, pattern, "left", shown === view ? null : shown);
  }
}
