// The facilitator's line, which stays in sight until it was read, and « Notre groupe a terminé »; said aloud too.

import { recall, remember } from "../live/storage.js";
import { outboxNow } from "../outbox/outbox.js";
import { announceOnce } from "../live/live-region.js";
import { markSending } from "./sending.js";

const memory = () => `atelier:${document.body.dataset.code}:read`;

let heard = "";

/** Follow the facilitator's line and the group's « terminé ». */
export function mountAnnouncement() {
  heard = text();
  document.addEventListener("atelier:changed", () => {
    const now = text();
    if (now && now !== heard) announceOnce(now);
    heard = now;
    showUnread();
    sending();
  });
  document.addEventListener("atelier:outbox", sending);
  document.addEventListener("click", (event) => event.target.closest("[data-atelier-read]") && read());
  for (const name of ["focusin", "focusout", "scroll", "input"])
    document.addEventListener(name, makeRoom, { passive: true });
  showUnread();
}

function text() {
  return (place().querySelector("p")?.textContent || "").trim();
}

function place() {
  return document.getElementById("announcement");
}

// Taken away and told again, the same words are another announcement.
function showUnread() {
  const words = text();
  if (!words) remember("sessionStorage", memory(), "");
  document.body.dataset.announced = words && words !== recall("sessionStorage", memory()) ? "unread" : "";
  makeRoom();
}

function read() {
  remember("sessionStorage", memory(), text());
  showUnread();
  // Its button is gone: whoever pressed it stays at the words.
  place().focus({ preventScroll: true });
}

// It never lies over what somebody is at: then it waits at the top of the page.
function makeRoom() {
  const { body, activeElement: used } = document;
  if (body.dataset.announced !== "unread" || used === body || place().contains(used)) return clear(false);
  const bottom = document.querySelector(".frame").getBoundingClientRect().bottom + place().offsetHeight;
  const { top, bottom: end } = used.getBoundingClientRect();
  return clear(end > 0 && top < bottom);
}

function clear(aside) {
  document.body.toggleAttribute("data-aside", aside);
}

function sending() {
  const waits = outboxNow().waiting.some((entry) => entry.command === "say-ready");
  for (const ready of document.querySelectorAll(".ready")) markSending(ready, waits);
}
