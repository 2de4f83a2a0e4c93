// Streamlit lets a card of the page ("The muscle: …") slide open and shut for half a second. What slides can't be
// pressed: the press goes down on one thing and up on another. native.css gives an open card its height at once;
// this closes one at once.

const CARD = '[data-testid="stExpander"] details';

export function closeCardsAtOnce() {
  const pressed = ({ target }) => {
    const card = target.closest?.("summary") && target.closest(CARD);
    for (const slide of card?.getAnimations() ?? []) slide.finish();
  };
  document.addEventListener("click", pressed);       // after Streamlit, which listens further in
  return () => document.removeEventListener("click", pressed);
}
