// Sends every form `data-act` through the outbox. What cannot be sent as it stands is said beside it; a text that this
// phone cannot keep stays in its field until the journal has it.

import { announceOnce } from "../live/live-region.js";
import { act, isKept, outboxNow } from "./outbox.js";

const OWN_FIELDS = ["command", "op", "back"];
const CONTROL = 'textarea, input:not([type="hidden"]):not([type="radio"])';

/** By field, what it sent that is kept nowhere else: { ops, words, sent() }. */
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
  send(form, text, command, [fields], text?.defaultValue);
}

/** Send the list in `text`, the field of `form`, an act an item; `rest` stays in the field. */
export function sendList(form, text, items, rest) {
  const { command, ...all } = Object.fromEntries(new FormData(form));
  for (const name of OWN_FIELDS) delete all[name];
  const acts = items.map((item) => ({ ...all, [text.name]: item }));
  if (!isUnderWay(text)) send(form, text, command, acts, rest);
}

function send(form, text, command, acts, rest) {
  const ops = acts.map((fields) => act(command, fields));
  const sent = () => {
    if (text) leave(text, rest);
    const detail = { command, fields: acts[acts.length - 1] };
    form.dispatchEvent(new CustomEvent("atelier:sent", { bubbles: true, detail }));
  };
  const unkept = ops.filter((op) => !isKept(op));
  if (text && unkept.length) held.set(text, { ops: unkept, words: text.value, sent });
  else sent();
}

// Pressed again, the same words are no second text.
function isUnderWay(text) {
  const last = held.get(text);
  const waiting = outboxNow().waiting.map(({ op }) => op);
  return last?.words === text.value && last.ops.some((op) => waiting.includes(op));
}

function arrived(ops) {
  for (const [text, last] of held) {
    last.ops = last.ops.filter((op) => !ops.includes(op));
    if (last.ops.length) continue;
    held.delete(text);
    if (text.value === last.words) last.sent();
  }
}

function sendable(text) {
  const length = Array.from(text.value.trim()).length;
  if (length && length <= Number(text.dataset.limit || Infinity)) return true;
  text.setAttribute("aria-invalid", "true");
  text.focus();
  const left = text.closest("form").querySelector("[data-remaining]");
  if (length && left) announceOnce(`Trop long\u00a0: ${left.textContent}. Rien n’est coupé.`);
  return false;
}

function leave(text, rest) {
  text.value = rest;
  text.removeAttribute("aria-invalid");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
