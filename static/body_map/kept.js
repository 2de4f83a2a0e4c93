// What a tab keeps of a person's own: in its session storage, which the browser drops with the tab; and
// on request, on this device (device.js).

import { Device } from "./device.js";

const PENDING = "bodymap.pending.2";   // {pending, refused}: not acknowledged
const KEPT = "bodymap.kept.2";         // {kept, preferences}: acknowledged, but the server forgets them

export class Kept {
  constructor(device = new Device()) {
    this.storage = usable();
    this.device = device;
    this.isFull = false;               // something did not fit: a reload would lose it
  }

  get isBlocked() {
    return !this.storage;
  }

  get isOnDevice() {
    return this.device.isOn;
  }

  read() {
    const { pending, refused } = this.#get(PENDING);
    const { kept, preferences } = this.#get(KEPT);
    const statements = (value) => (Array.isArray(value) ? value.filter((one) => typeof one?.id === "string" && typeof one.kind === "string") : []);
    return {
      pending: statements(pending),
      refused: Array.isArray(refused) ? refused.filter((one) => typeof one?.statement?.id === "string" && typeof one.sentence === "string") : [],
      kept: statements(kept),
      preferences: preferences && typeof preferences === "object" ? preferences : {},
    };
  }

  writePending({ pending, refused }) {
    this.#set(PENDING, pending.length || refused.length ? { pending, refused } : null);
    this.device.write({ pending });
  }

  writeKept({ kept, preferences }) {
    this.#set(KEPT, kept.length || Object.keys(preferences).length ? { kept, preferences } : null);
    this.device.write({ kept, preferences });
  }

  #get(name) {
    try {
      return JSON.parse(this.storage?.getItem(name) ?? "{}") ?? {};
    } catch {
      return {};
    }
  }

  #set(name, value) {
    try {
      if (value === null) this.storage?.removeItem(name);
      else this.storage?.setItem(name, JSON.stringify(value));
      this.isFull = false;
    } catch {
      this.isFull = true;
    }
  }
}

// The tab's storage, or null where the browser forbids it or takes nothing.
function usable() {
  try {
    const storage = window.sessionStorage;
    storage.setItem("bodymap.try", "1");
    storage.removeItem("bodymap.try");
    return storage;
  } catch {
    return null;
  }
}
