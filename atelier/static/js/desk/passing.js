// Passing to the next phase is one press, unless phones hold acts or are out of reach: then they are named first.

import { showPanel } from "./panels.js";

/** Follow the buttons that open the next phase. */
export function mountPassing(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest('.now__next button[form^="desk-open-"]');
    if (!button || document.getElementById("desk-held").hidden) return;
    event.preventDefault();
    showPanel("suite");
  });
}
