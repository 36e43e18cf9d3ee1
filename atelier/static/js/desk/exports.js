// Asks for a document and hands it over; says that it is being made, and what went wrong.

import { fetchJson } from "../live/fetch-json.js";
import { newOp } from "../live/operation-id.js";
import { formBody } from "./form-posts.js";

const LOOK_MS = 1000;
const ANSWER_MS = 5000;
const BUSY = "En préparation…";
const CANCELLED = "Annulé\u00a0: rien n’est préparé.";
const FAILED = "Le document n’a pas pu être préparé. Rien n’est perdu\u00a0: réessayez dans un instant.";

/** Intercept the forms `data-atelier-export` below `root`. */
export function mountExports(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-atelier-export]");
    if (!form) return;
    event.preventDefault();
    ask(form, event.submitter);
  });
}

async function ask(form, submitter) {
  const state = form.querySelector("[data-atelier-export-state]");
  const body = formBody(form, submitter);
  const ticket = newOp();
  body.append("ticket", ticket);
  if (body.has("layout")) body.set("layout", document.querySelector("[data-atelier-layout]").value);
  const buttons = form.querySelectorAll("button");
  const given = new AbortController();
  state.textContent = BUSY;
  for (const button of buttons) button.disabled = true;
  const cancel = cancelButton(given);
  state.after(cancel);
  const looking = follow(form, ticket, state);
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      body,
      signal: given.signal,
      headers: { Accept: "application/json" },
    });
    if (answer.ok) state.textContent = `Prêt\u00a0: ${await hand(answer)}${boxed(answer)}`;
    else state.textContent = (await answer.json().catch(() => ({}))).message || FAILED;
  } catch {
    state.textContent = given.signal.aborted ? CANCELLED : FAILED;
  } finally {
    clearInterval(looking);
    cancel.remove();
    for (const button of buttons) button.disabled = false;
  }
}

// Says how far it is, until the document is there.
function follow(form, ticket, state) {
  const address = `${form.getAttribute("action").split("?")[0]}/attente?ticket=${ticket}`;
  const looking = setInterval(async () => {
    const { body } = await fetchJson(ANSWER_MS, address).catch(() => ({ body: null }));
    const told = body && words(body);
    if (told && state.textContent !== told && form.querySelector(".export__cancel")) state.textContent = told;
  }, LOOK_MS);
  return looking;
}

function words({ before, made, parts }) {
  if (before > 0)
    return `En attente\u00a0: ${before} ${before > 1 ? "documents" : "document"} avant le vôtre.`;
  if (before === 0) return "En attente\u00a0: le vôtre est le prochain.";
  return parts ? `En préparation\u00a0: ${made + 1} sur ${parts}…` : BUSY;
}

// Hanging up is what cancels: the server looks, and ends the process that makes the document.
function cancelButton(given) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small export__cancel";
  button.textContent = "Annuler";
  button.addEventListener("click", () => given.abort());
  return button;
}

// What no font draws is a box where pages and pictures show it, and is said here.
function boxed(answer) {
  const told = decodeURIComponent(answer.headers.get("Atelier-Boxed") || "");
  return told && `. ${told}`;
}

async function hand(answer) {
  const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(answer.headers.get("Content-Disposition") || "");
  const name = named ? decodeURIComponent(named[1]) : "atelier.pdf";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return name;
}
