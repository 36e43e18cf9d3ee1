// Finds the text that somebody was writing, and brings them back to it.

const FIELDS = "[data-composing] [data-limit], .compose--edit textarea";

/** Return the field of a text in the making, the one in use first; undefined when there is none. */
export function unsentField() {
  const fields = [...document.querySelectorAll(FIELDS)].filter((field) => field.value.trim());
  return fields.find((field) => field === document.activeElement) || fields[0];
}

/** Bring `field` before its author's eyes, in whatever section or fold it is. */
export function showField(field) {
  const section = field.closest("[data-section]");
  document.dispatchEvent(new CustomEvent("atelier:show", { detail: section.dataset.section.split(" ")[0] }));
  const card = field.closest(".card")?.querySelector("[data-atelier-card]");
  for (const fold of [card, field.closest("details")]) if (fold) fold.open = true;
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}
