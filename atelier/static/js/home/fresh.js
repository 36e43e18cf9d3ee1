// Pages in words that follow the room: parts that changed are put in place, the focus and what is read stay.

import { askAgain } from "../live/asking-again.js";

const EVERY_MS = 10000;

/** Ask for the page again while it is looked at, and swap its `[data-atelier-fresh]` that differ. */
export function mountFresh() {
  const note = document.querySelector("[data-fresh-note]");
  if (!note) return;
  note.hidden = false;
  for (const each of document.querySelectorAll("[data-fresh-instead]")) each.hidden = true;
  askAgain(EVERY_MS, EVERY_MS, () => note.dataset.freshFrom, swap);
}

function swap(fresh) {
  const stale = Array.from(document.querySelectorAll("[data-atelier-fresh]")).filter((part) => {
    const other = fresh.getElementById(part.id);
    return other && other.innerHTML !== part.innerHTML;
  });
  if (!stale.length) return;
  const place = placeNow();
  const top = topOf(place);
  for (const part of stale) part.innerHTML = fresh.getElementById(part.id).innerHTML;
  if (topOf(place) !== null) window.scrollBy(0, topOf(place) - top);
}

// What has the focus, else what is in the middle of the screen, by the id of what it is in: a row, a part of the page.
function placeNow() {
  const active = document.activeElement;
  const middle = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
  const place = active && active !== document.body ? active : middle;
  return place?.closest("[id]")?.id;
}

function topOf(id) {
  return document.getElementById(id)?.getBoundingClientRect().top ?? null;
}
