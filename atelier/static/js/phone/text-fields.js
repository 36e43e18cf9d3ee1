// Fields where people write: how much room is left, what was typed survives a reload, the form stays while it holds text.

import { announce } from "../live/live-region.js";
import { keysIn, recall, remember } from "../live/storage.js";
import { offerList } from "./pasted-lists.js";

const NEAR = 20;
const PREFIX = "atelier:draft:";

/** Follow the text fields below `root`; return what puts back in them what was typed before. */
export function mountTextFields(root) {
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-limit]")) typed(event.target);
  });
  return () => root.querySelectorAll("[data-draft]").forEach(restore);
}

function typed(field) {
  remain(field);
  grow(field);
  offerList(field);
  const place = field.closest("[data-writes]");
  if (place)
    place.toggleAttribute("data-composing", field.value.trim() !== "" && field.value !== field.defaultValue);
  if (field.dataset.draft) keep(field);
}

function remain(field) {
  const form = field.closest("form");
  const place = form?.querySelector("[data-remaining]");
  if (!place) return;
  const limit = Number(field.dataset.limit);
  const left = limit - Array.from(field.value.trim()).length;
  const over = left < 0;
  place.toggleAttribute("data-over", over);
  const said = place.textContent;
  if (over) place.textContent = `${-left} caractère${left < -1 ? "s" : ""} de trop`;
  else place.textContent = `${left} caractère${left > 1 ? "s" : ""}${left < limit ? " encore" : ""}`;
  if (!over) field.removeAttribute("aria-invalid");
  // Told to who does not see it, once the end is near, and as it is when they pause.
  if (left < NEAR && said !== place.textContent && field === document.activeElement)
    announce(place.textContent);
}

function grow(field) {
  if (field.tagName !== "TEXTAREA") return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 4}px`;
}

function keep(field) {
  const kept = remember("sessionStorage", draftKey(field), field.value.trim() ? field.value : "");
  field.toggleAttribute("data-unkept", !kept && field.value.trim() !== "");
}

function restore(field) {
  const kept = recall("sessionStorage", draftKey(field)) || fromAnotherTable(field);
  if (!kept || field.value) return;
  field.value = kept;
  typed(field);
}

// Whoever was moved to another table takes along what they had begun. Facilitators write for several tables.
function fromAnotherTable(field) {
  const [table, line] = field.dataset.draft.split("/");
  if (!/^\d+$/.test(table) || document.body.dataset.role !== "participant") return "";
  const start = `${PREFIX}${document.body.dataset.code}:`;
  const found = keysIn("sessionStorage").find(
    (key) => key.startsWith(start) && key.endsWith(`/${line}`) && /^\d+\//.test(key.slice(start.length)),
  );
  if (!found) return "";
  const text = recall("sessionStorage", found);
  remember("sessionStorage", found, "");
  return text;
}

function draftKey(field) {
  return `${PREFIX}${document.body.dataset.code}:${field.dataset.draft}`;
}
