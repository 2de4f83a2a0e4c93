
// What is registered with Streamlit for each component: it fetches the component's script with all that
// it imports, and says so when that can't be had. VERSION, SCRIPT, NEEDS and WHAT stand before this.

let attempt = 0;                       // a failed script may be remembered as failed, so each try has an address of its own
let script = null;                     // the one request for all mounts of the page

function address(name) {
  return new URL(`assets/${VERSION}${attempt ? `.${attempt}` : ""}/${name}`, document.baseURI).href;
}

function fetched() {
  script ??= asked();
  return script;
}

// All scripts at once, instead of level by level as their imports are read.
function asked() {
  for (const name of NEEDS) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = address(name);
    document.head.append(link);
  }
  return import(address(SCRIPT));
}

export default async function render(component) {
  const root = component.parentElement;
  try {
    const loaded = await fetched();
    root.querySelector(".bm-not-loaded")?.remove();
    return loaded.render(component);
  } catch (error) {
    console.error(error);
    script = null;
    attempt += 1;
    root.replaceChildren(notLoaded(() => render(component)));
  }
}

function notLoaded(again) {
  const sentence = document.createElement("p");
  sentence.textContent = `The ${WHAT} did not load. What you entered is safe.`;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.onclick = again;
  const box = document.createElement("div");
  box.className = "bm-not-loaded";
  box.setAttribute("role", "alert");
  box.append(sentence, button);
  return box;
}
