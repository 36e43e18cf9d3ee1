// What others at the table did, counted for who does not see it: initiatives, cards, missions; and who presents.

import { barsOf, readBar } from "../live/bars.js";
import { announce, announceOnce, digest, told } from "../live/live-region.js";
import { wordsOf } from "../live/title.js";
import { recall, remember } from "../live/storage.js";
import { outboxNow } from "../outbox/outbox.js";
import { keyOf } from "../outbox/placements.js";

const MUTE = "atelier:mute";
const NOUNS = [
  ["initiatives", "initiative de plus", "initiatives de plus"],
  ["cards", "carte déplacée", "cartes déplacées"],
  ["missions", "mission de plus", "missions de plus"],
];

const known = new Map();
let missions = 0;
let presenting = "";

/** Follow what is drawn; return what learns where it begins. To be mounted before the outbox: it compares with what that
 * still holds. */
export function mountDigest() {
  document.addEventListener("atelier:changed", (event) => heard(event.detail));
  document.addEventListener("atelier:saved", ({ detail: { command, fields } }) => {
    if (command === "say-ready" && `${fields.on}` === "1")
      announce("C’est noté\u00a0: votre groupe a terminé.", "ready");
  });
  const box = document.querySelector("[data-atelier-mute]");
  if (!box) return learn;
  box.checked = recall("localStorage", MUTE) === "on";
  box.addEventListener("change", () => remember("localStorage", MUTE, box.checked ? "on" : ""));
  return learn;
}

function learn() {
  for (const { dataset } of document.querySelectorAll(".card [data-initiatives]")) {
    const [bar] = barsOf(dataset.initiatives);
    const place = bar ? placeOf(readBar(bar)) : "";
    known.set(dataset.initiatives, { initiatives: Number(dataset.count), place });
  }
  missions = missionsHere();
  ({ presenting } = document.body.dataset);
}

function heard({ bars = [], to }) {
  const ours = outboxNow().pending.filter(({ seq }) => seq === undefined || seq <= to);
  for (const bar of bars) moved(bar, ours);
  const now = missionsHere();
  const added = now - missions - ours.filter(({ command }) => command === "add-mission").length;
  missions = now;
  if (added > 0) count("missions", added);
  followSpeaker();
}

function moved([group, action, fs, cn, state, initiatives], ours) {
  const key = `${group}/${action}`;
  const before = known.get(key);
  if (!before) return;
  const place = placeOf({ fs, cn, state });
  known.set(key, { initiatives, place });
  const here = ours.filter((entry) => keyOf(entry) === key || entry.fields.action === action);
  const own = here.filter(({ command }) => command === "post-initiative").length;
  if (initiatives - before.initiatives > own) count("initiatives", initiatives - before.initiatives - own);
  // Both may come in one message.
  if (place !== before.place && !here.length) count("cards", 1);
}

function placeOf({ fs, cn, state }) {
  return `${fs} ${cn} ${state}`;
}

function count(noun, n) {
  digest(noun, n, (found) => `À votre table\u00a0: ${told(NOUNS, found)}.`);
}

function missionsHere() {
  return document.querySelectorAll("[data-mission]").length;
}

function followSpeaker() {
  if (document.body.dataset.presenting === presenting) return;
  ({ presenting } = document.body.dataset);
  const words = wordsOf(".presented__title > span");
  if (words) announceOnce(`${words}.`, "phase");
}
