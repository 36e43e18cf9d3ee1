// Asks again to join, for a newcomer who was told to wait, when the time is over.

/** Send the waiting form once its time is over. */
export function mountRetry() {
  const form = document.querySelector("[data-atelier-turn]");
  if (!form) return;
  form.querySelector("[data-atelier-turn-told]").hidden = false;
  setTimeout(() => form.submit(), Number(form.dataset.atelierTurn));
}
