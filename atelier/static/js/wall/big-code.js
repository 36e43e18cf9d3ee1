// Shows the QR code over any scene for some seconds, as the server said: until when is the room's affair, not this page's.

let timer = 0;

/** Show `#wall-big-code` for what remains, at once and whenever it is drawn anew. */
export function mountBigCode() {
  document.addEventListener("atelier:changed", (event) => event.detail.html && show());
  show();
}

function show() {
  const code = document.getElementById("wall-big-code");
  const left = Number(code.dataset.left);
  if (!left || code.dataset.seen) return;
  code.dataset.seen = "yes";
  code.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => (code.hidden = true), left);
}
