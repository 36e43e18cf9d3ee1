// « Mes idées »: once the workshop is closed, all that one wrote there, to copy.

import { setChildren } from "../live/set-text.js";
import { refreshPersonal } from "./data.js";
import { copyButton } from "./copy-button.js";

/** Rooms close as one: their phones ask within this time (ms), not in the same instant. */
const SPREAD_MS = 4000;

let appointment = null;

/** Follow the close. */
export function mountOwnTexts() {
  if (!place()) return;
  document.addEventListener("atelier:changed", followClose);
  document.addEventListener("atelier:personal", ({ detail }) => show(detail.getElementById("mine")));
  dress();
}

function place() {
  return document.getElementById("mine");
}

function followClose() {
  const closed = document.body.dataset.status !== "open";
  if (closed && appointment === null) appointment = setTimeout(refreshPersonal, Math.random() * SPREAD_MS);
  if (closed) return;
  clearTimeout(appointment);
  appointment = null;
  place().hidden = true;
}

function show(drawn) {
  if (!drawn) return;
  setChildren(
    place(),
    Array.from(drawn.children, (child) => document.importNode(child, true)),
  );
  place().hidden = drawn.hidden;
  dress();
}

function dress() {
  const items = [...place().querySelectorAll("li")];
  for (const item of items) item.append(copyButton(item.textContent.trim(), "Copier"));
  if (items.length > 1) {
    const all = items.map((item) => `• ${item.firstElementChild.textContent}`).join("\n");
    place().append(copyButton(all, "Tout copier"));
  }
}
