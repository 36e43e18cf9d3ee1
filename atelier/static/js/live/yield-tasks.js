// Work that can be done in parts is: between two of them a finger is heard.

/** Do `jobs` one after the other, each in a task of its own. */
export function runAsTasks(jobs) {
  if (!jobs.length) return;
  setTimeout(() => {
    jobs[0]();
    runAsTasks(jobs.slice(1));
  });
}
