// A button that copies a text and says so.

import { copyText } from "../live/clipboard.js";

/** Return a button with these `words` that copies `text`. */
export function copyButton(text, words) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button button--quiet", textContent: words });
  button.addEventListener("click", async () => {
    if (await copyText(text)) button.textContent = "Copié";
  });
  return button;
}
