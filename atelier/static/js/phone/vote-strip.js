// The vote’s door: its script, its style and what is voted for are fetched once a vote is open, not with the first page.

import { outboxNow } from "../outbox/outbox.js";
import { phoneData } from "./data.js";

/** Spread over this time (ms), so that a room does not ask as one. */
const SPREAD_MS = 4000;

let loading = null;

/** Follow the vote. */
export function mountVoteStrip() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-atelier-vote]")) return;
    event.preventDefault();
    if (loading !== true) load();
    document.dispatchEvent(new CustomEvent("atelier:show", { detail: "vote" }));
    window.scrollTo(0, 0);
  });
  document.addEventListener("atelier:changed", follow);
  // What this page knows, for the script that came later.
  document.addEventListener("atelier:vote-asks", ({ detail }) =>
    Object.assign(detail, { pending: outboxNow().pending, own: phoneData().vote }),
  );
  follow();
}

function follow() {
  const { state } = document.getElementById("vote-strip").dataset;
  if (state !== "open" || loading) return;
  loading = setTimeout(load, Math.random() * SPREAD_MS);
}

function load() {
  clearTimeout(loading);
  loading = true;
  const { script, style } = document.getElementById("vote-strip").dataset;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  const code = Object.assign(document.createElement("script"), { src: script });
  code.addEventListener("error", () => {
    loading = null;
  });
  document.head.append(sheet, code);
}
