// What arrives within one frame is put on the screen in one go: the browser then lays the page out once.

const LATE_MS = 250;

let jobs = [];

/** Do `job` in the next frame, in order; at once on a page that nobody sees, where there are no frames. */
export function inFrame(job) {
  jobs.push(job);
  if (document.hidden) return work();
  if (jobs.length > 1) return undefined;
  window.requestAnimationFrame(work);
  // A window behind another one may say that it is seen and get no frames.
  setTimeout(work, LATE_MS);
  return undefined;
}

function work() {
  const now = jobs;
  jobs = [];
  for (const job of now) attempt(job);
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

document.addEventListener("visibilitychange", () => document.hidden && work());
