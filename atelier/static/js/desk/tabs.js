// Parts of the desk: on a narrow screen one at a time, wider either the moment or the groups. Without this script it shows all.

/** Make the links `data-atelier-tab` choose the part that is shown. */
export function mountTabs(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-atelier-tab]");
    if (!link) return;
    event.preventDefault();
    showPart(root, link.dataset.atelierTab);
  });
  const wanted = location.hash.slice(1);
  showPart(root, root.querySelector(`[data-atelier-tab="${CSS.escape(wanted)}"]`) ? wanted : "deroule");
}

/** Show the part `name` from its top. */
export function showPart(root, name) {
  document.body.dataset.shown = name;
  for (const link of root.querySelectorAll("[data-atelier-tab]")) {
    if (link.dataset.atelierTab === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  window.scrollTo(0, 0);
}
