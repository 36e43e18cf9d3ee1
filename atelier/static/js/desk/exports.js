// Asks for a document and hands it over; says that it is being made, and what went wrong.

import { formBody } from "./form-posts.js";

const BUSY = "En préparation…";
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
  const buttons = form.querySelectorAll("button");
  state.textContent = BUSY;
  for (const button of buttons) button.disabled = true;
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (answer.ok) state.textContent = `Prêt\u00a0: ${await hand(answer)}`;
    else state.textContent = (await answer.json().catch(() => ({}))).message || FAILED;
  } catch {
    state.textContent = FAILED;
  } finally {
    for (const button of buttons) button.disabled = false;
  }
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
