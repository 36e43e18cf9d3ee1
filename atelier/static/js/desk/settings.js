// Preferences kept in this browser only: shortcuts, sound, a screen that stays on.

import { recall, remember } from "../live/storage.js";

const PREFIX = "atelier.desk.";

/** Follow the checkboxes `data-atelier-setting` below `root`. */
export function mountSettings(root) {
  for (const box of root.querySelectorAll("[data-atelier-setting]")) {
    const kept = recall("localStorage", PREFIX + box.dataset.atelierSetting);
    if (kept) box.checked = kept === "on";
    box.addEventListener("change", () => {
      remember("localStorage", PREFIX + box.dataset.atelierSetting, box.checked ? "on" : "off");
      const detail = { name: box.dataset.atelierSetting, on: box.checked };
      document.dispatchEvent(new CustomEvent("atelier:setting", { detail }));
    });
    // Chosen on the projected screen of this browser: no act of the desk.
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key === PREFIX + box.dataset.atelierSetting) box.checked = newValue === "on";
    });
  }
}

/** Tell whether the setting `name` is on. */
export function isOn(name) {
  const box = document.querySelector(`[data-atelier-setting="${name}"]`);
  return Boolean(box?.checked);
}
