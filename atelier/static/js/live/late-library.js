// Fetches the socket’s client after the page: a participant reads and writes before, and what they write leaves by POST.

/** A page that is never quite loaded does not wait longer (ms). */
const LOADED_MS = 3000;
const RETRY_MS = 2000;

/** Call `ready(io)` once the socket’s client is there. What failed is asked for again, until it comes. */
export function lateLibrary(ready) {
  const start = once(() => load(ready));
  if (document.readyState === "complete") start();
  window.addEventListener("load", start);
  setTimeout(start, LOADED_MS);
}

function load(ready) {
  const { later } = document.querySelector("script[data-later]").dataset;
  const code = Object.assign(document.createElement("script"), { src: later });
  code.addEventListener("load", () => ready(window.io));
  code.addEventListener("error", () => {
    code.remove();
    setTimeout(load, RETRY_MS * (0.5 + Math.random()), ready);
  });
  document.head.append(code);
}

function once(act) {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
