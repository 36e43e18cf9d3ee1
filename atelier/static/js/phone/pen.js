// « Une plume par table »: whether the cards can be placed from this phone, and whose turn it is.

import { phoneData } from "./data.js";

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
  document.body.dataset.pen = state;
  for (const placing of document.querySelectorAll("[data-placing]")) {
    if (placing.querySelector("[data-held]")) continue;
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
