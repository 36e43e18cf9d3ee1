// Announces to screen readers, once each: five minutes left, one minute, the end of the clock, the close.

import { remainingMs } from "../live/clock.js";
import { passedMark } from "./clock-marks.js";
import { announceOnce } from "../live/live-region.js";

const LOOK_MS = 500;
const WORDS = {
  300000: "Encore 5 minutes.",
  60000: "Encore 1 minute.",
  0: "Temps écoulé. Terminez votre échange\u00a0: rien ne se ferme tout seul.",
};
const CLOSED = "L’atelier est clos\u00a0: plus rien ne peut être modifié. Merci\u202f!";
const REOPENED = "L’atelier est rouvert.";

let left = null;
let open = true;

/** Follow the clock and the close. */
export function mountClockAlerts() {
  open = isOpen();
  document.addEventListener("atelier:changed", followClose);
  setInterval(lookAtClock, LOOK_MS);
}

function isOpen() {
  return document.body.dataset.status === "open";
}

function followClose() {
  if (isOpen() === open) return;
  open = isOpen();
  announceOnce(open ? REOPENED : CLOSED, "phase");
}

function lookAtClock() {
  const running = ["running", "over"].includes(document.body.dataset.clockStatus);
  const now = running && open ? remainingMs() : null;
  const mark = left === null || now === null ? null : passedMark(left, now);
  if (mark !== null) announceOnce(WORDS[mark], "clock");
  left = now;
}
