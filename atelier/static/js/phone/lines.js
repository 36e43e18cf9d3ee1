// The cards as this phone believes them to be: what the server said, then what waits. Bars, steps, handles, words.

import { outboxNow } from "../outbox/outbox.js";
import { phoneData } from "./data.js";
import { believed, completed, keyOf, lineWords, reachName } from "./reach.js";

const GESTURES = ["place-action", "unplace-action", "set-action-aside"];

const said = new Map();
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

/** The line `key` with everything this phone did to it. */
export function lineNow(key) {
  return believed(said.get(key) || blank(), outboxNow().pending, key);
}

/** The fields of an act about to be sent for the first time; `before`: acts that were saved but not drawn yet. */
export function completeAct(entry, before) {
  const key = keyOf(entry);
  return key ? completed(entry, believed(said.get(key) || blank(), before, key)) : entry.fields;
}

/** Show `line` on the bar, the steps and the words of the card `key`, handles excepted. */
export function paintLine(key, line) {
  const { scale } = phoneData();
  for (const bar of document.querySelectorAll(`[data-bar="${key}"]`)) paintBar(bar, line);
  for (const words of document.querySelectorAll(`[data-words="${key}"]`))
    words.textContent = lineWords(line, scale);
  const placing = document.querySelector(`[data-placing="${key}"]`);
  if (!placing) return;
  placing.dataset.state = line.state;
  for (const input of placing.querySelectorAll(".step__input")) paintStep(input, line);
}

function heard(message) {
  for (const [group, action, fs, cn, state] of message.bars || []) {
    if (said.has(`${group}/${action}`)) said.set(`${group}/${action}`, { fs, cn, state });
  }
  paintAll();
}

function paintAll() {
  const { pending, waiting } = outboxNow();
  const sending = new Set(waiting.map(keyOf));
  for (const [key, line] of said) paintCard(key, believed(line, pending, key), sending.has(key));
}

function paintCard(key, line, sending) {
  const placing = document.querySelector(`[data-placing="${key}"]`);
  if (!placing.querySelector("[data-held]")) {
    paintLine(key, line);
    for (const handle of placing.querySelectorAll(".handle")) paintHandle(handle, line);
  }
  placing.querySelector("[data-sending-of]").hidden = !sending;
  const hint = placing.querySelector("[data-hint]");
  if (line.state !== "placed" || line[hint.dataset.hint]) hint.hidden = true;
  placing.querySelector("[data-undo]").hidden = key !== lastLine;
  placing.querySelector("[data-aside]").hidden = line.state === "aside";
  placing.querySelector("[data-unplace]").hidden = line.state === "unplaced";
}

function paintBar(bar, line) {
  bar.className = bar.className
    .replace(/\b(fs|cn)-\d+\b/g, "")
    .replace(/\s+/g, " ")
    .trim();
  bar.classList.add(`fs-${line.fs}`, `cn-${line.cn}`);
  bar.dataset.state = line.state;
}

function paintStep(input, line) {
  const reach = line.state === "placed" ? line[input.name] : -100;
  input.checked = reach === Number(input.value);
  input.toggleAttribute("data-near", !input.checked && Math.abs(reach - Number(input.value)) < 13);
}

function paintHandle(handle, line) {
  const reach = line[handle.dataset.arm];
  if (handle.value !== String(reach)) handle.value = reach;
  const word = reachName(reach, phoneData().scale);
  handle.setAttribute("aria-valuetext", line.state === "placed" ? word : lineWords(line, []));
}

// « Annuler » is offered on the card that was moved last, as long as nothing else was done since.
function noteLast({ command, fields }) {
  lastLine = GESTURES.includes(command) ? `${fields.group}/${fields.action}` : "";
  paintAll();
}

function readBar(bar) {
  const reach = (arm) => Number((bar.className.match(new RegExp(`\\b${arm}-(\\d+)\\b`)) || [0, 0])[1]);
  return { fs: reach("fs"), cn: reach("cn"), state: bar.dataset.state };
}

function blank() {
  return { fs: 0, cn: 0, state: "unplaced" };
}
