// Rotates the initiatives in the footer, page by page of each.

import { pagesOf, showPage, turnOf } from "./turning.js";

/** Turn the items of every `[data-atelier-rotate]` whenever pages turn. */
export function mountRotation() {
  document.addEventListener("atelier:turned", () => {
    for (const list of document.querySelectorAll("[data-atelier-rotate]")) rotate(Array.from(list.children));
  });
}

function rotate(items) {
  const turns = items.flatMap((item, at) => {
    const counts = Array.from(item.querySelectorAll("[data-atelier-turn]"), pagesOf);
    return Array.from({ length: Math.max(1, ...counts) }, (_, page) => [at, page]);
  });
  const [shown, page] = turns[turnOf(turns.length)];
  for (const [at, item] of items.entries()) item.toggleAttribute("data-shown", at === shown);
  for (const block of items[shown].querySelectorAll("[data-atelier-turn]"))
    showPage(block, page % pagesOf(block));
}
