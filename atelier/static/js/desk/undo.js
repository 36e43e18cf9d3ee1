// « Annuler ce changement » goes away by itself when its minute is over.

let timer = 0;

/** Follow the offer to take back the opening of a phase. */
export function mountUndo(root) {
  document.addEventListener("atelier:changed", () => arm(root));
  arm(root);
}

function arm(root) {
  const offer = root.querySelector("#desk-undo");
  if (offer.dataset.armed) return;
  clearTimeout(timer);
  offer.dataset.armed = "yes";
  timer = setTimeout(() => (offer.hidden = true), Number(offer.dataset.left));
}
