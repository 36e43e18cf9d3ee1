// Hides the pointer of a projected screen after three seconds of rest: it draws every eye.

const REST_MS = 3000;

/** Set `data-idle` on `root` while the pointer rests. */
export function mountIdlePointer(root) {
  let timer = setTimeout(rest, REST_MS);

  function rest() {
    root.toggleAttribute("data-idle", true);
  }

  root.addEventListener("pointermove", () => {
    root.removeAttribute("data-idle");
    clearTimeout(timer);
    timer = setTimeout(rest, REST_MS);
  });
}
