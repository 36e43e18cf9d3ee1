// Tabs of the desk on a narrow screen: one part at a time. Wider, and without this script, it shows all.

/** Make the links of the remote choose the part that is shown. */
export function mountTabs(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-atelier-tab]");
    if (!link) return;
    event.preventDefault();
    choose(root, link.dataset.atelierTab);
    window.scrollTo(0, 0);
  });
  const wanted = location.hash.slice(1);
  choose(root, root.querySelector(`[data-atelier-tab="${CSS.escape(wanted)}"]`) ? wanted : "deroule");
}

function choose(root, name) {
  document.body.dataset.shown = name;
  for (const link of root.querySelectorAll("[data-atelier-tab]")) {
    if (link.dataset.atelierTab === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
