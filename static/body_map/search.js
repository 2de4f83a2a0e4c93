// Finds areas, points, muscles, complaints and pages by everyday word, Latin name or problem. What is
// misspelt finds what comes near to it, but only where nothing is spelt that way. Pure.

const SILENT = new Set("a an and at can cant do from hurts i in is it my of on or t the to when with".split(" "));

const MOST_SLIPS = 2;

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
      item: target,
      name: entry([target.name]),
      other: entry([target.clinical, ...(target.words ?? []), target.id]),
      around: entry([target.muscle, byId.get(target.area)?.name, groups.get(target.group), target.hint]),
    }));
    const plain = (one) => ({ item: one, name: entry([one.name]), other: entry([...one.words, one.id]), around: entry([one.hint]) });
    this.muscles = catalog.muscles.map(plain);
    this.pages = catalog.pages.map(plain);
    this.complaints = catalog.complaints.map((complaint) => ({
      item: complaint,
      name: entry([complaint.words]),
      other: entry([...(complaint.also ?? []), complaint.id]),
      around: [],
    }));
  }

  // {complaints, areas, points, muscles, pages, total, isNear}, the best first; every word of the
  // query must be found. isNear: nothing is spelt that way, this comes near.
  find(query) {
    const asked = wordsOf(query);
    const meant = asked.filter((word) => !SILENT.has(word));
    const words = meant.length ? meant : asked;
    let found = this.#all(words, beginsWith);
    for (let most = 1; most <= MOST_SLIPS && !found.total; most++) found = { ...this.#all(words, within(most)), isNear: true };
    return found;
  }

  #all(words, matches) {
    const rank = (entries) => entries
      .map((one) => ({ score: words.length ? score(one, words, matches) : 0, item: one.item }))
      .filter(({ score: value }) => value > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ item }) => item);
    const places = rank(this.places);
    const found = {
      complaints: rank(this.complaints),
      areas: places.filter((target) => !target.area),
      points: places.filter((target) => target.area),
      muscles: rank(this.muscles),
      pages: rank(this.pages),
    };
    return { ...found, total: Object.values(found).reduce((sum, list) => sum + list.length, 0), isNear: false };
  }
}

const entry = (texts) => texts.filter(Boolean).flatMap(wordsOf).map((word) => ({ word, stem: stem(word) }));

function beginsWith(asked) {
  const root = stem(asked);
  return ({ word, stem: own }) => word.startsWith(asked) || (root.length > 2 && own.startsWith(root));
}

// So many slips at most, and one in three letters; the word may go on after what was typed.
const within = (slipsAllowed) => (asked) => {
  const most = Math.min(slipsAllowed, Math.floor(asked.length / 3));
  return ({ word }) => slips(asked, word, most) <= most;
};

// How many letters are wrong, missing, added or swapped with their neighbour between what was typed
// and the beginning of a word (optimal string alignment); more than `most` is not counted further.
function slips(asked, word, most) {
  const goal = word.slice(0, asked.length + most);
  let older = [], old = Array.from({ length: goal.length + 1 }, (_, j) => j);
  for (let i = 1; i <= asked.length; i++) {
    const row = [i];
    for (let j = 1; j <= goal.length; j++) {
      const same = asked[i - 1] === goal[j - 1];
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && asked[i - 1] === goal[j - 2] && asked[i - 2] === goal[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, old] = [old, row];
  }
  return Math.min(...old);
}

function score({ name, other, around }, words, matches) {
  let sum = 0;
  for (const asked of words) {
    const matching = matches(asked);
    const found = (list) => list.some(matching);
    if (found(name)) sum += name[0].word.startsWith(asked) ? 5 : 4;
    else if (found(other)) sum += 2;
    else if (found(around)) sum += 1;
    else return 0;
  }
  return sum;
}
