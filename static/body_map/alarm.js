// The red line: what to do at once. The page gives the text; the number becomes a link to call.

import { el, icon } from "./dom.js";

export class Alarm {
  constructor() {
    this.text = el("p");
    this.element = el("div", { class: "alarm", hidden: true }, icon("alarm", 20, 2.2), this.text);
  }

  paint(sentence, number) {
    const wanted = `${sentence ?? ""}|${number ?? ""}`;
    this.element.hidden = !sentence;
    if (this.shown === wanted) return;
    this.shown = wanted;
    this.text.replaceChildren(...(sentence ? parts(sentence, number) : []));
  }
}

function parts(sentence, number) {
  if (!number || !/^[0-9+ ]+$/.test(number)) return [sentence];
  const call = `Call ${number} now`;
  const link = el("a", { href: `tel:${number.replace(/ /g, "")}`, textContent: call });
  const [before, ...after] = sentence.split(call);
  if (!after.length) return [`${sentence} `, link];
  return [before, link, after.join(call)];
}
