// A fragment that is drawn anew comes folded, without the focus, and perhaps longer than it was. What somebody had
// opened opens again, the focus goes on (keep-focus.js), and what they were looking at stays where it was.

import { giveFocusBack } from "./keep-focus.js";
import { pressTargets, restAfterChange } from "./press-guard.js";

const CONTROLS = "button, a[href], summary";
const FIELDS = "textarea, input, select";

let changing = false;

/** Run `change`, which replaces parts of the page, then restore open folds, focus and scroll position. */
export function preserveView(change) {
  // A part of a larger change: what is still to come of it may bring the place of the focus back.
  if (changing) return change();
  changing = true;
  try {
    restoredAfter(change);
  } finally {
    changing = false;
  }
}

function restoredAfter(change) {
  const hands = pressTargets();
  const folds = openFolds();
  const place = placeNow();
  change();
  reopen(folds);
  giveFocusBack();
  putBack(place);
  restAfterChange(hands);
}

function openFolds() {
  return Array.from(document.querySelectorAll("details[data-keep][open]"), (fold) => fold.dataset.keep);
}

function reopen(folds) {
  for (const name of folds) {
    const fold = document.querySelector(`details[data-keep="${name}"]`);
    if (fold && !fold.open) fold.open = true;
  }
}

// The arm that is held, the field or button in use, else whatever is in the middle of the screen. Nobody scrolls a wall.
function placeNow() {
  const { audience, tab } = document.body.dataset;
  const moment = momentNow();
  if (audience === "wall") return null;
  const used = document.querySelector("[data-held]") || document.activeElement;
  const middle = () => document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
  const anchor = used?.matches(`[data-held], ${FIELDS}, ${CONTROLS}`) && inSight(used) ? used : middle();
  return anchor && { anchor, tab, moment, top: anchor.getBoundingClientRect().top };
}

function putBack(place) {
  if (!place || place.tab !== document.body.dataset.tab) return;
  // Another subject starts at its top, unless somebody is at something here.
  if (place.moment !== momentNow() && !place.anchor.matches(`[data-held], ${FIELDS}`)) return;
  const anchor = place.anchor.isConnected ? place.anchor : document.activeElement;
  if (anchor === document.body || !anchor?.getClientRects().length) return;
  const by = anchor.getBoundingClientRect().top - place.top;
  if (by) scrollerOf(anchor).scrollBy(0, by);
}

/** Return what the room is at: the phase, who presents, whether it is over. */
export function momentNow() {
  const { phase, presenting, status } = document.body.dataset;
  return [phase, presenting, status].join("|");
}

function inSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

function scrollerOf(element) {
  let each = element.parentElement;
  while (each && each !== document.body && !/auto|scroll/.test(getComputedStyle(each).overflowY))
    each = each.parentElement;
  return each && each !== document.body ? each : window;
}
