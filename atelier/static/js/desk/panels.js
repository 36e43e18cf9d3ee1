// Opens and closes panels (dialogs). Without this script their addresses (#inviter…) show them all the same.

import { REST_MS, restAll, restUnderHand } from "../live/press-guard.js";

let shownAt = 0;

/** Open and close the panels below `root`. */
export function mountPanels(root) {
  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-atelier-panel]");
    const closer = event.target.closest("[data-atelier-close]");
    if (opener) open(event, opener.hash);
    else if (closer) close(event, closer.closest("dialog"));
    else if (event.target.matches("dialog[open]") && !isNew() && outside(event)) event.target.close();
  });
  // « close » does not bubble. A panel that was closed stays so when the page is loaded again, and asks anew for what
  // cannot be undone.
  root.addEventListener("close", forget, true);
  const wanted = location.hash && root.querySelector(`dialog${location.hash}`);
  if (!wanted) return;
  showPanel(wanted.id);
  const wrong = wanted.querySelector('[aria-invalid="true"]');
  if (!wrong) return;
  // Named in the address, the panel would be gone to once more when the page is complete, and the field be left.
  history.replaceState(null, "", location.pathname);
  wrong.focus();
}

/** Show the panel `id` in front of everything. */
export function showPanel(id) {
  const panel = document.getElementById(id);
  if (!panel || panel.open) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  const status = panel.querySelector("[data-atelier-status]");
  if (status) status.textContent = "";
  panel.showModal();
  // Whoever pressed twice did not mean what has come under their hand.
  shownAt = performance.now();
  restAll(panel);
}

function open(event, hash) {
  event.preventDefault();
  showPanel(hash.slice(1));
}

function forget(event) {
  for (const confirm of event.target.querySelectorAll("details.confirm")) confirm.open = false;
  restUnderHand();
  if (location.hash === `#${event.target.id}`) history.replaceState(null, "", location.pathname);
}

function isNew() {
  return performance.now() - shownAt < REST_MS;
}

function close(event, panel) {
  event.preventDefault();
  panel.close();
}

// A press on the backdrop reaches the dialog itself, outside its box.
function outside(event) {
  const box = event.target.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return (x || y) && (x < box.left || x > box.right || y < box.top || y > box.bottom);
}
