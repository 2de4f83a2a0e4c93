// What the tab itself has to say and to be told, on every page: nothing of it is seen. Where the page has
// nothing that sends what was entered, this does.

import { away } from "./away.js";
import { closeCardsAtOnce } from "./cards.js";
import { clock, isSame, watchClock } from "./clock.js";
import { mounting } from "./mount.js";
import { outbox } from "./outbox.js";

const AGAIN_MS = 60_000;               // the same word is not said more often, whatever is answered

export const render = mounting(() => new Tab(), { isOfTheWhole: true });

class Tab {
  constructor() {
    this.endClock = watchClock(() => this.#tellTheTime());
    this.endCards = closeCardsAtOnce();
  }

  // data: {clock: {today, zone, offset_min}} as the server takes it, and what became of statements
  receive(component) {
    this.component = component;
    outbox.carryIfNobodyElse(this, (message) => component.setStateValue("outbox", message));
    outbox.forget(component.data.deletions ?? []);
    outbox.receive(component.data);
    away.country = component.data.country ?? "";
    this.#warn();
    this.#tellTheTime();
  }

  // A guest's record is in this tab alone, so what it can't keep is said before it is lost; each once.
  #warn() {
    const { isGuest, store } = outbox;
    const why = !isGuest ? null : store.isBlocked ? "blocked" : store.isFull ? "full" : null;
    if (why && why !== this.warned) away.say(why);
    this.warned = why;
  }

  stop() {
    this.endClock();
    this.endCards();
    outbox.leave(this);
  }

  // Only where the server takes another day for today: an ordinary page costs no further run.
  #tellTheTime() {
    const is = clock();
    const at = performance.now();
    if (!this.component || isSame(is, this.component.data.clock) || outbox.isLeadingAway) return;
    if (isSame(is, this.told) && at - this.toldAt < AGAIN_MS) return;
    this.told = is;
    this.toldAt = at;
    this.component.setStateValue("clock", is);
  }
}
