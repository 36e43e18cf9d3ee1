// Shows what to say now one sentence at a time. The whole script is in the panel of its phase.

/** Turn the sentences below `root`; a phase starts with its first one. */
export function mountSentences(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-atelier-turn]");
    if (button) turn(button.closest("[data-atelier-say]"), Number(button.dataset.atelierTurn));
  });
}

/** Go to the sentence after the one that is shown, or before it (`by` -1). */
export function turnSentence(by) {
  turn(document.querySelector("[data-atelier-say]:not([hidden])"), by);
}

function turn(say, by) {
  const sentences = [...say.querySelectorAll("li")];
  const from = sentences.findIndex((each) => !each.hidden);
  const at = (from + by + sentences.length) % sentences.length;
  for (const [n, each] of sentences.entries()) each.hidden = n !== at;
  say.querySelector("[data-atelier-turned]").textContent = `${at + 1}`;
}
