// Takes an erased workshop off the screen and out of this browser's storage.

import { keysIn, remember } from "./storage.js";

/** Hide the page and reload it: the new one says that the workshop was erased. */
export function leaveErased() {
  document.body.hidden = true;
  location.reload();
}

/** Remove what storage keeps of the workshop `code`: outbox, acknowledged acts, drafts. */
export function clearStorageOf(code) {
  const of = (key) => key.startsWith("atelier:") && key.includes(`:${code}:`);
  for (const kind of ["localStorage", "sessionStorage"]) {
    for (const key of keysIn(kind).filter(of)) remember(kind, key, "");
  }
}
