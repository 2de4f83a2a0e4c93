// Every name the map speaks or writes about a target, a side or a mark.

const SIDES = { left: "left", right: "right", midline: "middle" };
export const VIEWS = { back: "Back", front: "Front" };
export const LEVEL_WORDS = { 0: "no pain", 5: "medium", 10: "worst I can imagine" };

export const sideWord = (side) => SIDES[side] ?? "";

// One midline place needs no side in its name; everything else always says whose left it is.
export function placeName(target, side) {
  const only = target.sides.length === 1 && target.sides[0] === "midline";
  return !side || only ? target.name : `${target.name}, ${sideWord(side)}`;
}

// "2026-11-27" -> "Friday 27 November"
export const dateName = (day) => new Date(`${day}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });

// A day in plain words, seen from today, both as "2026-11-30": "Friday" within a week, else "3 May 2026".
export function dayName(day, today) {
  const at = (one) => Date.parse(`${one}T12:00Z`);
  const days = (at(today) - at(day)) / 86_400_000;
  const form = days >= 0 && days < 7 ? { weekday: "long" } : { day: "numeric", month: "long", year: "numeric" };
  return new Date(at(day)).toLocaleDateString("en-GB", { ...form, timeZone: "UTC" });
}

export function markWords(mark, earlier) {
  if (!mark) return "";
  const when = earlier ? ` on ${earlier}` : "";
  const { touched, byItself } = mark;
  if (touched != null && byItself != null) {
    return `marked ${touched} of 10 when touched, ${byItself} by itself${when}`;
  }
  if (touched != null) return `marked ${touched} of 10 when touched${when}`;
  if (byItself != null) return `marked ${byItself} of 10 by itself${when}`;
  return "";
}

// "6 when touched, 3 by itself"; the day as a whole has one number, which needs no more words
export function levelWords({ touched, byItself }, overall) {
  if (overall) return String(byItself);
  return [[touched, "when touched"], [byItself, "by itself"]].filter(([level]) => level != null).map((pair) => pair.join(" ")).join(", ");
}

const KIND_WORDS = {
  tender: "tender point, historical",
  control: "control point, historical",
};

// "Rhomboid, upper, left, marked 6 of 10 when touched, 3 by itself"
export function spokenName(target, side, mark, earlier) {
  const parts = [placeName(target, side)];
  if (KIND_WORDS[target.kind]) parts.push(KIND_WORDS[target.kind]);
  const words = markWords(mark, earlier);
  if (words) parts.push(words);
  return parts.join(", ");
}

// An area whose left, middle and right are one target on the whole body names each marked side.
export function spokenAreaName(target, marksBySide, earlier) {
  const parts = [target.name];
  for (const side of target.sides) {
    const words = markWords(marksBySide[side], earlier);
    if (words) parts.push(target.sides.length > 1 ? `${sideWord(side)} ${words}` : words);
  }
  return parts.join(", ");
}

export const wholeView = (view) => (view === "front" ? "Whole front" : "Whole back");

export function padQuestion(target) {
  if (target.kind === "overall") return "How much does it hurt today, all in all?";
  return target.kind === "area"
    ? "How much does this area hurt?"
    : "How much does this point hurt?";
}
