// The initiatives as their reader sees them: one's own can be edited, one's hearts are full, what waits shows.

import { setChildren, setText } from "../live/set-text.js";
import { outboxNow } from "../outbox/outbox.js";
import { phoneData, refreshPersonal } from "./data.js";
import { openEditor, openMove } from "./editor.js";
import { showOwnButtons, labelFor } from "./button-labels.js";

const HEARTS = { "support-initiative": true, "unsupport-initiative": false };

/** A second tap within this time (ms) is the end of a double tap, not a change of mind. */
const DOUBLE_MS = 600;

let lastHeart = { id: "", at: 0 };
const supported = new Set();
const own = new Set();
/** One's own beyond what the lists of this page show. */
const unseen = new Set();
const looks = new WeakMap();

/** Follow the group's initiatives. */
export function mountInitiatives(root) {
  takeData();
  root.addEventListener("click", pressed);
  document.addEventListener("atelier:changed", decorateAll);
  document.addEventListener("atelier:outbox", decorateAll);
  document.addEventListener("atelier:saved", (event) => saved(event.detail));
  document.addEventListener("atelier:drawn", (event) => drawn(event.detail));
  document.addEventListener("atelier:personal", () => {
    takeData();
    decorateAll();
  });
}

function takeData() {
  own.clear();
  supported.clear();
  for (const id of phoneData().initiatives) own.add(id);
  for (const id of phoneData().supported) supported.add(id);
  unseen.clear();
  if (!document.querySelector("[data-atelier-older]")) return;
  for (const id of own) if (!document.getElementById(`initiative-${id}`)) unseen.add(id);
}

function pressed(event) {
  const heart = event.target.closest("[data-atelier-heart]");
  if (heart) event.preventDefault();
  if (heart && !isDoubleTap(heart.dataset.atelierHeart, event)) {
    const command =
      heart.getAttribute("aria-pressed") === "true" ? "unsupport-initiative" : "support-initiative";
    const fields = { group: phoneData().group, initiative: heart.dataset.atelierHeart };
    document.dispatchEvent(new CustomEvent("atelier:act", { detail: { command, fields } }));
  }
  const edit = event.target.closest("[data-initiative] [data-edit]");
  if (edit) editInitiative(edit.closest("[data-initiative]"));
  const move = event.target.closest("[data-initiative] [data-move]");
  if (move) moveInitiative(move.closest("[data-initiative]"));
}

// By its name: between two taps the heart itself may be drawn anew.
function isDoubleTap(id, { detail, timeStamp }) {
  const again = detail > 0 && id === lastHeart.id && timeStamp - lastHeart.at < DOUBLE_MS;
  if (!again) lastHeart = { id, at: timeStamp };
  return again;
}

function editInitiative(item) {
  const fields = { group: phoneData().group, initiative: item.dataset.initiative };
  const text = item.querySelector("[data-initiative-text]").textContent;
  openEditor(item.closest("ul"), "edit-initiative", fields, text, phoneData().limits.initiative);
}

function moveInitiative(item) {
  const fields = { group: phoneData().group, initiative: item.dataset.initiative };
  openMove(item.closest("ul"), fields, item.closest("[data-line]").dataset.line.split("/")[1]);
}

function saved(entry) {
  if (entry.command === "post-initiative") own.add(entry.op);
  if (entry.command === "withdraw-initiative") own.delete(entry.fields.initiative);
  if (entry.command === "add-mission") phoneData().missions.push(entry.op);
  if (entry.command === "undo-last" || entry.command === "add-action") refreshPersonal();
}

function drawn(entry) {
  if (entry.command === "support-initiative") supported.add(entry.fields.initiative);
  if (entry.command === "unsupport-initiative") supported.delete(entry.fields.initiative);
}

function decorateAll(event) {
  const acts = new Map();
  for (const entry of outboxNow().pending) {
    const id = entry.fields.initiative;
    if (id) acts.set(id, [...(acts.get(id) || []), entry]);
  }
  for (const item of document.querySelectorAll("[data-initiative]"))
    decorate(item, acts.get(item.dataset.initiative) || []);
  const { html } = event?.detail || {};
  if (html && missing(html)) refreshPersonal();
}

// What there is to show of one: the same look again leaves it alone.
function lookOf(id, acts) {
  const last = (name) => acts.filter((entry) => entry.command === name).pop();
  const counted = supported.has(id);
  return {
    text: last("edit-initiative")?.fields.text,
    leaving: Boolean(last("withdraw-initiative")),
    counted,
    hearted: acts.reduce((heart, entry) => HEARTS[entry.command] ?? heart, counted),
    open: document.body.dataset.status === "open" || document.body.dataset.role !== "participant",
    mine: own.has(id),
    waiting: acts.some((entry) => entry.state === "waiting" && !/support/.test(entry.command)),
  };
}

function decorate(item, acts) {
  const look = lookOf(item.dataset.initiative, acts);
  const name = JSON.stringify(look);
  if (looks.get(item) === name) return;
  looks.set(item, name);
  const text = item.querySelector("[data-initiative-text]");
  if (text.dataset.said === undefined) text.dataset.said = text.textContent;
  setText(text, look.text ?? text.dataset.said);
  item.toggleAttribute("data-leaving", look.leaving);
  paintHeart(item.querySelector("[data-atelier-heart]"), text.textContent, look);
  paintOwn(item, text.textContent, look);
}

function paintHeart(heart, words, { counted, hearted, open }) {
  const number = heart.querySelector("[data-hearts]");
  if (number.dataset.said === undefined) number.dataset.said = number.textContent;
  const count = Number(number.dataset.said) + Number(hearted) - Number(counted);
  setText(number, `${count}`);
  heart.setAttribute("aria-pressed", String(hearted));
  heart.setAttribute("aria-label", `${labelFor("Soutenir", words)}, ${count} soutien${count > 1 ? "s" : ""}`);
  heart.disabled = !open;
}

function paintOwn(item, words, { mine, waiting }) {
  const place = item.querySelector("[data-own]");
  if (!mine) return setChildren(place, []);
  showOwnButtons(place, "initiative", item.dataset.initiative, words);
  const state = place.querySelector(".own__saved, .pill");
  state.className = waiting ? "pill" : "own__saved";
  state.textContent = waiting ? "En attente d’envoi" : "Enregistré";
}

// One's own text is neither among the group's nor among the hidden ones: the facilitation did something to it.
function missing(html) {
  for (const id of unseen) {
    const name = `initiative-${id}`;
    if (document.getElementById(name) || html.includes(`"${name}" hx-swap-oob="delete"`)) unseen.delete(id);
  }
  const ids = (name) =>
    new Set(
      Array.from(document.querySelectorAll(`[data-${name}]`), (item) => item.getAttribute(`data-${name}`)),
    );
  const [initiatives, missions, hidden] = ["initiative", "mission", "hidden"].map(ids);
  const { group, lines, missions: mine } = phoneData();
  const here = new Set([...initiatives, ...missions]);
  for (const id of lines) {
    if (document.getElementById(`label-${group}-${id}`)?.dataset.filled === "yes") here.add(id);
  }
  const gone = new Set(outboxNow().pending.map((entry) => entry.op));
  const shown = [...own].filter((id) => !unseen.has(id));
  const lost = [...shown, ...mine, ...lines].some((id) => !here.has(id) && !hidden.has(id) && !gone.has(id));
  return lost || [...hidden].some((id) => here.has(id));
}
