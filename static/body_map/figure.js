// Fetches what the map is drawn from, each file once: the catalog, the places and the patterns of
// pain on one figure, and the figure's layers as SVG, parsed (never written as text into the page) and imported.

const STATIC = new URL("../", import.meta.url);

const kept = new Map();

// A failed request is forgotten, so that "Try again" asks again.
function once(path, read) {
  if (!kept.has(path)) {
    const asked = fetch(new URL(path, STATIC))
      .then((answer) => {
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
        return read(answer);
      });
    asked.catch(() => kept.delete(path));
    kept.set(path, asked);
  }
  return kept.get(path);
}

export const catalog = () => once("map/catalog.json", (answer) => answer.json());

export const places = (body, view) => once(`map/${body}-${view}.json`, (answer) => answer.json());

export const patterns = (body, view) => once(`map/${body}-${view}-patterns.json`, (answer) => answer.json());

// layer: body | muscles | deep | bones. Resolves to the parsed <svg>; callers import their own copy.
export const drawing = (body, view, layer) =>
  once(`figures/${body}-${view}-${layer}.svg`, async (answer) => {
    const parsed = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
    const root = parsed.documentElement;
    if (root.localName !== "svg") throw new Error(`The ${layer} drawing of ${body} is no SVG`);
    return root;
  });

// The content of a drawing as one group of this document.
export async function layerGroup(body, view, layer) {
  const root = await drawing(body, view, layer);
  const group = document.createElementNS(root.namespaceURI, "g");
  group.setAttribute("class", `layer layer-${layer}`);
  for (const child of root.childNodes) group.append(document.importNode(child, true));
  return group;
}
