// Small builders for the map's elements. Text only ever goes in through textContent.

const SVG = "http://www.w3.org/2000/svg";

// A property is set on the element (textContent, onclick, hidden …) unless the name can only be
// an attribute (aria-…, data-…, role, for) – then it is written as one.
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value == null) continue;
    if (name === "class") node.className = value;
    else if (name === "role" || name.includes("-")) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

// A person's own words beside words of ours: without the signs that would turn ours around
// (bodymap/ui/own_words.py takes out the same ones).
export const ownWords = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

// Writing only what changed keeps screen readers quiet and the browser's layout valid.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (value == null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

// Makes these the children of an element. Those that are there already are not touched, or a press on one
// would be lost between going down and up, and so would its focus.
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => {
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null);
  });
}

const ICONS = {
  right: ["M9 5l7 7-7 7"],
  down: ["M5 9l7 7 7-7"],
  up: ["M5 15l7-7 7 7"],
  left: ["M15 5l-7 7 7 7"],
  plus: ["M12 5v14M5 12h14"],
  minus: ["M5 12h14"],
  search: ["M17.5 11a6.5 6.5 0 11-13 0 6.5 6.5 0 0113 0z", "M16 16l4.5 4.5"],
  close: ["M6 6l12 12M18 6L6 18"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  undo: ["M4 9h10a6 6 0 010 12h-3M4 9l4-4M4 9l4 4"],
  redo: ["M20 9H10a6 6 0 000 12h3M20 9l-4-4M20 9l-4 4"],
  layers: ["M12 4l8 4.5-8 4.5-8-4.5zM4 13l8 4.5 8-4.5"],
  alarm: ["M12 3.5l9 16H3zM12 10v4.5M12 17.2v.3"],
  body: ["M14.5 5a2.5 2.5 0 11-5 0 2.5 2.5 0 015 0z", "M7 9.5h10M9.5 9.5V20M14.5 9.5V20M9.5 15h5"],
  large: ["M4 5h16v11H4z", "M9 20h6M12 16v4"],
  clock: ["M20.5 12a8.5 8.5 0 11-17 0 8.5 8.5 0 0117 0z", "M12 7v5.5l3.5 2"],
};

export function icon(name, size = 20, width = 2) {
  const paths = ICONS[name].map((d) => svg("path", { d }));
  return svg("svg", {
    class: "ic", width: size, height: size, viewBox: "0 0 24 24", fill: "none",
    stroke: "currentColor", "stroke-width": width, "stroke-linecap": "round",
    "stroke-linejoin": "round", "aria-hidden": "true",
  }, ...paths);
}
