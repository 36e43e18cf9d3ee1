// « En attente d’envoi » beside what has not left the phone: in the page’s own words, for those who see no style sheet.

/** Say so at the end of `place`, or no longer. */
export function markSending(place, sending) {
  const said = place.querySelector(":scope > .sending");
  if (sending === Boolean(said)) return;
  if (said) return said.remove();
  const words = document.createElement("span");
  words.className = "sending";
  words.textContent = "En attente d’envoi";
  place.append(" ", words);
}
