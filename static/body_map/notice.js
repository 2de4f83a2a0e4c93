// What is said in the place of something that is not there: one sentence and one button. It needs no style
// sheet and no theme, for those may be what did not come: text and edges take the colour around them.

// Whoever has something to ask for again asks when this is told to the document: one press tries all that is
// missing on the page.
export const TRY_AGAIN = "bodymap:try-again";

export const tryAgain = () => document.dispatchEvent(new Event(TRY_AGAIN));

// urgent: read out at once
export function notice(sentence, button, does, urgent) {
  const said = document.createElement("p");
  said.textContent = sentence;
  said.style.cssText = "margin:0;flex:1 1 14em";
  const press = document.createElement("button");
  press.type = "button";
  press.textContent = button;
  press.onclick = does;
  press.style.cssText = "flex:none;min-height:44px;padding:0 16px;font:inherit;font-weight:600;color:inherit;background:transparent;border:1.5px solid;border-radius:12px;cursor:pointer";
  const box = document.createElement("div");
  box.className = "bm-notice";
  box.setAttribute("role", urgent ? "alert" : "status");
  box.style.cssText = "display:flex;flex-wrap:wrap;align-items:center;gap:10px 16px;padding:14px 16px;font-size:17px;line-height:1.45;text-align:left;border:1.5px solid;border-radius:12px";
  box.append(said, press);
  return box;
}
