// Keeps the projected screen on for as long as it is seen; says so where the browser will not.

const SAID_MS = 30_000;

let lock = null;

/** Hold the screen while this page is visible. A miniature on the desk holds nothing. */
export function mountWakeLock(root) {
  if (window.top !== window) return;
  const hold = async () => {
    if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
    lock = navigator.wakeLock ? await navigator.wakeLock.request("screen").catch(() => null) : null;
    root.dataset.awake = lock ? "held" : "refused";
    if (!lock) setTimeout(() => delete root.dataset.awake, SAID_MS);
  };
  document.addEventListener("visibilitychange", hold);
  hold();
}
