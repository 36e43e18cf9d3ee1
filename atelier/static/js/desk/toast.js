// Shows refusals as a toast or in the open panel; clears the fields and closes the panel of an acknowledged act.

import { preserveView } from "../live/preserve-view.js";
import { isAsSent } from "./unsent-text.js";

const SHOWN_MS = 9000;
const WRITTEN = "textarea, input[type=text]";
let timer = 0;

/** Listen to the answers of the acts below `root`. */
export function mountToast(root) {
  root.addEventListener("atelier:refused", (event) => {
    if (!event.defaultPrevented) showToast(root, event.detail.message);
  });
  root.addEventListener("atelier:moved-on", (event) => movedOn(root, event.detail.message));
  root.addEventListener("atelier:acknowledged", (event) => done(root, event.target));
  document.addEventListener("atelier:connection", (event) => connection(root, event.detail.state));
  // After a press with the mouse or a finger, the space bar is the clock's again, not that button's.
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[form]");
    if (button && event.detail > 0) button.blur();
  });
}

/** Show one sentence: in the open panel, else at the bottom of the page. */
export function showToast(root, message) {
  const place =
    root.querySelector("dialog[open] [data-atelier-status]") || root.querySelector("[data-atelier-toast]");
  place.textContent = message;
  clearTimeout(timer);
  timer = setTimeout(() => (place.textContent = ""), SHOWN_MS);
}

function done(root, form) {
  const toast = root.querySelector("[data-atelier-toast]");
  toast.textContent = "";
  // Written since, while the answer was on its way: the next one.
  if (![...form.elements].filter((field) => field.matches(WRITTEN)).every(isAsSent)) return;
  for (const field of form.querySelectorAll("[data-atelier-clear]")) field.value = "";
  if (form.dataset.act === "record-decision") form.reset();
  const panel = form.closest("dialog") || root.querySelector("dialog#suite[open], dialog#clore[open]");
  if (panel?.open) panel.close();
}

// Not an error: only those who do not see where the room is are told.
function movedOn(root, words) {
  root.querySelector("[data-atelier-moved-on]").textContent = words;
  root.querySelector("dialog#suite[open], dialog#clore[open]")?.close();
}

function connection(root, state) {
  preserveView(() => (root.querySelector("[data-atelier-lost]").hidden = state !== "lost"));
}
