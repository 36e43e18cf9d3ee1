// Offers to send a pasted list line by line, below the field that holds it.

import { setChildren, setText } from "../live/set-text.js";
import { sendList } from "../outbox/forms.js";
import { announce } from "../live/live-region.js";
import { listOf } from "./text-lists.js";

const VERBS = { "post-initiative": ["Proposer", "initiatives"], "add-mission": ["Ajouter", "missions"] };

/** Follow what `field` holds: the offer comes, changes and goes with it. */
export function offerList(field) {
  const verb = VERBS[field.form?.dataset.act];
  if (!verb) return;
  const { items, rest } = listOf(field.value, Number(field.dataset.limit));
  const before = field.form.querySelector(".listed");
  if (!items.length) return before?.remove();
  const [does, what] = verb;
  show(before || made(field), items, `${does} ${items.length} ${what}`, rest);
  if (!before) announce(`C’est une liste\u00a0: vous pouvez ${does.toLowerCase()} ${items.length} ${what}.`);
}

function made(field) {
  const { content } = document.querySelector('[data-template="list"]');
  const offer = document.importNode(content, true).firstElementChild;
  field.closest(".compose__fields").append(offer);
  offer.querySelector("button").addEventListener("click", () => {
    const { items, rest } = listOf(field.value, Number(field.dataset.limit));
    field.focus({ preventScroll: true });
    sendList(field.form, field, items, rest);
  });
  return offer;
}

function show(offer, items, words, rest) {
  const lines = items.map((item) => {
    const line = document.createElement("li");
    line.textContent = item;
    return line;
  });
  setChildren(offer.querySelector("ol"), lines);
  setText(offer.querySelector("button"), words);
  offer.querySelector("[data-rest]").hidden = !rest;
}
