// « Déplacer vers… »: what can be chosen is in the page once, and comes into the row that is unfolded. Written out for every
// person of a plenary, it would weigh more than a megabyte.

/** Fill each `[data-atelier-choices]` of `root` when it opens, also when a redraw opens it again. */
export function mountChoices(root) {
  root.addEventListener("toggle", (event) => fill(event.target), true);
}

function fill(fold) {
  const { atelierChoices: choices, value } = fold.dataset;
  if (!choices || !fold.open || fold.querySelector("button")) return;
  for (const choice of document.getElementById(choices).children) fold.append(choice.cloneNode(true));
  for (const button of fold.querySelectorAll("button")) button.value = value;
}
