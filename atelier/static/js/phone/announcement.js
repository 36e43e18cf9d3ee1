// The facilitator's line, and « Notre groupe a terminé », said aloud to those who listen.

import { outboxNow } from "../outbox/outbox.js";
import { sayOnce } from "./say.js";

let heard = "";

/** Follow the facilitator's line and the group's « terminé ». */
export function mountAnnouncement() {
  heard = text();
  document.addEventListener("atelier:changed", () => {
    const now = text();
    if (now && now !== heard) sayOnce(now);
    heard = now;
    sending();
  });
  document.addEventListener("atelier:outbox", sending);
}

function text() {
  return document.getElementById("announcement").textContent.trim();
}

function sending() {
  const waits = outboxNow().waiting.some((entry) => entry.command === "say-ready");
  for (const ready of document.querySelectorAll(".ready")) ready.toggleAttribute("data-sending", waits);
}
