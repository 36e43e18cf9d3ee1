// After some seconds without a connection: perhaps the laptop has another address now. The way there, seat and texts included.

import { outboxNow } from "../outbox/outbox.js";
import { linkTo, originOf } from "../outbox/moving.js";

const PATIENCE_MS = 8000;

let appointment = null;

/** Follow the connection. */
export function mountMoved() {
  const panel = document.querySelector("[data-atelier-moved]");
  if (!panel) return;
  document.addEventListener("atelier:connection", (event) => {
    clearTimeout(appointment);
    if (event.detail.state === "live") panel.hidden = true;
    else appointment = setTimeout(() => show(panel), PATIENCE_MS);
  });
  panel.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    go(panel, event.target.elements.address);
  });
}

function show(panel) {
  panel.hidden = false;
}

function go(panel, field) {
  const origin = originOf(field.value, location.protocol.replace(":", ""));
  const { code, rejoin } = document.body.dataset;
  const { waiting, refused } = outboxNow();
  const link = origin && linkTo(origin, code, rejoin, [...waiting, ...refused]);
  const problem = !origin
    ? "Recopiez l’adresse telle qu’elle est à l’écran, par exemple 192.168.43.1:8000."
    : "Trop de textes en attente pour les emporter. Gardez cette page ouverte et rejoignez depuis un autre onglet.";
  panel.querySelector("[data-moved-problem]").textContent = link ? "" : problem;
  if (link) location.href = link;
}
