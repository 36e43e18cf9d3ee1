// htmx, where it swaps: on desk and wall.

import "../../vendor/htmx-2.0.11.min.js";

/** What htmx marks as swapped: on the body, each mark would have the whole page looked at again. */
const NOBODY = document.createElement("div");

/** Have htmx put each of `roots` where it says that it goes. */
export function swapByHtmx(roots) {
  const html = roots.map((root) => root.outerHTML).join("");
  window.htmx.swap(NOBODY, html, { swapStyle: "none", settleDelay: 0 });
}
