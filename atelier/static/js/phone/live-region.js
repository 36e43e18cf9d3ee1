// One polite live region, empty at load; what is said in a burst is said once, at most every ten seconds.

const PAUSE_MS = 10000;

let spoken = -PAUSE_MS;
let timer = null;
let moments = [];
let latest = "";

/** Announce `text` to screen readers; a later sentence takes its place. */
export function announce(text) {
  latest = text;
  soon();
}

/** Announce `text` to screen readers; no later sentence takes its place. */
export function announceOnce(text) {
  moments = [...moments, text];
  soon();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(speak, Math.max(100, PAUSE_MS - (performance.now() - spoken)));
}

function speak() {
  spoken = performance.now();
  const region = document.querySelector("[data-atelier-say]");
  if (region) region.textContent = [...moments, latest].filter(Boolean).join(" ");
  moments = [];
  latest = "";
}
