// Batches changes into one animation frame, so that the browser lays the page out once. A phone that is
// slow to draw is given more at a time, less often: most of its time is for the finger that pulls or types meanwhile.

const LATE_MS = 250;
/** Between two drawings, so many times what the last one took. */
const REST = 3;
const LONGEST_REST_MS = 200;

/** What is drawn between a finger's down and up takes the button from under it, and the press is lost: it waits. */
const PRESS_MS = 600;
/** From the finger's up to the click that it makes. */
const CLICK_MS = 50;

let jobs = [];
let free = 0;
let pressedUntil = 0;

/** Run `job` after the next frame, in order; at once on a page that nobody sees, where there are no frames. */
export function batchInFrame(job) {
  jobs.push(job);
  if (document.hidden) return work();
  if (jobs.length > 1) return undefined;
  const rest = free - performance.now();
  if (rest > 0) setTimeout(ask, rest);
  else ask();
  return undefined;
}

// Drawn between two frames, what is heard and what it looks like are two short tasks rather than a long one.
function ask() {
  window.requestAnimationFrame(() => setTimeout(work));
  // A window behind another one may say that it is seen and get no frames.
  setTimeout(work, LATE_MS);
}

function work() {
  if (!jobs.length) return;
  const start = performance.now();
  if (start < pressedUntil && !document.hidden) return void setTimeout(work, pressedUntil - start);
  const now = jobs;
  jobs = [];
  for (const job of now) attempt(job);
  const end = performance.now();
  free = end + Math.min(REST * (end - start), LONGEST_REST_MS);
}

// One that fails does not keep the others from the screen; the console hears of it all the same.
function attempt(job) {
  try {
    job();
  } catch (problem) {
    setTimeout(() => {
      throw problem;
    });
  }
}

function pressed({ type, target }) {
  if (type !== "pointerdown") pressedUntil = performance.now() + CLICK_MS;
  else if (target.closest?.("button, a, label, summary")) pressedUntil = performance.now() + PRESS_MS;
  if (jobs.length) setTimeout(work, CLICK_MS);
}

for (const name of ["pointerdown", "pointerup", "pointercancel"])
  document.addEventListener(name, pressed, { capture: true, passive: true });
document.addEventListener("visibilitychange", () => document.hidden && work());
