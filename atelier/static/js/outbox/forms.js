// Sends every form `data-act` through the outbox. What cannot be sent as it stands is said beside it; a text that this
// phone cannot keep stays in its field until the journal has it.

import { act, isKept, outboxNow } from "./outbox.js";

const OWN_FIELDS = ["command", "op", "back"];
const CONTROL = 'textarea, input:not([type="hidden"]):not([type="radio"])';

/** By field, what it sent that is kept nowhere else: { op, words, sent() }. */
const held = new Map();

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
  document.addEventListener("atelier:saved", ({ detail }) => arrived([detail.op, detail.late]));
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
  if (text && (!sendable(text) || isUnderWay(text))) return;
  const op = act(command, fields);
  const sent = () => done(form, text, { command, fields });
  if (!text || isKept(op)) sent();
  else held.set(text, { op, words: text.value, sent });
}

function done(form, text, detail) {
  if (text) emptied(text);
  form.dispatchEvent(new CustomEvent("atelier:sent", { bubbles: true, detail }));
}

// Pressed again, the same words are no second text.
function isUnderWay(text) {
  const last = held.get(text);
  return Boolean(last) && last.words === text.value && outboxNow().waiting.some(({ op }) => op === last.op);
}

function arrived(ops) {
  for (const [text, last] of held) {
    if (!ops.includes(last.op)) continue;
    held.delete(text);
    if (text.value === last.words) last.sent();
  }
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
