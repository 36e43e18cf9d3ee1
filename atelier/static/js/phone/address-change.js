// Offers, after some seconds without a connection, to go to the laptop's new address with seat and texts.

import { preserveView } from "../live/preserve-view.js";
import { newOp } from "../live/operation-id.js";
import { outboxNow } from "../outbox/outbox.js";
import { entryOf } from "../outbox/queue.js";
import { carryOverLink, originOf } from "../outbox/carry-over.js";

const PATIENCE_MS = 8000;
const WRITING = "textarea, input:not([type=radio]):not([type=range])";
const BEGUN = "Vous aviez commencé ce texte quand vous avez changé d’adresse. Envoyez-le s’il est prêt.";

let appointment = null;

/** Follow the connection. */
export function mountAddressChange() {
  const hint = document.querySelector("[data-atelier-moved]");
  if (!hint) return;
  const panel = document.querySelector("[data-atelier-move]");
  document.addEventListener("atelier:connection", (event) => {
    clearTimeout(appointment);
    if (event.detail.state === "live") hint.hidden = true;
    else appointment = setTimeout(() => show(hint), PATIENCE_MS);
  });
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    go(panel, event.target.elements.address);
  });
  foldAway(panel.closest("details"));
}

// A small screen with its keyboard open has no room for both: whoever writes elsewhere goes on writing.
function foldAway(fold) {
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(WRITING) && !fold.contains(target)) fold.open = false;
  });
}

function show(hint) {
  if (document.activeElement?.matches(WRITING))
    return document.activeElement.addEventListener("blur", () => lost() && show(hint), { once: true });
  preserveView(() => {
    hint.hidden = false;
  });
}

function lost() {
  return document.body.dataset.connection !== "live";
}

// What is typed and not sent yet comes along too, to be looked at again over there.
function begun() {
  const fields = [...document.querySelectorAll("form[data-act] [data-draft]")];
  return fields.filter((field) => field.value.trim()).map(begunIn);
}

function begunIn(field) {
  const { command, op, back, ...fields } = Object.fromEntries(new FormData(field.form));
  const entry = entryOf(newOp(), command, fields, Date.now());
  return { ...entry, state: "refused", message: BEGUN, code: "begun" };
}

function go(panel, field) {
  const origin = originOf(field.value, location.protocol.replace(":", ""));
  const { code, rejoin } = document.body.dataset;
  const { waiting, refused, handedIn } = outboxNow();
  const link =
    origin && carryOverLink(origin, code, rejoin, [...waiting, ...refused, ...handedIn, ...begun()]);
  const problem = !origin
    ? "Recopiez l’adresse telle qu’elle est à l’écran, par exemple 192.168.43.1:8000."
    : "Trop de textes en attente pour les emporter. Gardez cette page ouverte et rejoignez depuis un autre onglet.";
  panel.querySelector("[data-moved-problem]").textContent = link ? "" : problem;
  if (link) location.href = link;
}
