// What a guest asked to keep on this device: in the browser's own database, beyond the tab, until it is
// forgotten. Nothing is written before that request.

const DATABASE = "bodymap";
const STATEMENTS = "statements";       // {id, n, statement}: n is the order in which they were kept
const SETTINGS = "settings";
const FLAG = "bodymap.on-this-device";

export class Device {
  constructor() {
    this.written = new Set();
    this.queue = Promise.resolve();    // one thing after the other
    this.failed = false;
  }

  get isOn() {
    try {
      return localStorage.getItem(FLAG) === "1";
    } catch {
      return false;
    }
  }

  // Begins to keep what there is; refused where the browser lets no page keep anything.
  async begin(statements, preferences) {
    await this.#transaction("readwrite", ({ statements: store }) => store.clear());
    this.written.clear();
    localStorage.setItem(FLAG, "1");
    this.write({ kept: statements, preferences });
    await this.queue;
    if (this.failed) throw new Error("The browser did not keep it.");
  }

  // Leaves nothing behind.
  async end() {
    localStorage.removeItem(FLAG);
    await this.queue;
    await this.close();
    await done(indexedDB.deleteDatabase(DATABASE));
  }

  // It was forgotten in another tab.
  async close() {
    this.written.clear();
    (await this.open)?.close();
    this.open = null;
  }

  // Keeps those that are not kept yet.
  write({ kept = [], pending = [], preferences = null }) {
    if (!this.isOn) return;
    const fresh = [...kept, ...pending].filter(({ id }) => !this.written.has(id));
    if (!fresh.length && !preferences) return;
    for (const { id } of fresh) this.written.add(id);
    this.#soon(({ statements, settings }) => {
      fresh.forEach((statement, i) => statements.put({ id: statement.id, n: Date.now() * 1000 + i, statement }));
      if (preferences) settings.put(preferences, "preferences");
    });
  }

  // Keeps these instead of all that is kept, as after deleting.
  rewrite(statements) {
    if (!this.isOn) return;
    this.written = new Set(statements.map(({ id }) => id));
    this.#soon(({ statements: store }) => {
      store.clear();
      statements.forEach((statement, i) => store.put({ id: statement.id, n: Date.now() * 1000 + i, statement }));
    });
  }

  // {statements, preferences}, nothing where nothing is kept or the browser does not give it.
  async read() {
    if (!this.isOn) return { statements: [], preferences: {} };
    await this.queue;
    try {
      let rows = [], preferences = {};
      await this.#transaction("readonly", ({ statements, settings }) => {
        statements.getAll().onsuccess = ({ target }) => { rows = target.result; };
        settings.get("preferences").onsuccess = ({ target }) => { preferences = target.result ?? {}; };
      });
      for (const { id } of rows) this.written.add(id);
      return { statements: rows.sort((a, b) => a.n - b.n).map(({ statement }) => statement), preferences };
    } catch {
      this.failed = true;
      return { statements: [], preferences: {} };
    }
  }

  #soon(work) {
    this.queue = this.queue.then(() => this.#transaction("readwrite", work)).then(() => { this.failed = false; }, () => { this.failed = true; });
  }

  async #transaction(mode, work) {
    this.open ??= opened();
    this.open.catch(() => { this.open = null; });
    const database = await this.open;
    const transaction = database.transaction([STATEMENTS, SETTINGS], mode);
    work({ statements: transaction.objectStore(STATEMENTS), settings: transaction.objectStore(SETTINGS) });
    await new Promise((fulfil, reject) => {
      transaction.oncomplete = fulfil;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }
}

async function opened() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STATEMENTS, { keyPath: "id" });
    request.result.createObjectStore(SETTINGS);
  };
  const database = await done(request);
  database.onversionchange = () => database.close();       // another tab forgets it all
  return database;
}

function done(request) {
  return new Promise((fulfil, reject) => {
    request.onsuccess = () => fulfil(request.result);
    request.onerror = () => reject(request.error);
  });
}
