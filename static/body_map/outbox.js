// What the person marked or drew and the server has not acknowledged yet. Each is an operation with
// its own id that states the whole of one thing; the whole list is sent as component state until each
// id comes back as committed. Nothing is lost by a fast click, a reload or a dead server.

import { watchForLoss } from "./lost.js";

const LATE_AFTER_MS = 4000;            // then the words change to "Not saved yet"
const AT_ONCE = 500;                   // operations in one message; the rest follows once these are in
const TRY_AGAIN_MS = [4000, 8000, 15000, 30000];

export class Outbox {
  // name: what the tab keeps it under; storage: sessionStorage or null where the browser forbids it;
  // isKnown(operation): it still means something here; changed(): something to repaint
  constructor(name, storage, isKnown, changed) {
    this.name = name;
    this.isKnown = isKnown;
    this.storage = storage;
    this.changed = changed;
    this.send = null;                  // (operations) => void, set with each render
    this.keep = false;
    this.record = null;                // whose marks were kept: one server session's record
    this.problem = null;
    this.lastAt = 0;
    this.tries = 0;
    this.timer = 0;
    this.flushing = false;
    this.everSaved = false;
    this.isLost = false;               // the server does not answer
    this.endWatch = watchForLoss(() => { this.isLost = true; changed(); });
    const stored = this.#read();
    this.pending = stored.pending;     // not acknowledged
    this.kept = stored.kept;           // acknowledged, but the server forgets them (guest mode)
    if (this.pending.length || this.kept.length) this.#reoffer();
  }

  // content: what the operation states
  add(content) {
    const now = Math.max(Date.now(), this.lastAt + 1);   // strictly later, so order is in the data
    this.lastAt = now;
    const operation = {
      id: newId(), ...content,
      at: new Date(now).toISOString(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
      offset_min: -new Date(now).getTimezoneOffset(),
    };
    this.pending.push(operation);
    this.tries = 0;
    this.#write();
    this.#flushSoon();
    return operation;
  }

  // What the server said in this run: acknowledged ids, and the name of a record that it has in memory
  // only ("" where it keeps the record itself).
  receive({ acked, record, problem }) {
    this.keep = Boolean(record);
    this.isLost = false;
    this.problem = problem || null;
    const done = new Set(acked ?? []);
    const saved = this.pending.filter((operation) => done.has(operation.id));
    if (saved.length) {
      this.pending = this.pending.filter((operation) => !done.has(operation.id));
      this.everSaved = true;
      this.tries = 0;
      if (this.keep) this.kept.push(...saved);
    }
    if (!this.keep && this.kept.length) this.kept = [];
    // a guest's record lives in one server session; another one has to be told everything again
    const lost = this.keep && this.record !== null && record !== this.record && this.kept.length > 0;
    this.record = record;
    if (lost) this.#reoffer();
    if (saved.length || lost) this.#write();
    if (saved.length >= AT_ONCE && this.pending.length) this.#flushSoon();
    if (this.pending.length) this.#armRetry();
    else this.#disarm();
  }

  get status() {
    if (this.pending.length) {
      return this.problem || this.#oldestWait() >= LATE_AFTER_MS ? "late" : "saving";
    }
    return this.everSaved ? "saved" : "idle";
  }

  stop() {
    this.endWatch();
    this.#disarm();
  }

  #oldestWait() {
    return Date.now() - this.waitingSince;
  }

  #reoffer() {
    const known = new Set(this.pending.map((operation) => operation.id));
    this.pending = [...this.kept.filter((operation) => !known.has(operation.id)), ...this.pending];
    this.kept = [];
    this.#write();
    this.#flushSoon();
  }

  // One message per tick, however many marks were made in it.
  #flushSoon() {
    if (!this.waitingSince) this.waitingSince = Date.now();
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => {
      this.flushing = false;
      this.flush();
    });
  }

  // What a reload left behind goes out as soon as there is someone to send it to.
  flushIfWaiting() {
    if (this.waiting && this.send) this.flush();
  }

  flush() {
    this.waiting = this.pending.length > 0 && !this.send;
    if (!this.pending.length || !this.send) return;
    this.waitingSince ||= Date.now();
    this.send(this.pending.slice(0, AT_ONCE));
    this.#armRetry();
  }

  #armRetry() {
    if (this.timer || !this.pending.length) return;
    const wait = TRY_AGAIN_MS[Math.min(this.tries, TRY_AGAIN_MS.length - 1)];
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.tries += 1;
      this.flush();
      this.changed();
    }, wait);
  }

  #disarm() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.waitingSince = 0;
  }

  #read() {
    try {
      const stored = JSON.parse(this.storage?.getItem(this.name) ?? "{}");
      const list = (value) => (Array.isArray(value) ? value.filter((o) => typeof o?.id === "string" && this.isKnown(o)) : []);
      return { pending: list(stored.pending), kept: list(stored.kept) };
    } catch {
      return { pending: [], kept: [] };
    }
  }

  #write() {
    try {
      if (!this.pending.length && !this.kept.length) this.storage?.removeItem(this.name);
      else this.storage?.setItem(this.name, JSON.stringify({ pending: this.pending, kept: this.kept }));
    } catch {
      // a full or forbidden storage only costs the second safety net
    }
  }
}

// Takes what was deleted out of all that a tab keeps. deletions: [{first, last, place}], dates
// (inclusive) and [target, side] of one mark, or null for everything of those dates.
export function forget(storage, deletions) {
  if (!storage || !deletions.length) return;
  const isGone = (operation) => deletions.some(({ first, last, place }) => first <= dayOf(operation) && dayOf(operation) <= last
    && (!place || (operation.target === place[0] && operation.side === place[1])));
  for (const name of Object.keys(storage).filter((one) => one.startsWith("bodymap."))) {
    try {
      const { pending, kept } = JSON.parse(storage.getItem(name));
      const left = (operations) => operations.filter((operation) => !isGone(operation));
      storage.setItem(name, JSON.stringify({ pending: left(pending), kept: left(kept) }));
    } catch {
      storage.removeItem(name);        // nothing that an outbox could read
    }
  }
}

// The person's own date that an operation is about.
function dayOf({ day, at, offset_min }) {
  return day ?? new Date(Date.parse(at) + offset_min * 60000).toISOString().slice(0, 10);
}

// crypto.randomUUID exists only on https and localhost; a clinic's plain http address needs this too
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function tabStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
