// Sends every form `data-act` through the outbox. What cannot be sent as it stands is said beside it.

import { act } from "./outbox.js";

const OWN_FIELDS = ["command", "op", "back"];
const CONTROL = 'textarea, input:not([type="hidden"]):not([type="radio"])';

let lastPressed = null;

/** Intercept the forms below `root`. */
export function mountForms(root) {
  // Older Android browsers do not tell which button submitted a form.
  root.addEventListener(
    "click",
    (event) => {
      lastPressed = event.target.closest("button");
    },
    true,
  );
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-act]")) return;
    event.preventDefault();
    submitted(form, event.submitter || (lastPressed && lastPressed.form === form ? lastPressed : null));
  });
}

function submitted(form, button) {
  const fields = Object.fromEntries(new FormData(form));
  if (button?.name) fields[button.name] = button.value;
  if (button?.dataset.label) fields.label = button.dataset.label;
  const { command } = fields;
  for (const name of OWN_FIELDS) delete fields[name];
  const text = form.querySelector(CONTROL);
  if (text && !sendable(text)) return;
  act(command, fields);
  if (text) emptied(text);
  form.dispatchEvent(new CustomEvent("atelier:sent", { bubbles: true, detail: { command, fields } }));
}

function sendable(text) {
  const length = Array.from(text.value.trim()).length;
  if (length && length <= Number(text.dataset.limit || Infinity)) return true;
  text.setAttribute("aria-invalid", "true");
  text.focus();
  return false;
}

function emptied(text) {
  text.value = text.defaultValue;
  text.removeAttribute("aria-invalid");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
