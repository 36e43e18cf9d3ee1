// A queue of requests, so that they arrive in the order in which they were made: each leaves once the one before it is answered. One that
// hangs holds the others up for a moment only.

const TURN_MS = 3000;

let last = Promise.resolve();

/** Run `job`, which returns a promise, after those before it; return what it returns. */
export function inOrder(job) {
  const done = last.then(job);
  last = last.then(() => Promise.race([done.catch(() => undefined), pause(TURN_MS)]));
  return done;
}

function pause(ms) {
  return new Promise((go) => {
    setTimeout(go, ms);
  });
}
