// Larger letters on this phone, for who asks for them; kept in this browser.

import { recall, remember } from "./storage.js";

const MEMORY = "atelier:large";

/** Show what was chosen before, and follow the switch where there is one. */
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
