// « Une plume par table »: whether the cards can be placed from this phone, and whose turn it is.

import { phoneData } from "./data.js";

let shown = "enabled";

const CONTROLS = ".step__input, .handle, .placing__tools button";

/** Follow the pen of this table. */
export function mountPen() {
  document.addEventListener("atelier:changed", follow);
  // An arm that was held is let go: whoever lost the pen meanwhile places no more.
  document.addEventListener("atelier:outbox", follow);
  follow();
}

function follow() {
  const state = penNow();
  if (document.body.dataset.pen !== state) document.body.dataset.pen = state;
  const held = document.querySelector("[data-placing] [data-held]")?.closest("[data-placing]");
  const look = state === "other" ? "disabled" : "enabled";
  if (shown === look) return;
  // The card in somebody's hand has its turn when it is let go.
  shown = held ? "" : look;
  for (const placing of document.querySelectorAll("[data-placing]")) {
    if (placing === held) continue;
    for (const control of placing.querySelectorAll(CONTROLS)) control.disabled = state === "other";
  }
}

function penNow() {
  const { me, participant } = phoneData();
  const holder = document.querySelector("[data-pen-of]").dataset.penOf;
  if (!holder || !participant) return "";
  if (holder === "free") return "free";
  return holder === me ? "mine" : "other";
}
