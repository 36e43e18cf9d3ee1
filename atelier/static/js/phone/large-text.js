// Larger letters on this phone, for who asks for them; kept in this browser.

import { recall, remember } from "../live/storage.js";

const MEMORY = "atelier:large";

/** Follow the switch, and show what was chosen before. */
export function mountLargeText() {
  const box = document.querySelector("[data-atelier-large]");
  const show = (on) => document.documentElement.classList.toggle("large", on);
  show(recall("localStorage", MEMORY) === "on");
  if (!box) return;
  box.checked = document.documentElement.classList.contains("large");
  box.addEventListener("change", () => {
    show(box.checked);
    remember("localStorage", MEMORY, box.checked ? "on" : "");
  });
}
