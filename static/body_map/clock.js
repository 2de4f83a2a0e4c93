// Which day it is for the person: today by this device's clock, in its own zone; and word of each change:
// midnight, a clock that was set, another zone, a tab or a computer that slept.

const LOOK_MS = 60_000;                // nothing tells of a clock that was set
const AFTER_SLEEP = [[document, "visibilitychange"], [window, "pageshow"], [window, "focus"]];
const BY_HAND = ["pointerdown", "click", "keydown", "beforeinput"];

// The date of an instant where this device is: "2026-11-30".
export function localDate(now) {
  const two = (number) => String(number).padStart(2, "0");
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export const today = () => localDate(new Date());

// What the server is told: the date, the name of the zone, and its minutes ahead of UTC.
export function clock(now = new Date()) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return { today: localDate(now), zone, offset_min: -now.getTimezoneOffset() };
}

export const isSame = (one, other) => ["today", "zone", "offset_min"].every((name) => one?.[name] === other?.[name]);

// One watch for all of a page: whoever sees a change first, all are told.
const watching = new Set();
let seen = null;
let timer = 0;

function look() {
  clearTimeout(timer);
  const now = new Date();
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  timer = setTimeout(look, Math.min(LOOK_MS, midnight - now));
  const is = clock(now);
  if (isSame(is, seen)) return;
  seen = is;
  for (const changed of watching) changed();
}

// Calls changed() after each change, and before anything is done within an element on a day that has
// passed; returns what stops watching.
export function watchClock(changed, within = null) {
  seen ??= clock();
  if (!watching.size) {
    for (const [target, event] of AFTER_SLEEP) target.addEventListener(event, look, true);
    look();
  }
  for (const event of within ? BY_HAND : []) within.addEventListener(event, look, true);
  watching.add(changed);
  return () => {
    watching.delete(changed);
    for (const event of within ? BY_HAND : []) within.removeEventListener(event, look, true);
    if (watching.size) return;
    clearTimeout(timer);
    for (const [target, event] of AFTER_SLEEP) target.removeEventListener(event, look, true);
  };
}
