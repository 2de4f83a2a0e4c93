// The other tabs that are open at the same time. They are told what a guest enters, so that each has the
// whole record, and what anybody deletes, so that none brings it back.

const NAME = "bodymap";

export class Others {
  constructor(hear) {
    // missing in old browsers: then each tab knows its own
    this.channel = globalThis.BroadcastChannel ? new BroadcastChannel(NAME) : null;
    if (this.channel) this.channel.onmessage = ({ data }) => hear(data);
  }

  ask() {
    this.#say({ kind: "ask" });
  }

  answer(statements, preferences) {
    this.#say({ kind: "add", statements, preferences });
  }

  add(statements) {
    this.#say({ kind: "add", statements });
  }

  forget(deletions) {
    this.#say({ kind: "gone", deletions });
  }

  stopKeeping() {
    this.#say({ kind: "forgotten" });
  }

  #say(message) {
    this.channel?.postMessage(JSON.parse(JSON.stringify(message)));
  }
}
