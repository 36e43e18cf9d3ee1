// « Annuler » on a card: offered until somebody else changes it; when it came too late, said at the card.

import { outboxNow } from "../outbox/outbox.js";
import { keyOf } from "../outbox/placements.js";
import { lineNow, offeredUndo, withdrawUndo } from "./lines.js";
import { announce } from "../live/live-region.js";

const asked = new Map();

/** Follow the offer. To be mounted before the outbox and the lines: it compares with what they knew before a change. */
export function mountUndo() {
  document.addEventListener("atelier:changed", (event) => heard(event.detail));
  document.addEventListener("atelier:act", (event) => forgetNote(keyOf(event.detail)));
  document.addEventListener("atelier:sent", (event) => sent(event.detail));
  document.addEventListener("atelier:undo-refused", refused);
}

function heard({ bars = [], to }) {
  const key = offeredUndo();
  const bar = bars.find(([group, action]) => `${group}/${action}` === key);
  if (!bar) return;
  const ours = outboxNow().pending.filter((entry) => keyOf(entry) === key);
  // An act of ours that this message does not know comes after all that it tells.
  if (ours.some((entry) => !(entry.seq <= to))) return;
  const [, , fs, cn, state] = bar;
  const line = lineNow(key);
  if (line.state !== state || line.fs !== fs || line.cn !== cn) withdrawUndo();
}

function sent(act) {
  if (act.command !== "undo-last") return forgetNote(keyOf(act));
  const key = offeredUndo();
  const entry = outboxNow()
    .waiting.filter((each) => each.command === "undo-last")
    .pop();
  if (entry && key) asked.set(entry.op, key);
  return undefined;
}

function refused(event) {
  const { entry, told } = event.detail;
  const key = asked.get(entry.op);
  if (!key) return;
  event.preventDefault();
  asked.delete(entry.op);
  const name = `«\u00a0${cardOf(key).querySelector(".card__label").textContent.trim()}\u00a0»`;
  const why = told.code === "changed-since" ? "quelqu’un a changé cette carte depuis" : "il est trop tard";
  note(key, `Rien n’est annulé sur ${name}\u00a0: ${why}.`);
}

function note(key, words) {
  const place = document.querySelector(`[data-undo-note="${key}"]`);
  place.textContent = words;
  place.hidden = false;
  announce(words);
}

function forgetNote(key) {
  const place = key && document.querySelector(`[data-undo-note="${key}"]`);
  if (place) place.hidden = true;
}

function cardOf(key) {
  return key ? document.querySelector(`.card[data-line="${key}"]`) : null;
}
