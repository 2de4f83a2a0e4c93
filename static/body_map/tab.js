// What the tab itself has to say and to be told, on every page: nothing of it is seen. Where the page has
// nothing that sends what was entered, this does.

import { away } from "./away.js";
import { mounting } from "./mount.js";
import { outbox } from "./outbox.js";

export const render = mounting(() => new Tab());

class Tab {
  receive(component) {
    outbox.carryIfNobodyElse(this, (message) => component.setStateValue("outbox", message));
    outbox.receive(component.data);
    away.country = component.data.country ?? "";
  }

  stop() {
    outbox.leave(this);
  }
}
