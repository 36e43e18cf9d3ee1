// A pointer left on a projected screen draws every eye: it disappears after three seconds of rest.

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
