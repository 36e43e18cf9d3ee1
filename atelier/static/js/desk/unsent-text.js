// Knows which text on the desk was typed and not sent: no acknowledgement empties it, and no reload replaces it.

import { lastSent } from "./form-posts.js";

const FIELD = "textarea, input:not([type=checkbox]):not([type=radio]), select";

const touched = new Set();

/** Follow the fields below `root`. */
export function mountUnsentText(root) {
  root.addEventListener("input", (event) => event.target.matches(FIELD) && touched.add(event.target));
  root.addEventListener("atelier:acknowledged", (event) => {
    for (const field of event.target.elements) if (isAsSent(field)) touched.delete(field);
  });
}

/** Tell whether a panel is open or a text was not sent: the page must not be reloaded. */
export function hasUnsentText(root) {
  return Boolean(root.querySelector("dialog[open]")) || [...touched].some(holdsText);
}

/** Tell whether a field of a form still says what was sent of it last. */
export function isAsSent(field) {
  const sent = lastSent(field.form);
  return !field.name || !sent || sent.get(field.name) === field.value;
}

function holdsText(field) {
  const shut = field.closest("dialog:not([open])");
  return field.isConnected && !shut && field.value.trim() !== "" && field.value !== field.defaultValue;
}
