// The page's title tells the moment first: tabs, the list of windows and screen readers begin with it.

let tail = "";
let moment = () => [];

/** Keep the title true; `parts()` gives what comes before the workshop's own part, empty ones left out. */
export function mountTitle(parts) {
  moment = parts;
  // The page comes with the phase in front.
  tail = document.title.split(" · ").slice(1).join(" · ");
  for (const name of ["changed", "outbox", "shown"]) document.addEventListener(`atelier:${name}`, tell);
  tell();
}

function tell() {
  const title = [...moment(), tail].filter(Boolean).join(" · ");
  if (document.title !== title) document.title = title;
}

/** Return the words of the first element that `selector` finds, "" when there is none. */
export function wordsOf(selector) {
  return (document.querySelector(selector)?.textContent || "").trim();
}
