// « Copier » beside a field: its text, or the choices ticked in it.

import { copyText } from "../live/clipboard.js";

const AGAIN_MS = 4000;

/** Listen to the buttons `data-atelier-copy` below `root`. */
export function mountCopying(root) {
  for (const button of root.querySelectorAll("[data-atelier-copy]")) button.hidden = false;
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-atelier-copy]");
    if (!button) return;
    say(button, await copyText(textOf(document.getElementById(button.dataset.atelierCopy))));
  });
}

function textOf(field) {
  if ("value" in field && field.localName !== "fieldset") return field.value;
  return [...field.querySelectorAll("input:checked")].map((each) => each.value).join("\n");
}

function say(button, copied) {
  const [label] = button.childNodes;
  label.textContent = copied ? "Copié" : "Pas copié";
  document.querySelector("[data-atelier-copied]").textContent = copied
    ? "Copié."
    : "Le navigateur n’a pas permis de copier\u00a0: sélectionnez le texte, puis Ctrl + C.";
  setTimeout(() => {
    label.textContent = "Copier";
  }, AGAIN_MS);
}
