// Passing to another phase is one press, unless phones hold acts or are out of reach, or it would cut the phase short:
// then it is asked once, in a panel that goes away when the room moves on without it.

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

// The same words as `left_words` on the server.
function tellLeft() {
  const place = document.querySelector("[data-clock-left]");
  if (!place) return;
  const minutes = Math.floor(remainingMs() / 60000);
  const some = minutes < 1 ? "moins d’une minute" : `${minutes}\u00a0min`;
  setText(place, remainingMs() > 0 ? `Il reste ${some}` : "Le temps est écoulé");
}
