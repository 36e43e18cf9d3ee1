// Work that can be done in parts is: between two of them a finger is heard.

/** Do `jobs` one after the other, each in a task of its own. */
export function inTurn(jobs) {
  if (!jobs.length) return;
  setTimeout(() => {
    jobs[0]();
    inTurn(jobs.slice(1));
  });
}
