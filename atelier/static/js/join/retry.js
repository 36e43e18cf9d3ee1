// A newcomer of a large crowd: the page asks again by itself when their turn has come.

/** Send the waiting form once its time is over. */
export function mountRetry() {
  const form = document.querySelector("[data-atelier-turn]");
  if (!form) return;
  form.querySelector("[data-atelier-turn-told]").hidden = false;
  setTimeout(() => form.submit(), Number(form.dataset.atelierTurn));
}
