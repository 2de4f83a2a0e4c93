// How a page is left: by a link, by the way back, for another tab, or for good.

export function watchForLeaving(outbox) {
  addEventListener("click", (event) => { if (leadsOn(event)) outbox.leadAway(); }, true);
  addEventListener("popstate", () => outbox.leadAway(""));
  addEventListener("pagehide", () => outbox.sendLastWords());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") outbox.sendLastWords(); });
  addEventListener("beforeunload", (event) => {
    outbox.release();
    if (!outbox.isUnsaved) return;
    event.preventDefault();
    event.returnValue = "";            // older engines ask only then
  });
}

// Sends statements in the way that outlives the page. As JSON, because Firefox and WebKit do not name the page
// that plain text comes from.
export function sendToTheEnd(statements) {
  navigator.sendBeacon?.(new URL("statements", document.baseURI), new Blob([JSON.stringify({ statements })], { type: "application/json" }));
}

// The link that was pressed to be followed here, within the app; null.
export function pressedLink(event) {
  const link = event.composedPath().find((node) => node.localName === "a");
  const isElsewhere = !link?.href || !["", "_self"].includes(link.target) || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey;
  return isElsewhere || link.origin !== location.origin ? null : link;
}

function leadsOn(event) {
  const link = pressedLink(event);
  return link && link.pathname + link.search !== location.pathname + location.search;
}
