// « Corriger », « Modifier »: copies the text that is shown into the form of a panel, so that no fragment holds a form.

import { showPanel } from "./panels.js";

/** Fill and open the panel that a `[data-atelier-fill]` link names. */
export function mountEditInPanel(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-atelier-fill]");
    if (!link) return;
    event.preventDefault();
    const item = link.closest("[data-initiative], [data-decision]");
    fill(document.querySelector(`${link.hash} form`), item);
    showPanel(link.hash.slice(1));
  });
}

function fill(form, item) {
  const fields = form.elements;
  if (item.dataset.initiative) {
    fields.group.value = item.dataset.group;
    fields.initiative.value = item.dataset.initiative;
  } else {
    fields.decision.value = item.dataset.decision;
  }
  for (const name of ["text", "what", "who", "due"]) {
    const shown = item.querySelector(`[data-field="${name}"]`);
    if (fields[name]) fields[name].value = shown ? shown.textContent : "";
  }
}
