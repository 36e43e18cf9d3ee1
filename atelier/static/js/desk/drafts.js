// Keeps what is typed on the desk: in this browser at once, on the server a second after the last key. It is found again
// after a reload, a crash, on a second desk; the room sees nothing of it.

import { fetchJson } from "../live/fetch-json.js";
import { newOp } from "../live/operation-id.js";
import { recall, remember } from "../live/storage.js";
import { lengthWords } from "../live/text-length.js";
import { isAsSent } from "./unsent-text.js";

const REST_MS = 1000;
const LATEST_MS = 3000;
const AGAIN_MS = 3000;
const ANSWER_MS = 15000;
const FIELD = "textarea[name], input[type=text][name], input[type=date][name]";

const me = newOp();
const known = new Map();
const dirty = new Map();
let root = null;
let told = false;

/** Keep the fields below `page`. */
export function mountDrafts(page) {
  root = page;
  root.addEventListener("input", (event) => event.target.matches(FIELD) && typed(event.target));
  root.addEventListener("atelier:filled", (event) => fieldsOf(event.target).forEach(show));
  root.addEventListener("atelier:acknowledged", (event) => forget(event.target), true);
  document.addEventListener("atelier:drafted", (event) => heard(event.detail));
  document.addEventListener("atelier:connection", (event) => event.detail.state === "live" && restore());
  window.addEventListener("pagehide", () =>
    dirty.forEach((entry, field) => {
      if (entry.timer) beacon(field);
    }),
  );
  restore();
}

function keyOf(field) {
  const { draft, draftOf } = field.form?.dataset || {};
  const base = field.dataset.draft || draftOf || draft || field.form?.dataset.act;
  return base && field.form.dataset.act ? `${base}/${field.name}` : "";
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.matches(FIELD) && keyOf(field));
}

function storageKey(key) {
  return `atelier:brouillon:${root.dataset.code}:${key}`;
}

function typed(field) {
  const key = keyOf(field);
  if (!key) return;
  remember("localStorage", storageKey(key), JSON.stringify({ text: field.value, sent: false }));
  const entry = dirty.get(field) || { since: Date.now() };
  clearTimeout(entry.timer);
  const wait = Math.max(0, Math.min(REST_MS, entry.since + LATEST_MS - Date.now()));
  entry.timer = setTimeout(() => send(field, key), wait);
  dirty.set(field, entry);
  say(
    field,
    recall("localStorage", storageKey(key)) ? "Gardé dans ce navigateur…" : "Pas encore enregistré…",
  );
}

async function send(field, key) {
  const text = field.value;
  const entry = dirty.get(field);
  if (entry) entry.timer = 0;
  try {
    const { ok, body } = await fetchJson(ANSWER_MS, address(), { method: "POST", body: bodyOf(key, text) });
    if (ok && body?.kept) return kept(field, key, text);
    say(field, body?.message || "Gardé dans ce navigateur.");
    if (body?.message) return undefined;
  } catch {
    say(field, "Gardé dans ce navigateur\u00a0; l’ordinateur qui anime ne répond pas.");
  }
  if (dirty.has(field)) dirty.get(field).timer = setTimeout(() => send(field, key), AGAIN_MS);
  return undefined;
}

function kept(field, key, text) {
  known.set(key, text);
  if (keyOf(field) !== key || field.value !== text) return;
  dirty.delete(field);
  if (text) remember("localStorage", storageKey(key), JSON.stringify({ text, sent: true }));
  say(field, "Enregistré", true);
}

function address() {
  return `/animer/${root.dataset.code}/brouillons`;
}

function bodyOf(key, text) {
  return new URLSearchParams({ field: key, desk: me, text });
}

function beacon(field) {
  navigator.sendBeacon?.(address(), bodyOf(keyOf(field), field.value));
}

// What was sent is no draft any more; what was written since, while the answer was on its way, is.
function forget(form) {
  for (const field of fieldsOf(form)) {
    const key = keyOf(field);
    if (!isAsSent(field)) continue;
    const entry = dirty.get(field);
    if (entry) clearTimeout(entry.timer);
    dirty.delete(field);
    const was = entry || known.get(key) || recall("localStorage", storageKey(key));
    remember("localStorage", storageKey(key), "");
    known.delete(key);
    if (was)
      fetchJson(ANSWER_MS, address(), { method: "POST", body: bodyOf(key, "") }).catch(() => undefined);
    say(field, field.matches("[data-atelier-note]") && field.value ? "Enregistré" : "", true);
  }
}

async function restore() {
  try {
    const { ok, body } = await fetchJson(ANSWER_MS, address(), {});
    if (ok && body) {
      known.clear();
      for (const [key, draft] of Object.entries(body)) known.set(key, draft.text);
      told = true;
    }
  } catch {
    // Then what this browser keeps is all there is, until the server is back.
  }
  for (const form of root.querySelectorAll("form[data-act]")) fieldsOf(form).forEach(show);
}

// This browser's own words first, while the server does not have them.
function show(field) {
  if (dirty.has(field)) return;
  const key = keyOf(field);
  const own = JSON.parse(recall("localStorage", storageKey(key)) || "null");
  const text = own && !(own.sent && told) ? own.text : known.get(key);
  if (text === undefined && own) remember("localStorage", storageKey(key), "");
  if (text === undefined || text === field.value || document.activeElement === field) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Another desk types: its words come in where nothing was typed here, and are told where something was.
function heard({ field: key, desk, text }) {
  if (desk === me) return;
  const before = known.get(key) || "";
  if (text) known.set(key, text);
  else known.delete(key);
  for (const field of root.querySelectorAll(FIELD)) {
    if (!field.form || keyOf(field) !== key) continue;
    const free = !dirty.has(field) && document.activeElement !== field;
    if (free && (text || field.value === before)) {
      field.value = text || field.defaultValue;
      count(field);
    }
    tellOther(field, text, free);
  }
}

function tellOther(field, text, taken) {
  const place = placeOf(field);
  if (!place) return;
  place.querySelector(".typed__other")?.remove();
  if (!text || field.value === text) {
    if (taken && text) say(field, "Un autre poste écrit ici.");
    else if (taken) say(field, "");
    return;
  }
  const other = document.createElement("span");
  other.className = "typed__other";
  other.textContent = `Un autre poste écrit ici\u00a0: «\u00a0${text}\u00a0»`;
  place.append(other);
}

function placeOf(field) {
  return field.id ? root.querySelector(`[data-typed="${field.id}"]`) : null;
}

function say(field, words, done = false) {
  const place = placeOf(field);
  if (!place) return;
  const state = part(place, "typed__state");
  state.textContent = words;
  state.classList.toggle("typed__kept", done);
  count(field);
}

function count(field) {
  const place = placeOf(field);
  if (!place || !field.dataset.limit) return;
  const over = lengthWords(field);
  part(place, "typed__over").textContent = over;
  field.setAttribute("aria-invalid", over ? "true" : "false");
}

function part(place, name) {
  const found = place.querySelector(`.${name}`);
  if (found) return found;
  const made = document.createElement("span");
  made.className = name;
  place.append(made);
  return made;
}
