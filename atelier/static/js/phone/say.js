// One polite live region, empty at load; what is said in a burst is said once, at most every ten seconds.

const PAUSE_MS = 10000;

let spoken = -PAUSE_MS;
let timer = null;

/** Tell those who listen rather than look. The latest sentence wins. */
export function say(text) {
  clearTimeout(timer);
  const left = PAUSE_MS - (performance.now() - spoken);
  timer = setTimeout(() => speak(text), Math.max(100, left));
}

function speak(text) {
  spoken = performance.now();
  const region = document.querySelector("[data-atelier-say]");
  if (region) region.textContent = text;
}
