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

// The person's own date that a statement is about.
export function dayOf({ day, at, offset_min }) {
  return day ?? new Date(Date.parse(at) + offset_min * 60000).toISOString().slice(0, 10);
}

// Calls changed() after each change, and before anything is done within an element on a day that has
// passed; returns what stops watching.
export function watchClock(changed, within = null) {
  let seen = clock();
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    const now = new Date();
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    timer = setTimeout(look, Math.min(LOOK_MS, midnight - now));
    const is = clock(now);
    if (isSame(is, seen)) return;
    seen = is;
    changed();
  };
  const heard = [...AFTER_SLEEP, ...(within ? BY_HAND.map((event) => [within, event]) : [])];
  for (const [target, event] of heard) target.addEventListener(event, look, true);
  look();
  return () => {
    clearTimeout(timer);
    for (const [target, event] of heard) target.removeEventListener(event, look, true);
  };
}
