// A workshop that was erased stays nowhere: not on this screen, not in what this browser kept of it.

import { keysIn, remember } from "./storage.js";

/** Show nothing of the workshop any more; the page loaded anew says why. */
export function leaveErased() {
  document.body.hidden = true;
  location.reload();
}

/** Empty what was kept of the workshop `code`: the outbox, what was acknowledged, half-written texts. */
export function clearStorageOf(code) {
  const of = (key) => key.startsWith("atelier:") && key.includes(`:${code}:`);
  for (const kind of ["localStorage", "sessionStorage"]) {
    for (const key of keysIn(kind).filter(of)) remember(kind, key, "");
  }
}
