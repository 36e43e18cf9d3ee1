// Shows what the outbox holds: texts that wait where they will appear, refusals (refusals.js) above everything, the state
// at the top.

import { setChildren } from "../live/set-text.js";
import { preserveView } from "../live/preserve-view.js";
import { isKept, outboxNow } from "./outbox.js";
import { textOf } from "./queue.js";
import { element, showRefusals } from "./refusals.js";
import { waitingWords } from "./keeping.js";

const SENTENCES = {
  "post-initiative": (fields) => `${fields.group}/${fields.action}`,
  "add-mission": (fields) => `missions/${fields.side}`,
  "add-action": () => "actions",
};

/** Follow the outbox. */
export function mountOutboxView() {
  document.addEventListener("atelier:outbox", () => hasNews() && preserveView(show));
  document.addEventListener("atelier:changed", () => hasNews() && show());
}

// Mostly there is nothing to show, and nothing shown: then the page is not even looked at.
function hasNews() {
  const { pending, refused, handedIn } = outboxNow();
  const shown = document.querySelector("[data-waiting] > *, [data-atelier-refused] > *");
  return Boolean(pending.length || refused.length || handedIn.length || shown);
}

function show() {
  const { pending, refused, handedIn } = outboxNow();
  showWaiting(pending);
  showRefusals([...refused, ...handedIn]);
}

function showWaiting(pending) {
  const lists = new Map();
  for (const entry of pending) {
    const place = SENTENCES[entry.command] && SENTENCES[entry.command](entry.fields);
    if (place && !drawnAlready(entry.op)) lists.set(place, [...(lists.get(place) || []), entry]);
  }
  for (const list of document.querySelectorAll("[data-waiting]")) {
    const entries = lists.get(list.dataset.waiting) || [];
    if (entries.length || list.firstChild) setChildren(list, entries.map(waitingItem));
  }
}

function drawnAlready(op) {
  return document.querySelector(`[data-initiative="${op}"], [data-mission="${op}"]`);
}

function waitingItem(entry) {
  const item = element("li", "initiative initiative--waiting");
  item.append(element("p", "initiative__text", textOf(entry)), stateOf(entry));
  return item;
}

function stateOf(entry) {
  if (entry.state === "saved") return element("span", "own__saved", "Enregistré");
  return element("span", "pill", waitingWords(isKept(entry.op)));
}
