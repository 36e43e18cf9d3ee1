// Hides an offer to undo (a phase, a removal) when its time is over.

/** Follow the offers that last for a while, `data-left` milliseconds from when they were drawn. */
export function mountExpiringOffers(root) {
  document.addEventListener("atelier:changed", () => arm(root));
  arm(root);
}

function arm(root) {
  for (const offer of root.querySelectorAll("[data-left]:not([data-armed])")) {
    offer.dataset.armed = "yes";
    setTimeout(() => end(offer), Number(offer.dataset.left));
  }
}

function end(offer) {
  offer.hidden = true;
  const list = offer.closest("section.removals");
  if (list && !list.querySelector("li:not([hidden])")) list.hidden = true;
}
