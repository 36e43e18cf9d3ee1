// Copies a group's new name to every place that shows it. Reloads the page once the setup was revised.

import { setText } from "../live/set-text.js";
import { showToast } from "./toast.js";
import { hasUnsentText } from "./unsent-text.js";

const AGAIN_MS = 1000;
const WAITS =
  "Les réglages ont changé. Cette page se mettra à jour dès que votre texte sera parti et le panneau fermé.";

let appointment = null;

/** Follow the groups' names and the setup. */
export function mountGroupNames(root) {
  const setup = document.body.dataset.setup;
  document.addEventListener("atelier:changed", () => {
    for (const named of root.querySelectorAll("[data-atelier-named]")) {
      for (const place of root.querySelectorAll(`[data-atelier-name="${named.dataset.atelierNamed}"]`))
        rename(place, named.textContent);
    }
    if (document.body.dataset.setup !== setup && !appointment) reload(root);
  });
}

// Where the room may not do for the whole of it, the pointer gets it.
function rename(place, name) {
  setText(place, name);
  const button = place.closest("button[title]");
  if (button) button.title = name;
}

function reload(root) {
  if (!hasUnsentText(root)) return location.reload();
  if (!appointment) showToast(root, WAITS);
  appointment = setTimeout(reload, AGAIN_MS, root);
}
