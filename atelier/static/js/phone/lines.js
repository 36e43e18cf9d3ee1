// The cards as this phone believes them to be: what the server said, then what waits. Bars, steps, handles, words.

import { barsOf, paintBar, readBar } from "../live/bars.js";
import { forgetPreview, isPreviewed } from "../live/previews.js";
import { setText } from "../live/set-text.js";
import { outboxNow } from "../outbox/outbox.js";
import { believed, keyOf } from "../outbox/placements.js";
import { phoneData } from "./data.js";
import { armWords, askedOf, lineWords } from "./reach.js";

const said = new Map();
/** What each card shows, to leave alone those that stay as they are. */
const shown = new Map();
let lastLine = "";

/** Learn the lines from the page and keep them up to date. */
export function mountLines() {
  for (const placing of document.querySelectorAll("[data-placing]")) {
    const key = placing.dataset.placing;
    said.set(key, readBar(document.querySelector(`[data-handles="${key}"] [data-bar]`)));
  }
  const { group, lastLine: before } = phoneData();
  lastLine = before ? `${group}/${before}` : "";
  document.addEventListener("atelier:changed", (event) => heard(event.detail));
  document.addEventListener("atelier:outbox", paintAll);
  document.addEventListener("atelier:act", (event) => noteLast(event.detail));
  document.addEventListener("atelier:sent", (event) => noteLast(event.detail));
}

/** Return the line `key` with everything this phone did to it; `pending`: the outbox, when it was looked at already. */
export function lineNow(key, pending = outboxNow().pending) {
  return believed(said.get(key) || blank(), pending, key);
}

/** Return the card whose last move can be undone, "" when there is none. */
export function offeredUndo() {
  return lastLine;
}

/** Withdraw the offer to undo. */
export function withdrawUndo() {
  lastLine = "";
  paintAll();
}

/** Tell whether this phone knows better than others where `key` is: a finger is on it, or an act is on its way. */
export function isOurs(key) {
  const held = document.querySelector(`[data-handles="${key}"] [data-held]`);
  return Boolean(held) || outboxNow().pending.some((entry) => keyOf(entry) === key);
}

/** Let the handles follow a bar that somebody else pulls, then come back; a focused one stays where its reader left it. */
export function followPull(key, pulled) {
  shown.delete(key);
  const placing = document.querySelector(`[data-placing="${key}"]`);
  if (!pulled) return paintCard(key, lineNow(key), isOurs(key));
  for (const handle of placing.querySelectorAll(".handle"))
    if (handle !== document.activeElement) handle.value = pulled[handle.dataset.arm] ?? 0;
  return undefined;
}

/** Show `line` on the bar, the steps and the words of the card `key`, handles excepted. */
export function paintLine(key, line) {
  shown.delete(key);
  const { scale, poles } = phoneData();
  if (!isPreviewed(key)) for (const bar of barsOf(key)) paintBar(bar, line);
  for (const words of document.querySelectorAll(`[data-words="${key}"]`))
    setText(words, lineWords(line, scale, poles));
  const placing = document.querySelector(`[data-placing="${key}"]`);
  if (!placing) return;
  placing.dataset.state = line.state;
  for (const input of placing.querySelectorAll(".step__input")) paintStep(input, line);
}

function heard(message) {
  for (const [group, action, fs, cn, state, , unsure = ""] of message.bars || []) {
    const key = `${group}/${action}`;
    if (said.has(key)) said.set(key, { fs, cn, state, unsure });
    shown.delete(key);
  }
  paintAll();
}

function paintAll() {
  const { pending, waiting } = outboxNow();
  const sending = new Set(waiting.map(keyOf));
  for (const entry of pending) {
    forgetPreview(keyOf(entry));
    // What was drawn anew shows the server's line, which is not what this phone believes.
    shown.delete(keyOf(entry));
  }
  for (const [key, line] of said) paintCard(key, believed(line, pending, key), sending.has(key));
}

function paintCard(key, line, sending) {
  const look = JSON.stringify([line, sending, key === lastLine, isPreviewed(key)]);
  if (shown.get(key) === look) return;
  const placing = document.querySelector(`[data-placing="${key}"]`);
  const held = placing.querySelector("[data-held]");
  if (!held) {
    paintLine(key, line);
    if (!isPreviewed(key)) paintHandles(placing, line);
    shown.set(key, look);
  }
  placing.querySelector("[data-sending-of]").hidden = !sending;
  askForOther(placing, askedOf(line));
  placing.querySelector("[data-undo]").hidden = key !== lastLine;
  placing.querySelector("[data-aside]").hidden = line.state === "aside";
  placing.querySelector("[data-unplace]").hidden = line.state === "unplaced";
}

// The second trade is asked for as long as only one has answered, with who at the table could say.
function askForOther(placing, arm) {
  const hint = placing.querySelector("[data-hint]");
  hint.hidden = !arm;
  if (!arm) return;
  const { whom } = placing.querySelector(`.steps[data-arm="${arm}"]`).dataset;
  const who = document.querySelector("[data-seated]")?.dataset[`seated${arm}`] || "";
  setText(hint, `Et ${whom}\u202f? ${whom === "vous" ? "" : who}`.trim());
}

function paintStep(input, line) {
  const reach = line[input.name] ?? -100;
  input.checked = reach === Number(input.value);
  input.toggleAttribute("data-near", !input.checked && Math.abs(reach - Number(input.value)) < 13);
}

function paintHandles(placing, line) {
  for (const handle of placing.querySelectorAll(".handle")) paintHandle(handle, line);
}

function paintHandle(handle, line) {
  const { arm } = handle.dataset;
  const reach = line[arm] ?? 0;
  if (handle.value !== String(reach)) handle.value = reach;
  const word = line.state === "placed" ? armWords(line, arm, phoneData().scale) : lineWords(line, []);
  handle.setAttribute("aria-valuetext", word);
}

// « Annuler » is offered on the card that was moved last, as long as nothing else was done since.
function noteLast(act) {
  lastLine = keyOf(act);
  paintAll();
}

function blank() {
  return { fs: null, cn: null, state: "unplaced" };
}
