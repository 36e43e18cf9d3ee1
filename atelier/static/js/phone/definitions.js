// What an action means, fetched when its reader asks: a phone’s first page has no room for it.

import { fetchWithin } from "../live/fetch-json.js";
import { setText } from "../live/set-text.js";

const ANSWER_MS = 15000;

/** Put a definition in the place of the link to it, on cards below `root`. */
export function mountDefinitions(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest('.card a[href*="/mots#"]');
    if (!link) return;
    event.preventDefault();
    show(link);
  });
}

async function show(link) {
  const [address, action] = link.getAttribute("href").split("#");
  const answer = await fetchWithin(ANSWER_MS, address, {}, (told) => told.text()).catch(() => null);
  const page = new DOMParser().parseFromString(answer?.ok ? answer.body : "", "text/html");
  const texts = page.getElementById(action)?.querySelectorAll("p");
  if (!texts) return setText(link, "Pas de réponse. Réessayer");
  const told = document.createElement("div");
  told.className = "card__meaning";
  told.tabIndex = -1;
  told.append(...texts);
  link.parentElement.replaceWith(told);
  told.focus();
}
