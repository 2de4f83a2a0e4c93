// Something asked of the server until it answers. A message can get lost with a server that dies, so
// it is sent again, and after some seconds the person is told.

const LATE_AFTER_MS = 6000;
// Longer than the server may work on it: a page that is asked again begins anew.
const TRY_AGAIN_MS = [15000, 30000, 60000];
const BYTES_PER_MS = 50;               // of a slow line: what is large is given that much more time

export class Request {
  // late(): it takes longer than it should
  constructor(late) {
    this.late = late;
    this.isLate = false;
  }

  // send(): sends it as component state; bytes: how large that is
  ask(send, bytes = 0) {
    this.end();
    const more = bytes / BYTES_PER_MS;
    const again = (tries) => {
      send();
      this.retry = setTimeout(() => again(tries + 1), more + TRY_AGAIN_MS[Math.min(tries, TRY_AGAIN_MS.length - 1)]);
    };
    this.patience = setTimeout(() => {
      this.isLate = true;
      this.late();
    }, more + LATE_AFTER_MS);
    again(0);
  }

  // It was answered, or is not wanted any more.
  end() {
    clearTimeout(this.patience);
    clearTimeout(this.retry);
    this.isLate = false;
  }
}
