// Lets the browser ask before a page is left that holds texts which this phone cannot keep.

import { isKept, outboxNow } from "../outbox/outbox.js";

/** Follow the attempts to leave. */
export function mountLeaveWarning() {
  window.addEventListener("beforeunload", (event) => {
    if (document.body.hidden || !isLosing()) return;
    event.preventDefault();
    event.returnValue = "";
  });
}

function isLosing() {
  const unsent = outboxNow().waiting.some(({ op }) => !isKept(op));
  return unsent || Boolean(document.querySelector("[data-unkept]"));
}
