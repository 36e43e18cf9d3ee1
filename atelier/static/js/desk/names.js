// A renamed group is renamed wherever the page says its name. A revised setup needs the page anew.

/** Follow the groups' names and the setup. */
export function mountNames(root) {
  const setup = document.body.dataset.setup;
  document.addEventListener("atelier:changed", () => {
    for (const named of root.querySelectorAll("[data-atelier-named]")) {
      for (const place of root.querySelectorAll(`[data-atelier-name="${named.dataset.atelierNamed}"]`)) {
        if (place.textContent !== named.textContent) place.textContent = named.textContent;
      }
    }
    if (document.body.dataset.setup !== setup) location.reload();
  });
}
