// « il y a 2 min » stays true: ages count from when the page got them, by a clock that nobody can set.

import { setText } from "../live/set-text.js";

const EVERY_MS = 20000;
const born = new WeakMap();

/** Keep the ages on the page true; return what reads them for the first time. */
export function mountRelativeTimes() {
  document.addEventListener("atelier:changed", showAges);
  setInterval(showAges, EVERY_MS);
  return showAges;
}

/** Return « il y a 2 min » of `ms` milliseconds, as `age` in fragments/phone/sheet.html. */
export function relativeTime(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 1) return "à l’instant";
  return minutes < 60 ? `il y a ${minutes} min` : `il y a ${Math.floor(minutes / 60)} h`;
}

function showAges() {
  for (const element of document.querySelectorAll("[data-atelier-age]")) {
    if (!born.has(element)) born.set(element, performance.now() - Number(element.dataset.atelierAge));
    setText(element, relativeTime(performance.now() - born.get(element)));
  }
}
