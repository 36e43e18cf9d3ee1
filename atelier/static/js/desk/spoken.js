// What the desk says to who facilitates without seeing it: each command’s result, the moment, the clock, a digest of arrivals.

import { announce, announceOnce, digest, told } from "../live/live-region.js";
import { wordsOf } from "../live/title.js";

const NOUNS = [
  ["people", "personne de plus", "personnes de plus"],
  ["initiative", "initiative de plus", "initiatives de plus"],
  ["mission", "mission de plus", "missions de plus"],
  ["action", "autre action", "autres actions"],
  ["cards", "carte déplacée", "cartes déplacées"],
];
const TICKING = { running: "Le minuteur tourne.", paused: "Minuteur en pause.", stopped: "Minuteur arrêté." };

const pressed = new WeakMap();
const seen = new Set();
const places = new Map();
let people = 0;
let before = {};

/** Say what is done below `root`, and what comes. */
export function mountSpoken(root) {
  root.addEventListener("submit", ({ target, submitter }) => pressed.set(target, nameOf(submitter)), true);
  root.addEventListener("atelier:acknowledged", ({ target }) => {
    const name = pressed.get(target);
    if (name) announce(`Fait\u00a0: ${name}.`, "done");
  });
  people = peopleHere();
  noteTexts();
  before = { ...root.dataset };
  document.addEventListener("atelier:changed", ({ detail }) => heard(root, detail));
}

function nameOf(button) {
  return (button?.getAttribute("aria-label") || button?.textContent || "").replace(/\s+/g, " ").trim();
}

function heard(root, { bars = [] }) {
  const { phase, ticking, status } = root.dataset;
  if (phase !== before.phase)
    announceOnce(
      `Phase\u00a0: ${wordsOf(`[data-atelier-phase="${phase}"] .phase__title`).split(" (")[0]}.`,
      "phase",
    );
  else if (ticking !== before.ticking) announceOnce(TICKING[ticking], "clock");
  if (status !== before.status)
    announceOnce(status === "open" ? "Atelier ouvert." : "Atelier clos.", "status");
  before = { ...root.dataset };
  const now = peopleHere();
  if (now > people) count("people", now - people);
  people = now;
  noteTexts((kind) => count(kind, 1));
  for (const bar of bars) moved(bar);
}

function peopleHere() {
  return parseInt(wordsOf("#desk-presence .presence__all").replace(/\D/g, ""), 10) || 0;
}

function noteTexts(found = () => undefined) {
  for (const { id, dataset } of document.querySelectorAll(
    "[data-atelier-feed] li[data-item], [data-arrived] > li",
  )) {
    if (!seen.has(id)) found(dataset.kind);
    seen.add(id);
  }
}

function moved([group, action, fs, cn, state]) {
  const key = `${group}/${action}`;
  const place = `${fs} ${cn} ${state}`;
  const known = places.get(key) ?? "null null unplaced";
  places.set(key, place);
  if (known !== place) count("cards", 1);
}

function count(noun, n) {
  digest(noun, n, (found) => {
    const words = told(NOUNS, found);
    return words && `Dans la salle\u00a0: ${words}.`;
  });
}
