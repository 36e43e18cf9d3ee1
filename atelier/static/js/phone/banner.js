// One question across the bottom of the page: somebody was in the middle of something when the room went on.

let answer = null;

/** Make the button answer. */
export function mountBanner() {
  document.querySelector("[data-banner-go]").addEventListener("click", () => answer?.());
}

/** Ask; `go` is what a press on « Y aller » does. */
export function askFirst(text, go) {
  const banner = document.querySelector("[data-atelier-banner]");
  answer = go;
  banner.querySelector("[data-banner-text]").textContent = text;
  banner.hidden = false;
}

/** Ask no more. */
export function unask() {
  document.querySelector("[data-atelier-banner]").hidden = true;
}
