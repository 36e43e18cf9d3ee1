// The continuum as its reader sees it: one's own missions can be reworded and withdrawn.

import { outboxNow } from "../outbox/outbox.js";
import { phoneData } from "./data.js";
import { openEditor } from "./editor.js";
import { showOwnButtons } from "./button-labels.js";
import { markSending } from "./sending.js";

const own = new Set();

/** Follow the group's missions. */
export function mountMissions(root) {
  for (const id of phoneData().missions) own.add(id);
  root.addEventListener("click", pressed);
  document.addEventListener("atelier:saved", (event) => {
    if (event.detail.command === "add-mission") own.add(event.detail.op);
  });
  document.addEventListener("atelier:personal", () => {
    for (const id of phoneData().missions) own.add(id);
  });
  document.addEventListener("atelier:changed", decorateAll);
  document.addEventListener("atelier:outbox", decorateAll);
}

function pressed(event) {
  const edit = event.target.closest("[data-mission] [data-edit]");
  if (!edit) return;
  const item = edit.closest("[data-mission]");
  const fields = { group: phoneData().group, mission: item.dataset.mission };
  const text = item.querySelector("[data-mission-text]").textContent;
  openEditor(item.closest("ul"), "edit-mission", fields, text, phoneData().limits.mission);
}

function decorateAll() {
  const waiting = new Map();
  for (const entry of outboxNow().pending) if (entry.fields.mission) waiting.set(entry.fields.mission, entry);
  for (const item of document.querySelectorAll("[data-mission]")) {
    const entry = waiting.get(item.dataset.mission);
    markSending(item.querySelector(".mission__text"), Boolean(entry && entry.state === "waiting"));
    item.toggleAttribute("data-leaving", Boolean(entry && entry.command === "withdraw-mission"));
    paintOwn(item, own.has(item.dataset.mission));
  }
}

function paintOwn(item, mine) {
  const place = item.querySelector("[data-own]");
  if (!mine || place.firstChild) return;
  showOwnButtons(
    place,
    "mission",
    item.dataset.mission,
    item.querySelector("[data-mission-text]").textContent,
  );
  place.querySelector(".own__saved").remove();
}
