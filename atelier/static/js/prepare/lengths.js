// Counts what is typed when preparing, under each field that has a limit.

import { lengthWords } from "../live/text-length.js";

/** Follow the fields with a limit below `root`. */
export function mountLengths(root) {
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-limit]")) tell(event.target);
  });
  for (const field of root.querySelectorAll("[data-limit]")) tell(field);
}

function tell(field) {
  const words = lengthWords(field);
  let told = document.getElementById(`${field.id}-error`);
  if (!told && !words) return;
  // What the server said of it is of the text that was sent.
  if (told && !words && !told.dataset.over && field.value === field.defaultValue) return;
  if (!told) {
    told = document.createElement("span");
    told.className = "field__error";
    told.id = `${field.id}-error`;
    field.after(told);
    field.setAttribute(
      "aria-describedby",
      `${field.getAttribute("aria-describedby") || ""} ${told.id}`.trim(),
    );
  }
  told.dataset.over = "yes";
  told.setAttribute("role", "status");
  told.textContent = words;
  field.setAttribute("aria-invalid", words ? "true" : "false");
}
