// Keeps this screen on while the clock runs, where the browser can (https or this very machine).

import { isOn } from "./settings.js";

let lock = null;

/** Hold or let go of the screen as the clock and the setting say. */
export function mountWakeLock(root) {
  const box = root.querySelector('[data-atelier-setting="awake"]');
  if (!navigator.wakeLock) {
    box.disabled = true;
    box.checked = false;
    box.parentElement.append(" (ce navigateur ne le permet pas ici)");
    return;
  }
  for (const name of ["atelier:clock", "atelier:setting", "visibilitychange"])
    document.addEventListener(name, hold);
}

async function hold() {
  const wanted = isOn("awake") && ["running", "over"].includes(document.body.dataset.clockStatus);
  if (!wanted && lock) {
    lock.release();
    lock = null;
  }
  if (!wanted || document.visibilityState !== "visible" || (lock && !lock.released)) return;
  lock = await navigator.wakeLock.request("screen").catch(() => null);
}
