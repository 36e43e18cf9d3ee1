// The cards of the sheet: one open at a time (also after a reload), free lines shown once filled, progress counted from what is on the page.

import { setText } from "../live/set-text.js";
import { recall, remember } from "../live/storage.js";
import { outboxNow } from "../outbox/outbox.js";
import { lineNow } from "./lines.js";
import { askedOf, progressText } from "./reach.js";

const MEMORY = "atelier:card";

/** Start the cards below `root`; return what counts and marks them for the first time. */
export function mountCards(root) {
  root.addEventListener("click", (event) => {
    const top = event.target.closest(".card__top");
    if (top) pressed(event, top);
  });
  root.addEventListener("toggle", noteOpen, true);
  document.addEventListener("atelier:changed", refresh);
  document.addEventListener("atelier:outbox", refresh);
  document.addEventListener("atelier:personal", refresh);
  openLast();
  return refresh;
}

function pressed(event, top) {
  const fold = top.parentElement;
  if (document.body.dataset.tab === "initiatives") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("atelier:show", { detail: "sheet" }));
    fold.open = true;
    fold.scrollIntoView({ block: "start" });
    return;
  }
  if (!fold.open) closeOthers(fold, top);
}

// Closing a card above would pull the one just tapped away from under the thumb.
function closeOthers(fold, top) {
  const before = top.getBoundingClientRect().top;
  for (const other of document.querySelectorAll("[data-atelier-card][open]")) {
    if (other !== fold) other.open = false;
  }
  window.scrollBy(0, top.getBoundingClientRect().top - before);
}

function refresh() {
  for (const slot of document.querySelectorAll("[data-slot]")) {
    slot.hidden = slot.querySelector("[data-filled]").dataset.filled !== "yes";
  }
  for (const card of document.querySelectorAll(".card")) markEmpty(card);
  for (const adder of document.querySelectorAll("[data-atelier-adder]")) {
    const { hidden } = document.getElementById(adder.dataset.atelierAdder);
    adder.hidden = !hidden && !adder.hasAttribute("data-composing");
  }
  count();
}

function markEmpty(card) {
  card.toggleAttribute("data-empty", !card.querySelector(".card__initiatives .initiative"));
}

function count() {
  const place = document.querySelector("[data-atelier-progress]");
  const bars = [...document.querySelectorAll(".card:not([data-slot]) .card__bar [data-bar]")];
  // What somebody is only pulling is not placed yet, whatever the bar shows.
  const { pending } = outboxNow();
  const lines = bars.map((bar) => lineNow(bar.dataset.bar, pending));
  const aside = lines.filter((line) => line.state === "aside").length;
  const half = lines.filter(askedOf).length;
  const placed = lines.filter((line) => line.state === "placed").length;
  setText(place, progressText(placed - half, half, aside, lines.length));
}

// After a form sent without script the address names the card, after a reload the memory of this tab does.
function openLast() {
  const named = location.hash.startsWith("#card-") ? location.hash.slice(1) : "";
  const card = document.getElementById(named || recall("sessionStorage", MEMORY) || "none");
  const fold = card?.querySelector("[data-atelier-card]");
  if (fold) fold.open = true;
}

function noteOpen(event) {
  if (!event.target.matches("[data-atelier-card]")) return;
  event.target.parentElement.toggleAttribute("data-open", event.target.open);
  const open = document.querySelector("[data-atelier-card][open]");
  remember("sessionStorage", MEMORY, open ? open.parentElement.id : "");
}
