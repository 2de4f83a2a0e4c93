// What the tab itself has to say and to be told, on every page: nothing of it is seen.

import { mounting } from "./mount.js";
import { watchForLoss } from "./lost.js";

export const render = mounting(() => new Tab());

class Tab {
  constructor() {
    this.endWatch = watchForLoss(() => {});
  }

  receive(component) {
    this.component = component;
  }

  stop() {
    this.endWatch();
  }
}
