// Takes in whoever comes from the laptop's former address, with their seat and their unsent acts.

import { remember } from "../live/storage.js";
import { parseCarryOver } from "../outbox/carry-over.js";

/** Keep what the link carries, take it out of the address bar, and ask for the seat. */
export function mountRejoin() {
  const form = document.querySelector("[data-atelier-return]");
  const carried = parseCarryOver(location.hash);
  if (!form || !carried) return;
  history.replaceState(null, "", location.pathname);
  // Without storage only the seat comes along.
  remember("localStorage", `atelier:${form.dataset.atelierReturn}:moved`, JSON.stringify(carried));
  form.elements.retour.value = carried.back;
  form.submit();
}
