// One question across the bottom of the page: somebody was in the middle of something when the room went on.

let answer = null;
let otherwise = null;

/** Listen to the banner's buttons. */
export function mountBanner() {
  document.querySelector("[data-banner-go]").addEventListener("click", () => answer?.());
  document.querySelector("[data-banner-other]").addEventListener("click", () => otherwise?.());
}

/** Ask; `go` is what a press on « Y aller » does, `other` what « Voir la suite » does where it is offered. */
export function askFirst(text, go, other = null) {
  const banner = document.querySelector("[data-atelier-banner]");
  answer = go;
  otherwise = other;
  banner.querySelector("[data-banner-text]").textContent = text;
  banner.querySelector("[data-banner-other]").hidden = !other;
  banner.hidden = false;
}

/** Hide the question. */
export function unask() {
  document.querySelector("[data-atelier-banner]").hidden = true;
}
