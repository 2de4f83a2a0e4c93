// Small controls that lie on the picture: the lower half on a narrow stage, moving about when it is
// enlarged, and what the numbers are when they are not today's.

import { el, icon, setText } from "./dom.js";

const STEPS = [["left", "Move left", -1, 0], ["up", "Move up", 0, -1], ["down", "Move down", 0, 1], ["right", "Move right", 1, 0]];
const LOST = "The app does not answer. You can go on marking.";

export class StageTools {
  constructor(state, act) {
    this.state = state;
    this.legsText = el("span");
    this.legsIcon = el("span", { class: "turn" }, icon("down", 17));
    this.legs = el("button", { type: "button", class: "pill", onclick: () => act.setLegs(!state.legs) }, this.legsText, this.legsIcon);
    this.pan = el("div", { class: "pan", role: "group", "aria-label": "Move the picture" },
      ...STEPS.map(([name, label, x, y]) => el("button", { type: "button", class: "icb", "aria-label": label, onclick: () => act.panBy(x, y) }, icon(name, 20))));
    this.earlier = el("span", { class: "stage-note" });
    this.whole = el("button", { type: "button", class: "stage-note whole-note", onclick: () => act.chooseArea("whole-body", "midline") });
    this.late = el("span", { class: "stage-note bad", role: "status" });
    this.notes = el("div", { class: "stage-notes" }, this.earlier, this.whole, this.late);
    this.element = el("div", { class: "tools" }, this.notes, this.legs, this.pan);
  }

  paint(narrow) {
    const { state } = this;
    const overview = state.screen === "overview";
    const zoomed = state.zoom > 1;
    this.legs.hidden = !(overview && narrow && !zoomed && !state.place && !state.topic);
    setText(this.legsText, state.legs ? "Head and arms" : "Legs and feet");
    this.legs.setAttribute("aria-label", `${this.legsText.textContent}: move the picture`);
    this.legsIcon.classList.toggle("up", state.legs);
    this.pan.hidden = !zoomed;
    this.earlier.hidden = !state.showsEarlier;
    setText(this.earlier, state.showsEarlier ? `Marks from ${state.earlier}` : "");
    const whole = overview && !state.place ? state.shown("whole-body", "midline") : null;
    this.whole.hidden = !whole;
    setText(this.whole, whole ? `Whole body: ${whole.byItself ?? whole.touched} of 10` : "");
    const late = !state.place && state.outbox.statusOf("mark") === "late";       // the pad says it itself
    setText(this.late, state.outbox.isLost ? LOST : late ? "Not saved yet. We keep trying." : "");
    this.late.hidden = !this.late.textContent;
  }
}
