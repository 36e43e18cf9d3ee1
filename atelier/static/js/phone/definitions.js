// What an action means, a tap away on its card. Link and text come late: a phone’s first page has no room for them.

import { fetchWithin } from "../live/fetch-json.js";
import { setText } from "../live/set-text.js";

const ANSWER_MS = 15000;

/** Put a link to its meaning on each common card below `root`; a press puts the meaning in its place. */
export function mountDefinitions(root) {
  for (const card of root.querySelectorAll(".card:not([data-slot])")) {
    const link = document.createElement("a");
    link.className = "button button--link";
    link.href = `/a/${document.body.dataset.code}/mots#${card.id.slice("card-".length)}`;
    link.textContent = "Définition";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link);
    });
    card.querySelector(".card__body").append(link);
  }
}

async function show(link) {
  const [address, action] = link.getAttribute("href").split("#");
  const answer = await fetchWithin(ANSWER_MS, address, {}, (told) => told.text()).catch(() => null);
  const page = new DOMParser().parseFromString(answer?.ok ? answer.body : "", "text/html");
  const texts = page.getElementById(action)?.querySelectorAll("p");
  if (!texts) return setText(link, "Pas de réponse. Réessayer");
  const told = document.createElement("div");
  told.tabIndex = -1;
  told.append(...texts);
  link.replaceWith(told);
  told.focus();
}
