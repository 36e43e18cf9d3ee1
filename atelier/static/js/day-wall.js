// The wall of a day: asks now and then what it shows, turns the pages of what does not fit, keeps the screen on.

import { askAgain } from "./live/asking-again.js";
import { mountIdlePointer } from "./wall/idle-pointer.js";
import { mountLargeText } from "./wall/large-text.js";
import { mountTurning } from "./wall/turning.js";
import { mountWakeLock } from "./wall/wake-lock.js";

const EVERY_MS = 4000;
const ANSWER_MS = 15000;

mountLargeText();
mountTurning();
mountWakeLock(document.body);
mountIdlePointer(document.body);
askAgain(EVERY_MS, ANSWER_MS, address, take);

function address() {
  const asked = new URL(location.href);
  asked.searchParams.set("marque", shown().dataset.mark);
  return asked.href;
}

function take(page) {
  const found = page.getElementById("day-wall");
  // Whoever no longer owns the day sees why.
  if (!found) location.reload();
  else shown().replaceWith(document.importNode(found, true));
  document.dispatchEvent(new CustomEvent("atelier:changed", { detail: { html: true } }));
}

function shown() {
  return document.getElementById("day-wall");
}
