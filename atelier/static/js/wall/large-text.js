// Larger letters on this screen, for a deep room: asked for by the key « G » here, or at a desk in this browser. Kept in it.

import { recall, remember } from "../live/storage.js";

const MEMORY = "atelier.desk.large-wall"; // as js/desk/settings.js keeps it

/** Show what was chosen, and follow the key and the desk. */
export function mountLargeText() {
  const isOn = () => recall("localStorage", MEMORY) === "on";
  const show = (on) => {
    document.documentElement.classList.toggle("large", on);
    window.dispatchEvent(new Event("resize")); // pages are cut anew
  };
  if (isOn()) show(true);
  window.addEventListener("storage", ({ key }) => key === MEMORY && show(isOn()));
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "g" || event.ctrlKey || event.metaKey || event.altKey) return;
    const on = !document.documentElement.classList.contains("large");
    remember("localStorage", MEMORY, on ? "on" : "off");
    show(on);
  });
}
