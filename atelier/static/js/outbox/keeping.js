// What is said of a text that has not left yet, by whether this phone can keep it. Pure.

/** Return the words beside a text that waits; `kept`: a reload would find it again. */
export function waitingWords(kept) {
  return `En attente d’envoi. ${kept ? "Rien à refaire." : "Gardez cette page ouverte."}`;
}

/** Return what a lost connection means for what one writes. */
export function offlineWords(kept) {
  if (kept) return "Vos textes sont gardés sur ce téléphone et partiront tout seuls.";
  return "Ce téléphone ne peut pas garder vos textes\u00a0: sa mémoire est pleine, ou sa navigation privée l’en empêche. Ils partiront tout seuls tant que cette page reste ouverte\u00a0: gardez-la, sans la recharger.";
}

/** Return what is said besides of a text that was refused and that a reload would lose. */
export const NOT_KEPT =
  "Ce téléphone ne peut pas le garder\u00a0: copiez-le avant de fermer ou de recharger cette page.";
