// When the server is gone, Streamlit covers the page with a message for developers, and everything
// under it can't be used. It is closed: the map works on, and says in its own words what is missing.

const MESSAGE = '[data-testid="stDialog"] [data-testid="stErrorCodeBlock"]';

// Calls lost() each time; returns what stops watching.
export function watchForLoss(lost) {
  const watch = new MutationObserver(() => {
    const close = document.querySelector(MESSAGE)?.closest('[role="dialog"]')?.querySelector('button[aria-label="Close"]');
    if (!close) return;
    close.click();
    lost();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  return () => watch.disconnect();
}
