// What the map is drawn from: the catalog, the places and the patterns of pain on one figure, and the
// figure's layers as SVG, parsed (never written as text into the page) and imported.

import { file } from "./files.js";

// has: a list that only the right file has
const json = (path, has) => file(path, async (answer) => {
  const read = await answer.json();
  if (!Array.isArray(read?.[has])) throw new Error(`${path} has no ${has}`);
  return read;
});

export const catalog = () => json("map/catalog.json", "slots");

export const places = (body, view) => json(`map/${body}-${view}.json`, "areas");

export const patterns = (body, view) => json(`map/${body}-${view}-patterns.json`, "patterns");

// layer: body | muscles | deep | bones. Resolves to the parsed <svg>; callers import their own copy.
export const drawing = (body, view, layer) =>
  file(`figures/${body}-${view}-${layer}.svg`, async (answer) => {
    const parsed = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
    const root = parsed.documentElement;
    if (root.localName !== "svg" || parsed.querySelector("parsererror")) throw new Error(`The ${layer} drawing of ${body} is no SVG`);
    return root;
  });

// The silhouette's outline in the drawing of a body.
export const outlineIn = (drawn) => drawn.querySelector('[id$="-rim"]').getAttribute("d");

// A figure's silhouette as a path, filled in once its drawing is there. (WebKit leaves a <use> empty for
// ever that lies in a shadow root and is there before what it names.)
export function silhouette({ body, view }, name) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  if (name) path.setAttribute("class", name);
  drawing(body, view, "body")
    .then((drawn) => path.setAttribute("d", outlineIn(drawn)))
    .catch(() => {});                                    // whoever draws the body tells of it
  return path;
}

// The content of a drawing as one group of this document.
export async function layerGroup(body, view, layer) {
  const root = await drawing(body, view, layer);
  const group = document.createElementNS(root.namespaceURI, "g");
  group.setAttribute("class", `layer layer-${layer}`);
  for (const child of root.childNodes) group.append(document.importNode(child, true));
  return group;
}
