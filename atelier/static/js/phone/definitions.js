// What an action means, a tap away on its card. Button and text come late: a phone’s first page has no room for them.

import { fetchWithin } from "../live/fetch-json.js";
import { setText } from "../live/set-text.js";

const ANSWER_MS = 15000;

/** Put a button on each common card below `root`; a press puts the action’s meaning in its place. */
export function mountDefinitions(root) {
  for (const card of root.querySelectorAll(".card:not([data-slot])")) {
    // No link: where the focus is lost on a card, it goes to the first one (keep-focus.js).
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--link";
    button.textContent = "Définition";
    button.addEventListener("click", () => show(button, card.id.slice("card-".length)));
    card.querySelector(".card__body").prepend(button);
  }
}

async function show(button, action) {
  const address = `/a/${document.body.dataset.code}/mots`;
  const answer = await fetchWithin(ANSWER_MS, address, {}, (told) => told.text()).catch(() => null);
  const page = new DOMParser().parseFromString(answer?.ok ? answer.body : "", "text/html");
  const texts = page.getElementById(action)?.querySelectorAll("p");
  if (!texts) return setText(button, "Pas de réponse. Réessayer");
  const told = document.createElement("div");
  told.tabIndex = -1;
  told.append(...texts);
  button.replaceWith(told);
  told.focus();
}
