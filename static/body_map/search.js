// Finds areas, points and complaints by everyday word, Latin name or problem. Pure.

const SILENT = new Set("a an and at can cant do from hurts i in is it my of on or t the to when with".split(" "));

// Lower case without accents, cut at everything that is no letter or digit.
export function wordsOf(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "");
  return plain.split(/[^a-z0-9]+/).filter(Boolean);
}

// "sitting" and "sit", "lifting" and "lift" are the same word to a person in pain.
function stem(word) {
  if (word.length < 5) return word.replace(/([^s])s$/, "$1");
  return word.replace(/(ing|ed|es|s)$/, "").replace(/([bdgmnprt])\1$/, "$1");
}

export class SearchIndex {
  constructor(catalog) {
    const groups = new Map(catalog.groups.map((group) => [group.id, group.name]));
    const byId = new Map(catalog.targets.map((target) => [target.id, target]));
    this.places = catalog.targets.map((target) => ({
      target,
      name: entry([target.name]),
      other: entry([target.clinical, ...(target.words ?? []), target.id]),
      around: entry([target.muscle, byId.get(target.area)?.name, groups.get(target.group), target.hint]),
    }));
    this.complaints = catalog.complaints.map((complaint) => ({
      complaint,
      name: entry([complaint.words]),
      other: entry([...(complaint.also ?? []), complaint.id]),
      around: [],
    }));
  }

  // {complaints, areas, points}, the best first; every word of the query must be found.
  find(query) {
    const asked = wordsOf(query);
    const meant = asked.filter((word) => !SILENT.has(word));
    const words = meant.length ? meant : asked;
    if (!words.length) return { complaints: [], areas: [], points: [] };
    const rank = (entries, pick) => entries
      .map((one) => ({ score: score(one, words), item: pick(one) }))
      .filter(({ score: value }) => value > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ item }) => item);
    const places = rank(this.places, (one) => one.target);
    return {
      complaints: rank(this.complaints, (one) => one.complaint),
      areas: places.filter((target) => !target.area),
      points: places.filter((target) => target.area),
    };
  }
}

const entry = (texts) => texts.filter(Boolean).flatMap(wordsOf).map((word) => ({ word, stem: stem(word) }));

function score({ name, other, around }, words) {
  let sum = 0;
  for (const asked of words) {
    const root = stem(asked);
    const found = (list) => list.some(({ word, stem: own }) => word.startsWith(asked) || (root.length > 2 && own.startsWith(root)));
    if (found(name)) sum += name[0].word.startsWith(asked) ? 5 : 4;
    else if (found(other)) sum += 2;
    else if (found(around)) sum += 1;
    else return 0;
  }
  return sum;
}
