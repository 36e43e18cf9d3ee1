// Sends a note when its field is left; shows one that a colleague or the rapporteur wrote, unless somebody types here.

import { sendForm } from "./form-posts.js";

/** Keep the notes below `root`. */
export function mountNotes(root) {
  const kept = new Map();
  const fields = [...root.querySelectorAll("[data-atelier-note]")];
  for (const field of fields) {
    kept.set(field, field.value);
    field.addEventListener("change", () => sendForm(field.form));
  }
  document.addEventListener("atelier:changed", () => {
    for (const field of fields) {
      const told = root.querySelector(`[data-noted="${field.id}"]`)?.textContent || "";
      const untouched = field.value === kept.get(field) && document.activeElement !== field;
      if (untouched && told !== field.value) field.value = told;
      if (told === field.value) kept.set(field, told);
    }
  });
}
