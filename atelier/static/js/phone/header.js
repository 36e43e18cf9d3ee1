// The state at the top: saved, waiting, refused; and the banner of a lost connection. Writing goes on in all of them.

import { setText } from "../live/set-text.js";
import { preserveView } from "../live/preserve-view.js";
import { offlineWords, waitingWords } from "../outbox/keeping.js";
import { isKept, keepsTexts, outboxNow } from "../outbox/outbox.js";
import { announce, announceOnce } from "../live/live-region.js";

const FIRST_CONNECTION_MS = 6000;

let since = null;
let lost = "";

/** Follow the outbox and the connection. */
export function mountHeader() {
  document.addEventListener("atelier:outbox", showState);
  document.addEventListener("atelier:connection", (event) =>
    preserveView(() => connection(event.detail.state)),
  );
  document.addEventListener("atelier:changed", showState);
  const link = document.querySelector("[data-atelier-saved]");
  link.addEventListener("click", (event) => {
    const panel = document.getElementById("outbox");
    if (panel.hidden) return;
    event.preventDefault();
    panel.scrollIntoView({ block: "center" });
    panel.focus({ preventScroll: true });
  });
  setTimeout(() => document.body.dataset.connection === "joining" && connection("lost"), FIRST_CONNECTION_MS);
  showState();
}

function showState() {
  const { waiting, refused, handedIn } = outboxNow();
  const state = refused.length ? "refused" : waiting.length ? "waiting" : "saved";
  const link = document.querySelector("[data-atelier-saved]");
  const handed = handedIn.some((entry) => entry.handedIn);
  const saved = handed ? "Transmis à l’animation" : "Enregistré";
  const words = { saved, waiting: "En attente d’envoi", refused: "Non envoyé" }[state];
  const before = link.dataset.state;
  unsent(waiting.length + refused.length);
  if (since) showKeeping();
  if (before === state && link.textContent.trim() === words) return;
  link.dataset.state = state;
  // Where there is nothing to go to, it is no link.
  if (state === "refused") link.href = "#outbox";
  else link.removeAttribute("href");
  link.querySelector("[data-saved-text]").textContent = words;
  link.title = state === "waiting" ? waitingWords(waiting.every(({ op }) => isKept(op))) : words;
  if (before === "idle") return;
  if (state === "refused")
    announceOnce(`Non envoyé. ${refused[refused.length - 1].message || ""}`, "refused");
  else announce(link.title);
}

function unsent(count) {
  const place = document.querySelector("[data-unsent]");
  if (place.dataset.count === `${count}`) return;
  place.dataset.count = count;
  place.hidden = count === 0;
  place.textContent = count > 1 ? `${count} envois ne sont pas partis.` : "1 envoi n’est pas parti.";
}

function connection(state) {
  const banner = document.querySelector("[data-atelier-offline]");
  if (state === "live") {
    if (since) announce("La connexion est revenue.");
    since = null;
    banner.hidden = true;
    return;
  }
  since = since || new Date();
  const hour = `${since.getHours()}\u00a0h\u00a0${String(since.getMinutes()).padStart(2, "0")}`;
  lost = `Connexion coupée depuis ${hour}.`;
  banner.hidden = false;
  announce(`${lost} ${showKeeping()}`);
}

function showKeeping() {
  const kept = keepsTexts();
  const told = offlineWords(kept);
  setText(
    document.querySelector("[data-offline-text]"),
    `${lost} ${kept ? "Continuez" : "Laissez cette page ouverte"}\u00a0!`,
  );
  setText(document.querySelector("[data-offline-kept]"), told);
  return told;
}
