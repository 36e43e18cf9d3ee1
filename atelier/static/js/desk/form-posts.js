// Sends every form `data-act` by fetch, so that the page stays as it is, one after the other: two that were on their way at
// once could arrive in any order. Nothing typed is lost when it fails.

import { fetchJson } from "../live/fetch-json.js";
import { newOp } from "../live/operation-id.js";
import { inOrder } from "./request-queue.js";

/** The server itself gives up waiting for its disk after 20 s. */
const ANSWER_MS = 25000;

/** Acts that mean the same twice: each press counts. */
const ADDING = ["extend-clock"];

const sent = new WeakMap();
const onTheWay = new WeakMap();

/** Intercept the forms below `root`. */
export function mountFormPosts(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    sendForm(form, event.submitter);
  });
}

/**
 * Send one form. Pressed again without an answer it is still one act, unless each press adds something; once reworded, it is
 * another.
 */
export async function sendForm(form, submitter) {
  const body = formBody(form, submitter);
  const again = Boolean(lastSent(form)) && sameAct(lastSent(form), body);
  if (again && flying(form).has(lastSent(form))) {
    if (!ADDING.includes(form.dataset.act)) return;
    // The first one keeps the form's operation, to be tried again with.
    body.set("op", newOp());
  } else if (lastSent(form) && !again) {
    form.elements.op.value = newOp();
    body.set("op", form.elements.op.value);
  }
  sent.set(form, body);
  depart(form, body);
  try {
    await inOrder(() => ask(form, body));
  } catch {
    refused(form, {
      message: "Pas de réponse de l’ordinateur qui anime. Rien n’est perdu\u00a0: réessayez.",
    });
  } finally {
    arrive(form, body);
  }
}

/** Return what was sent of this form last, as URLSearchParams; undefined when nothing was. */
export function lastSent(form) {
  return sent.get(form);
}

async function ask(form, body) {
  const address = form.getAttribute("action");
  const { ok, body: answer } = await fetchJson(ANSWER_MS, address, { method: "POST", body });
  if (form.elements.op.value === body.get("op")) form.elements.op.value = newOp();
  // The page of a hotel’s Wi-Fi answers 200 as well.
  if (ok && Number.isInteger(answer?.seq)) tell(form, "acknowledged", answer);
  // Somebody was quicker: the screen shows where the room is, and that is all.
  else if (answer?.refusal === "moved-on") tell(form, "moved-on", answer);
  else refused(form, { message: "L’Atelier n’a pas répondu comme prévu. Réessayez.", ...answer });
}

function flying(form) {
  return onTheWay.get(form) || new Set();
}

function depart(form, body) {
  onTheWay.set(form, new Set([...flying(form), body]));
  form.toggleAttribute("data-sending", true);
}

function arrive(form, body) {
  flying(form).delete(body);
  form.toggleAttribute("data-sending", flying(form).size > 0);
}

function sameAct(before, now) {
  const [one, other] = [before, now].map((body) => new URLSearchParams(body));
  for (const each of [one, other]) each.delete("op");
  return `${one}` === `${other}`;
}

/** Return what a form would send. Older browsers ignore the button in `new FormData(form, submitter)`. */
export function formBody(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  return body;
}

function refused(form, told) {
  tell(form, "refused", { ...told, form });
}

function tell(form, what, detail) {
  form.dispatchEvent(new CustomEvent(`atelier:${what}`, { bubbles: true, cancelable: true, detail }));
}
