// What can be taken back goes away by itself when its minute is over: a phase, a removal, the news of a crowd.

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
