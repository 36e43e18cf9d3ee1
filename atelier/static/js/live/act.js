// Sends every form `data-act` by fetch, so that the page stays as it is. Nothing typed is lost when it fails.

import { newOp } from "./op.js";

const sent = new WeakMap();

/** Intercept the forms below `root`. */
export function mount(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-act]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}

/** Send one form. The same again without an answer stays one act; once reworded, it is another. */
export async function send(form, submitter) {
  const body = formBody(form, submitter);
  if (sentBy(form) && !sameAct(sentBy(form), body)) {
    form.elements.op.value = newOp();
    body.set("op", form.elements.op.value);
  }
  sent.set(form, body);
  form.toggleAttribute("data-sending", true);
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    const told = await answer.json().catch(() => ({}));
    if (form.elements.op.value === body.get("op")) form.elements.op.value = newOp();
    if (answer.ok) acknowledged(form, told);
    else refused(form, told.message || "L’Atelier n’a pas répondu comme prévu. Réessayez.");
  } catch {
    refused(form, "Pas de réponse de l’ordinateur qui anime. Rien n’est perdu\u00a0: réessayez.");
  } finally {
    form.removeAttribute("data-sending");
  }
}

/** What was sent of this form last, as URLSearchParams; undefined when nothing was. */
export function sentBy(form) {
  return sent.get(form);
}

function sameAct(before, now) {
  const [one, other] = [before, now].map((body) => new URLSearchParams(body));
  for (const each of [one, other]) each.delete("op");
  return `${one}` === `${other}`;
}

/** What a form would send. Older browsers ignore the button in `new FormData(form, submitter)`. */
export function formBody(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  return body;
}

function acknowledged(form, told) {
  form.dispatchEvent(new CustomEvent("atelier:acknowledged", { bubbles: true, detail: told }));
}

function refused(form, message) {
  form.dispatchEvent(new CustomEvent("atelier:refused", { bubbles: true, detail: { message } }));
}
