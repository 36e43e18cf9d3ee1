// The three notes of the group, when the desk has named this phone to write them: what is sent stays in its field, what the
// desk corrects comes into it, and a text that was not sent is found again.

import { preserveView } from "../live/preserve-view.js";
import { recall, remember } from "../live/storage.js";
import { phoneData } from "./data.js";

const PHASES = ["articulations", "report-back", "synthesis"];

const told = new Map();

/** Follow who writes the notes of this table, and what they say. Mounted before the outbox takes the forms. */
export function mountNotes(root) {
  const place = root.querySelector("[data-atelier-notes]");
  if (!place) return;
  const fields = [...place.querySelectorAll("[data-atelier-note]")];
  for (const field of fields) begin(field);
  // The outbox puts back what a field began with: from now on that is what was sent.
  place.addEventListener("submit", ({ target }) => keepSent(target.elements.text), true);
  place.addEventListener("atelier:sent", ({ target }) => forgetDraft(target.elements.text));
  place.addEventListener("input", ({ target }) => tellState(target));
  document.addEventListener("atelier:changed", () => preserveView(() => follow(place, fields)));
  follow(place, fields);
}

function begin(field) {
  const draft = recall("sessionStorage", draftKey(field));
  told.set(field, field.defaultValue);
  if (draft && draft !== field.value) field.value = draft;
}

function follow(place, fields) {
  for (const field of fields) hear(field);
  place.hidden = !(isMine() || fields.some(isUnsent));
}

// Another text than before, and nobody is changing it here.
function hear(field) {
  const words = document.querySelector(`[data-noted="${field.id}"]`).textContent;
  if (words !== told.get(field)) {
    if (!isUnsent(field) && field !== document.activeElement) field.value = field.defaultValue = words;
    told.set(field, words);
  }
  tellState(field);
}

function isMine() {
  const { me } = phoneData();
  const { phase, status } = document.body.dataset;
  const named = document.querySelector("[data-rapporteur]").dataset.rapporteur;
  return named === me && status === "open" && PHASES.includes(phase);
}

function isUnsent(field) {
  return field.value.trim() !== field.defaultValue.trim();
}

function keepSent(field) {
  const length = Array.from(field.value.trim()).length;
  if (length && length <= Number(field.dataset.limit)) field.defaultValue = field.value;
}

function forgetDraft(field) {
  remember("sessionStorage", draftKey(field), "");
  tellState(field);
}

function tellState(field) {
  const state = field.form.querySelector("[data-atelier-note-state]");
  const kept = field.value.trim() === told.get(field).trim();
  const words = isUnsent(field) ? "Pas encore envoyé" : kept ? "Enregistré" : "En attente d’envoi";
  state.textContent = field.value.trim() ? words : "";
}

function draftKey(field) {
  return `atelier:draft:${document.body.dataset.code}:${field.dataset.draft}`;
}
