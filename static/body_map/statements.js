// What a statement is: its words without what no record takes, what it is about, of which day. Pure.

const LINE_ENDS = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/g;
const HALVES = /[\ud800-\udfff]/gu;   // of a character; whole pairs don't match
const IN_LINES = ["note", "journal"];  // everything else is one line
const DETAILS = { qualities: [], own_word: "", course: null, depth: null, certainty: null, note: "" };

// A copy whose words hold nothing that the server would not take; ids and numbers stay as they are.
export function cleaned(value, name = "") {
  if (typeof value === "string") {
    const lines = value.replace(LINE_ENDS, "\n").replace(/\t/g, " ").replace(HALVES, "");
    return (IN_LINES.includes(name) ? lines : lines.replace(/\n/g, " ")).replace(CONTROL, "");
  }
  if (Array.isArray(value)) return value.map((one) => cleaned(one, name));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one, key)]));
  return value;
}

// Of two marks {touched, byItself, details}: the fields that differ or were pressed, with their former value.
export function changed(before, after, pressed = []) {
  const flat = (mark) => ({ touched: mark?.touched ?? null, by_itself: mark?.byItself ?? null, ...DETAILS, ...mark?.details });
  const [old, now] = [flat(before), flat(after)];
  const names = Object.keys(now).filter((name) => name in old && (pressed.includes(name) || JSON.stringify(old[name]) !== JSON.stringify(now[name])));
  return Object.fromEntries(names.map((name) => [name, old[name]]));
}

// A copy of what a statement says with another value of one field of words.
export function withField(content, field, value) {
  if (content.answers) return { ...content, answers: { ...content.answers, [field]: value } };
  return { ...content, details: { ...DETAILS, ...content.details, [field]: value } };
}

// The refused words of a mark or of answers in the place of those that are kept.
export function withRefused(said, refused) {
  const { field, statement } = refused ?? {};
  const words = statement?.answers?.[field] ?? statement?.details?.[field];
  return said && words !== undefined ? { ...said, [field]: words } : said;
}

export function subjectOf({ kind, target, side, again, stroke_id, day }) {
  return [kind, day ?? "", target ?? stroke_id ?? "", side ?? "", Boolean(again)].join("|");
}

// The person's own date that a statement is about; "" of a whole file.
export function dayOf({ day, at, offset_min }) {
  if (!at) return "";
  const made = dateAt(Date.parse(at), offset_min);
  return day && day < made ? day : made;
}

function dateAt(instant, offset_min) {
  return new Date(instant + offset_min * 60000).toISOString().slice(0, 10);
}

// deletions: [{first, last, place}], dates (inclusive) and [target, side] of one mark, or null for all.
export function isGone(statement, deletions) {
  const day = dayOf(statement);
  return deletions.some(({ first, last, place }) => first <= day && day <= last && isOf(statement, place));
}

function isOf({ target, side }, place) {
  return !place || (target === place[0] && side === place[1]);
}

// A kept record file without what was deleted.
export function withoutDays(statement, deletions) {
  if (statement.kind !== "file") return statement;
  const record = JSON.parse(statement.text);
  const check_ins = record.check_ins.map((one) => ({
    ...one,
    statements: one.statements.filter((each) => !deletions.some(({ first, last, place }) => first <= one.local_date && one.local_date <= last && isOf(each, place))),
  })).filter(({ statements }) => statements.length);
  return { ...statement, text: JSON.stringify({ ...record, check_ins }) };
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
