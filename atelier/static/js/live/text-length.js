// Says by how much a text is too long. It is never cut: who pasted it finds all of it, and shortens it.

/** Return the words for `field`, whose limit is in `data-limit`; "" while it fits. */
export function lengthWords(field) {
  const over = [...field.value.normalize("NFC").trim()].length - Number(field.dataset.limit);
  const s = over > 1 ? "s" : "";
  return over > 0
    ? `${over}\u00a0caractère${s} de trop\u00a0: rien n’est coupé, raccourcissez avant d’envoyer.`
    : "";
}
