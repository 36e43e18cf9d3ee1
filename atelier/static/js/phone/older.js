// The older initiatives of a card, fetched when its reader asks for them: a page brings the latest ones only.

import { fetchWithin } from "../live/fetch-json.js";
import { setText } from "../live/set-text.js";
import { applyChanges } from "../live/swap.js";

const ANSWER_MS = 15000;

/** Follow the links to whole lists below `root`. */
export function mountOlder(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-atelier-older]");
    if (!link) return;
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) follow(link);
  });
}

async function follow(link) {
  const [group, action] = link.dataset.atelierOlder.split("/");
  link.setAttribute("aria-busy", "true");
  const { list, meanwhile } = await fetched(group, action);
  link.removeAttribute("aria-busy");
  if (!list) return setText(link, "Pas de réponse. Réessayer");
  // What was told while the list was on its way may be newer than the list.
  for (const html of [list, ...meanwhile]) applyChanges({ html });
  show(document.getElementById(`initiatives-${group}-${action}`));
}

async function fetched(group, action) {
  const meanwhile = [];
  const hear = ({ detail }) => detail?.html && meanwhile.push(detail.html);
  document.addEventListener("atelier:changed", hear);
  const address = `/a/${document.body.dataset.code}/initiatives?group=${group}&action=${action}`;
  const answer = await fetchWithin(ANSWER_MS, address, {}, (told) => told.text()).catch(() => null);
  document.removeEventListener("atelier:changed", hear);
  return { list: answer?.ok ? answer.body : "", meanwhile };
}

function show(list) {
  list.setAttribute("data-whole", "");
  list.tabIndex = -1;
  list.focus({ preventScroll: true });
  document.dispatchEvent(new Event("atelier:outbox"));
}
