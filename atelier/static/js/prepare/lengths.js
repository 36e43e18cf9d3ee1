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
  let told = field.parentElement.querySelector("[data-over]");
  if (!told && !words) return;
  if (!told) {
    told = document.createElement("span");
    told.className = "field__error";
    told.dataset.over = "";
    told.setAttribute("role", "status");
    field.after(told);
  }
  told.textContent = words;
  field.setAttribute("aria-invalid", words ? "true" : "false");
}
