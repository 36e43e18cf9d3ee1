// Runs long work as several short tasks, so that input is handled between them.

/** Run `jobs` one after the other, each in a task of its own. */
export function runAsTasks(jobs) {
  if (!jobs.length) return;
  setTimeout(() => {
    jobs[0]();
    runAsTasks(jobs.slice(1));
  });
}
