// « Corriger », « Modifier »: copies the text that is shown into the form of a panel, so that no fragment holds a form.

import { showPanel } from "./panels.js";

/** Fill and open the panel that a `[data-atelier-fill]` link names. */
export function mountEditInPanel(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-atelier-fill]");
    if (!link) return;
    event.preventDefault();
    const item = link.closest("[data-item], [data-decision]");
    for (const form of document.querySelectorAll(`${link.hash} form`)) fill(form, item);
    showPanel(link.hash.slice(1));
  });
}

// Each item says itself what goes into which field.
function fill(form, item) {
  const decision = item.dataset.decision;
  const values = { ...JSON.parse(item.dataset.fields), ...(decision && { decision }) };
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.dataset.draftOf = item.dataset.item || `decision-${decision}`;
  form.dispatchEvent(new CustomEvent("atelier:filled", { bubbles: true }));
}
