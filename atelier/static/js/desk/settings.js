// What this computer prefers: shortcuts, sound, a screen that stays on. Kept in this browser only.

const PREFIX = "atelier.desk.";

/** Follow the checkboxes `data-atelier-setting` below `root`. */
export function mountSettings(root) {
  for (const box of root.querySelectorAll("[data-atelier-setting]")) {
    const kept = read(box.dataset.atelierSetting);
    if (kept) box.checked = kept === "on";
    box.addEventListener("change", () => {
      keep(box.dataset.atelierSetting, box.checked ? "on" : "off");
      const detail = { name: box.dataset.atelierSetting, on: box.checked };
      document.dispatchEvent(new CustomEvent("atelier:setting", { detail }));
    });
  }
}

/** Tell whether the setting `name` is on. */
export function isOn(name) {
  const box = document.querySelector(`[data-atelier-setting="${name}"]`);
  return Boolean(box?.checked);
}

function read(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // a browser that keeps nothing: the choice holds for this page
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // as above
  }
}
