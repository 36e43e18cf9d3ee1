// A new phase starts at the top: its own part of the desk, and every list that scrolls inside itself.

import { showPart } from "./tabs.js";

const LISTS = "[data-atelier-top], [data-atelier-feed]";

/** Bring everything below `root` to its top when the room enters another phase. */
export function mountNewPhase(root) {
  let { phase } = document.body.dataset;
  document.addEventListener("atelier:changed", () => {
    if (document.body.dataset.phase === phase) return;
    phase = document.body.dataset.phase;
    showPart(root, "deroule");
    for (const list of root.querySelectorAll(LISTS)) list.scrollTop = 0;
  });
}
