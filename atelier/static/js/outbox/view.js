// Shows what the outbox holds: texts that wait where they will appear, refusals above everything, the state at the top.

import { keeping } from "../live/keep.js";
import { outboxNow, putAway, tryAgain } from "./outbox.js";
import { textOf } from "./queue.js";

const SENTENCES = {
  "post-initiative": (fields) => `${fields.group}/${fields.action}`,
  "add-mission": (fields) => `missions/${fields.side}`,
  "add-action": () => "actions",
};

const HANDED_IN = "Votre texte a été transmis à l’animateur·rice, qui peut encore l’ajouter à la fiche.";

/** Follow the outbox. */
export function mountOutboxView() {
  document.addEventListener("atelier:outbox", () => hasNews() && keeping(show));
  document.addEventListener("atelier:changed", () => hasNews() && show());
}

// Mostly there is nothing to show, and nothing shown: then the page is not even looked at.
function hasNews() {
  const { pending, refused } = outboxNow();
  const shown = document.querySelector("[data-waiting] > *, [data-atelier-refused] > *");
  return Boolean(pending.length || refused.length || shown);
}

function show() {
  const { pending, refused } = outboxNow();
  showWaiting(pending);
  showRefused(refused);
}

function showWaiting(pending) {
  const lists = new Map();
  for (const entry of pending) {
    const place = SENTENCES[entry.command] && SENTENCES[entry.command](entry.fields);
    if (place && !drawnAlready(entry.op)) lists.set(place, [...(lists.get(place) || []), entry]);
  }
  for (const list of document.querySelectorAll("[data-waiting]")) {
    const entries = lists.get(list.dataset.waiting) || [];
    if (entries.length || list.firstChild) list.replaceChildren(...entries.map(waitingItem));
  }
}

function drawnAlready(op) {
  return document.querySelector(`[data-idea="${op}"], [data-mission="${op}"]`);
}

function waitingItem(entry) {
  const item = element("li", "idea idea--waiting");
  item.append(element("p", "idea__text", textOf(entry)), stateOf(entry));
  return item;
}

function stateOf(entry) {
  return entry.state === "saved"
    ? element("span", "own__saved", "Enregistré")
    : element("span", "pill", "En attente d’envoi. Rien à refaire.");
}

function showRefused(entries) {
  const panel = document.querySelector("[data-atelier-refused]");
  panel.hidden = entries.length === 0;
  const known = new Map([...panel.children].map((child) => [child.dataset.is, child]));
  const items = entries.map((entry) => known.get(identity(entry)) || refusedItem(entry));
  // Put in again, an item would lose the focus that is on one of its buttons.
  if (items.length === panel.children.length && items.every((item) => item.isConnected)) return;
  panel.replaceChildren(...items);
}

function identity(entry) {
  return `${entry.op}${entry.handedIn ? "+" : ""}`;
}

function refusedItem(entry) {
  const item = element("div", "refusal notice notice--error");
  item.dataset.is = identity(entry);
  item.append(element("p", "refusal__why", entry.message));
  const text = textOf(entry);
  if (text) item.append(element("p", "refusal__text", text));
  if (entry.handedIn) item.append(element("p", "refusal__kept", HANDED_IN));
  const tools = element("p", "refusal__tools");
  if (text) {
    tools.append(button("Copier mon texte", (self) => copy(text, self)));
    tools.append(button("Envoyer à nouveau", () => tryAgain(entry.op)));
  }
  tools.append(button(text ? "Effacer" : "J’ai compris", () => putAway(entry.op)));
  item.append(tools);
  return item;
}

function copy(text, self) {
  const done = () => {
    self.textContent = "Copié";
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => copyByHand(text) && done());
  else if (copyByHand(text)) done();
}

// There is no clipboard on plain http: a field is filled, selected and copied.
function copyByHand(text) {
  const field = element("textarea", "visually-hidden");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

function button(words, pressed) {
  const made = element("button", "button button--quiet", words);
  made.type = "button";
  made.addEventListener("click", () => pressed(made));
  return made;
}

function element(name, classes, text = "") {
  const made = document.createElement(name);
  made.className = classes;
  made.textContent = text;
  return made;
}
