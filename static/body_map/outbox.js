// What the person entered and the server has not acknowledged yet: one for the whole tab, whatever page
// it was entered on. Each statement has an id of its own and is sent again until the server has saved or
// refused it. All of it lies in the tab's own storage, too, so a reload, another page or a dead server
// loses nothing; where the server keeps nothing (a guest), all that was ever acknowledged lies there.

import { watchForLoss } from "./lost.js";
import { Kept } from "./kept.js";
import { Others } from "./others.js";
import { cleaned, isGone, newId, subjectOf, withField, withoutDays } from "./statements.js";

const LATE_AFTER_MS = 4000;            // then the words change to "Not saved yet"
const SAME_MS = 1000;                  // so many statements a second are made by no hand
const AT_ONCE = 500;                   // statements in one message; the rest follows once these are in
const AT_ONCE_CHARACTERS = 2_000_000;
const TRY_AGAIN_MS = [12_000, 12_000, 15_000, 30_000];       // longer than a server waits for a busy record
const PAUSE_MS = 900;                  // typing rests this long before it is sent
const QUIET_MS = 3000;                 // as long as another page may take to come

export class Outbox {
  constructor(kept = new Kept()) {
    this.store = kept;
    this.listeners = new Set();
    this.carriers = [];                // what can send, the page's own last
    this.session = null;               // the server's session that all of it was sent to
    this.isGuest = false;
    this.problem = null;
    this.lastAt = 0;
    this.tries = 0;
    this.sends = 0;
    this.timer = 0;
    this.savedKinds = new Set();
    this.isLost = false;               // the server does not answer
    this.brought = [];                 // ids of what the server brought and this tab keeps
    this.deletions = [];               // of other tabs, to be followed by a guest's own session
    this.heard = new Set();            // ids of all deletions that this tab knows of
    this.isNewerThanFile = false;      // a guest's record holds something that no file has
    Object.assign(this, kept.read());  // pending, refused, kept, preferences
    this.others = new Others((message) => this.#hear(message));
    // A server that was started anew knows nothing of this page until the whole of it asks.
    watchForLoss(() => { this.isLost = true; this.expect(); this.#tell(); }, { back: () => this.flush(true) });
    this.#watchThePage();
  }

  // --- who shows it and who sends it

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  #tell() {
    for (const listener of this.listeners) listener();
  }

  // A component that can send. It says so with each run; the last one to come is asked first.
  carry(carrier, send) {
    this.mustAskWhole = false;
    const known = this.carriers.find((one) => one.carrier === carrier);
    if (known) known.send = send;
    else this.carriers.push({ carrier, send });
  }

  // What is only there where nothing else is.
  carryIfNobodyElse(carrier, send) {
    const known = this.carriers.find((one) => one.carrier === carrier);
    if (known) known.send = send;
    else this.carriers.unshift({ carrier, send });
  }

  leave(carrier) {
    this.carriers = this.carriers.filter((one) => one.carrier !== carrier);
    this.release();
    if (this.pending.length) this.flush();
  }

  // --- what was entered

  // content: what the statement says, with its kind; was: what was changed by hand, with what stood there
  // before. isTyped: words that are still being typed replace each other until they rest.
  add(content, { was = null, isTyped = false } = {}) {
    const clean = cleaned(content);
    const subject = subjectOf(clean);
    const held = this.held && this.held.subject === subject ? this.pending.at(-1) : null;
    if (held && isTyped) {
      Object.assign(held, clean, was ? { was: { ...was, ...held.was } } : {});
      this.#rest();
      this.store.writePending(this);
      return held;
    }
    this.release();
    // strictly later, so order is in the data; but a clock that was set back is believed
    const since = Date.now() - this.lastAt;
    const now = since <= 0 && since > -SAME_MS ? this.lastAt + 1 : Date.now();
    this.lastAt = now;
    const statement = {
      id: newId(), ...clean,
      at: new Date(now).toISOString(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
      offset_min: -new Date(now).getTimezoneOffset(),
    };
    this.pending.push(this.#without(this.#refusedOf(subject), statement, was));
    this.tries = 0;
    this.isNewerThanFile = true;
    if (isTyped) {
      this.held = { subject };
      this.#rest();
    }
    this.store.writePending(this);
    if (!isTyped) this.#flushSoon();
    return this.pending.at(-1);
  }

  #refusedOf(subject) {
    return this.refused.find(({ statement }) => subjectOf(statement) === subject);
  }

  // Words that were refused stay in their field until they are changed there, and keep nothing else from
  // being saved; changed, they are about what stood there before the refused ones.
  #without(refused, statement, was) {
    if (!refused) return was ? { ...statement, was } : statement;
    const former = refused.statement.was ?? {};
    if (was && refused.field in former && !(refused.field in was)) return { ...withField(statement, refused.field, former[refused.field]), was };
    this.refused = this.refused.filter((one) => one !== refused);
    return was ? { ...statement, was: { ...was, ...former } } : statement;
  }

  #rest() {
    clearTimeout(this.held.timer);
    this.held.timer = setTimeout(() => this.release(), PAUSE_MS);
  }

  // Typed words that rest go out.
  release() {
    if (!this.held) return;
    clearTimeout(this.held.timer);
    this.held = null;
    this.#flushSoon();
  }

  // What is shown over what the server has: what is on its way.
  shown(isWanted) {
    return this.pending.filter(isWanted);
  }

  // What was refused last: {statement, field, sentence}, or null.
  refusalOf(isWanted) {
    return this.refused.findLast(({ statement }) => isWanted(statement)) ?? null;
  }

  // A refused stroke is not on the drawing, so its sentence is all that is left of it.
  dismiss(isWanted) {
    this.refused = this.refused.filter(({ statement }) => !isWanted(statement));
    this.store.writePending(this);
  }

  get isHolding() {
    return Boolean(this.held);
  }

  statusOf(kind) {
    const waiting = this.pending.filter((one) => one.kind === kind);
    if (waiting.length) return this.problem || this.#waited() >= LATE_AFTER_MS ? "late" : "saving";
    return this.savedKinds.has(kind) ? "saved" : "idle";
  }

  get isUnsaved() {
    return this.pending.length > 0 || (this.isGuest && this.isNewerThanFile && !this.store.isOnDevice);
  }

  async keepOnDevice() {
    await this.store.device.begin([...this.kept, ...this.pending], this.preferences);
  }

  async forgetOnDevice() {
    await this.store.device.end();
    this.others.stopKeeping();
  }

  savedAsFile() {
    this.isNewerThanFile = false;
  }

  // --- what the server said in a run

  receive(data) {
    const { session, guest, acked = [], refused = [], problem, bring = [], preferences } = data;
    if (!session) return;              // the record can't be opened: nothing is taken
    this.isLost = false;
    this.isGuest = Boolean(guest);
    this.problem = problem || null;
    const isAnother = this.session !== session;
    this.session = session;
    this.#settle(new Set(acked), refused);
    if (this.isGuest) this.#keep(bring, preferences);
    else if (this.kept.length) { this.kept = []; this.store.writeKept(this); }
    this.isExpecting = false;
    if (this.leads && this.leads.from !== location.pathname + location.search) this.#arrive();
    if (isAnother) this.#begin();
    if (this.pending.length) this.#armRetry();
    else this.#disarm();
    this.#tell();
  }

  #settle(done, refused) {
    const saved = this.pending.filter(({ id }) => done.has(id));
    const reasons = new Map(refused.map(([id, field, sentence]) => [id, { field: field === "what" ? "tried" : field, sentence }]));
    const turned = this.pending.filter(({ id }) => reasons.has(id));
    if (!saved.length && !turned.length) return;
    this.pending = this.pending.filter(({ id }) => !done.has(id) && !reasons.has(id));
    for (const { kind } of saved) this.savedKinds.add(kind);
    if (this.isGuest) this.kept.push(...saved.filter(({ id }) => !this.kept.some((one) => one.id === id)));
    for (const statement of turned) {
      this.refused = this.refused.filter((one) => one !== this.#refusedOf(subjectOf(statement)));
      this.refused.push({ statement, ...reasons.get(statement.id) });
    }
    this.tries = 0;
    this.waitingSince = 0;
    this.store.writePending(this);
    if (this.isGuest) this.store.writeKept(this);
    if (this.pending.length) this.#flushSoon();
  }

  // Another session of the server: until a part of the page has come from there it does not know of it, so
  // the whole page asks. A guest's record lives in one session, so this one is told everything again.
  #begin() {
    this.mustAskWhole = true;
    this.brought = [];
    this.preferencesToTell = this.preferences;
    if (!this.isGuest) return void (this.pending.length && this.#flushSoon());
    this.others.ask();
    this.#offer(this.kept);
    this.store.device.read().then(({ statements, preferences }) => {
      this.preferencesToTell = this.preferences = { ...preferences, ...this.preferences };
      this.#offer(statements);
      this.mustTell = true;
      this.#flushSoon();
    });
  }

  // Sends what the server's session may not have, before what was entered since.
  #offer(statements) {
    const known = new Set(this.pending.map(({ id }) => id));
    this.pending = [...statements.filter(({ id }) => !known.has(id)), ...this.pending];
    if (this.pending.length) this.#flushSoon();
  }

  // What came in on the server is kept here from now on.
  #keep(bring, preferences) {
    const fresh = bring.filter(({ id }) => !this.brought.includes(id));
    for (const { id, replaces, texts } of fresh) {
      const files = texts.map(([file, text]) => ({ id: file, kind: "file", text }));
      this.kept = replaces ? files : [...this.kept, ...files];
      if (replaces) this.store.device.rewrite([...this.kept, ...this.pending]);
      this.others.add(files);
      this.brought.push(id);
      this.isNewerThanFile = true;
    }
    const isSet = JSON.stringify(preferences ?? {}) !== JSON.stringify(this.preferences);
    if (preferences && isSet && !this.preferencesToTell) this.preferences = preferences;
    if (!fresh.length && !isSet) return;
    this.store.writeKept(this);
    if (fresh.length) { this.mustTell = true; this.#flushSoon(); }
  }

  // --- sending

  #waited() {
    return this.waitingSince ? Date.now() - this.waitingSince : 0;
  }

  // One message per tick, however much was entered in it.
  #flushSoon() {
    this.waitingSince ||= Date.now();
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => {
      this.flushing = false;
      this.flush();
    });
  }

  // Something else was sent, and an answer has to come: a server that was started anew knows nothing of a
  // part of the page, and does not answer what comes from one.
  expect() {
    this.isExpecting = true;
    this.#armRetry();
  }

  // Someone goes to another page. A message names the page that it comes from, and sent now it would lead
  // back there; it waits for the other page.
  leadAway(from = location.pathname + location.search) {
    clearTimeout(this.leads?.timer);
    this.leads = { from, timer: setTimeout(() => this.#arrive(), QUIET_MS) };
  }

  get isLeadingAway() {
    return Boolean(this.leads);
  }

  #arrive() {
    clearTimeout(this.leads.timer);
    this.leads = null;
    this.#armRetry();
    if (this.pending.length || this.mustTell) this.#flushSoon();
  }

  // isAgain: it was not answered, so the whole page asks (the first to carry stands outside of its parts).
  flush(isAgain = false) {
    const carrier = this.carriers.at(isAgain || this.mustAskWhole ? 0 : -1);
    if (!carrier || !this.session || this.isLeadingAway) return;
    const [statements, rest] = this.#portion();
    if (!statements.length && !this.mustTell && !isAgain) return;
    this.mustTell = false;
    this.sends += 1;
    const guests = this.isGuest ? { kept: this.brought, rest, preferences: this.preferencesToTell ?? {}, deletions: this.deletions } : {};
    carrier.send({ to: this.session, n: this.sends, statements, heard: [...this.heard], ...guests });
    for (const one of statements) if (!one.isTold) { this.others.add([one]); this.told(one); }
    if (this.isGuest && !rest) this.preferencesToTell = null;
    this.#armRetry();
  }

  told(statement) {
    Object.defineProperty(statement, "isTold", { value: true });       // not part of what is sent
  }

  // As much as one message takes, without what is still being typed; and how much comes after it.
  #portion() {
    const ready = this.held ? this.pending.slice(0, -1) : this.pending;
    const statements = [];
    let characters = 0;
    for (const one of ready.slice(0, AT_ONCE)) {
      characters += one.text?.length ?? 0;
      if (statements.length && characters > AT_ONCE_CHARACTERS) break;
      statements.push(one);
    }
    return [statements, this.pending.length - statements.length];
  }

  #armRetry() {
    if (this.pending.length) this.lateTimer ||= setTimeout(() => { this.lateTimer = 0; this.#tell(); }, LATE_AFTER_MS + 50);
    if (this.timer || !(this.pending.length || this.isExpecting)) return;
    const wait = TRY_AGAIN_MS[Math.min(this.tries, TRY_AGAIN_MS.length - 1)];
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.tries += 1;
      this.flush(true);
      this.#tell();
    }, wait);
  }

  #disarm() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.waitingSince = 0;
  }

  // --- what was deleted, and other tabs

  // Takes what was deleted out of all that the tab keeps, and tells the other tabs.
  // Each deletion once: what is made afterwards stays.
  forget(told, isOwn = true) {
    const deletions = told.filter(({ id }) => !this.heard.has(id));
    if (!deletions.length) return;
    for (const { id } of deletions) this.heard.add(id);
    const left = (statements) => statements.filter((one) => one.kind === "file" || !isGone(one, deletions)).map((one) => withoutDays(one, deletions));
    this.pending = left(this.pending);
    this.kept = left(this.kept);
    this.refused = this.refused.filter(({ statement }) => !isGone(statement, deletions));
    this.store.writePending(this);
    this.store.writeKept(this);
    this.store.device.rewrite([...this.kept, ...this.pending]);
    if (isOwn) this.others.forget(deletions);
    else {
      this.deletions = [...this.deletions, ...deletions];
      this.mustTell = true;            // so that this page shows it
      this.#flushSoon();
    }
    this.#tell();
  }

  #hear({ kind, statements, preferences, deletions }) {
    if (kind === "gone") return void this.forget(deletions, false);
    if (kind === "forgotten") return void this.store.device.close();
    if (!this.isGuest) return;         // there the server keeps what all of them say
    if (kind === "ask") return void (this.kept.length || this.pending.length ? this.others.answer([...this.kept, ...this.pending], this.preferences) : null);
    const known = new Set([...this.kept, ...this.pending].map(({ id }) => id));
    const fresh = statements.filter(({ id }) => !known.has(id));
    for (const one of fresh) this.told(one);
    if (preferences) this.preferencesToTell = this.preferences = { ...preferences, ...this.preferences };
    this.#offer(fresh);
    this.store.writePending(this);
  }

  // --- leaving

  #watchThePage() {
    addEventListener("click", (event) => this.#follow(event), true);
    addEventListener("popstate", () => this.leadAway(""));
    addEventListener("pagehide", () => this.#leaveThePage());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.#leaveThePage(); });
    addEventListener("beforeunload", (event) => {
      this.release();
      if (!this.isUnsaved) return;
      event.preventDefault();
      event.returnValue = "";          // older engines ask only then
    });
  }

  // A link to another page of the app, pressed to be followed here.
  #follow(event) {
    const link = event.composedPath().find((node) => node.localName === "a");
    if (!link?.href || !["", "_self"].includes(link.target) || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { origin, pathname, search } = new URL(link.href);
    if (origin === location.origin && pathname + search !== location.pathname + location.search) this.leadAway();
  }

  // The page may never come back: what waits is sent in the way that outlives it.
  #leaveThePage() {
    this.release();
    if (this.leads) this.#arrive();
    if (!this.pending.length) return;
    this.flush();
    if (this.isGuest || !this.session) return;       // a guest's record is in the session alone
    const statements = this.#portion()[0];
    // As JSON, because Firefox and WebKit do not name the page that plain text comes from.
    navigator.sendBeacon?.(new URL("statements", document.baseURI), new Blob([JSON.stringify({ statements })], { type: "application/json" }));
  }
}

// One for the tab, also where a script was fetched under two addresses.
export const outbox = (globalThis[Symbol.for("bodymap.outbox.2")] ??= new Outbox());
