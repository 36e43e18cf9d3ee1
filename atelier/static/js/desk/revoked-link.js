// Disables a desk whose link is no longer accepted, and says so; what was typed can still be copied.

const WRITTEN = "textarea, input[type=text], input:not([type])";

/** Follow what the server says of this desk's link. */
export function mountRevokedLink(root) {
  document.addEventListener("atelier:expelled", () => end(root));
}

function end(root) {
  root.dataset.connection = "ended";
  for (const panel of root.querySelectorAll("dialog[open]")) panel.close();
  for (const control of root.querySelectorAll("button, input, select, textarea")) {
    if (control.matches(WRITTEN)) control.readOnly = true;
    else control.disabled = true;
  }
  // The keyboard's shortcuts submit forms by themselves.
  root.addEventListener("submit", stop, true);
  root.querySelector("[data-atelier-lost]").hidden = true;
  root.querySelector("[data-atelier-ended]").hidden = false;
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
