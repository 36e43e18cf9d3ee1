// Asks once before another phase is opened, when phones hold acts or are out of reach, or when it would cut the phase
// short; in a panel that goes away when the room moves on without it.

import { remainingMs } from "../live/clock.js";
import { setText } from "../live/set-text.js";
import { showPanel } from "./panels.js";
import { applyFlags } from "./show-if.js";

const TICK_MS = 250;

let from = "";

/** Follow the buttons that open a phase. */
export function mountPhaseChange(root) {
  head(document.body.dataset.next, false);
  root.addEventListener("click", (event) => {
    const button = event.target.closest('.now__next button[form^="desk-open-"]');
    if (!button || document.getElementById("desk-held").hidden) return;
    event.preventDefault();
    askBeforePhase(button.form.elements.phase.value, root);
  });
  root.addEventListener("atelier:refused", (event) => {
    if (event.detail.refusal !== "leaves-early") return;
    event.preventDefault();
    askBeforePhase(event.detail.form.elements.phase.value, root, true);
  });
  document.addEventListener("atelier:changed", () => {
    const panel = document.getElementById("suite");
    if (panel.open && document.body.dataset.phase !== from) panel.close();
    tellLeft();
  });
  setInterval(tellLeft, TICK_MS);
}

/** Ask before the phase `to` is opened, the next one by default; `early`: it would cut this one short. */
export function askBeforePhase(to, root = document.body, early = false) {
  const { phase, next } = document.body.dataset;
  from = phase;
  head(to || next, early);
  applyFlags(root);
  showPanel("suite");
}

function head(to, early) {
  document.body.dataset.heading = to;
  document.body.dataset.asked = early ? "yes" : "no";
}

/** « Il reste 19 min » of `ms` milliseconds, as `left_words` on the server. */
export function leftWords(ms) {
  if (ms <= 0) return "Le temps est écoulé";
  const minutes = Math.floor(ms / 60000);
  return minutes < 1 ? "Il reste moins d’une minute" : `Il reste ${minutes}\u00a0min`;
}

function tellLeft() {
  for (const place of document.querySelectorAll("[data-clock-left]"))
    setText(place, leftWords(remainingMs()));
}
