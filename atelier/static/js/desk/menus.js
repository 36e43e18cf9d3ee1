// A menu that is open closes once something was chosen in it, or anything outside it was pressed; Escape closes it too.

/** Close the menus `data-atelier-menu` below `root`. */
export function mountMenus(root) {
  root.addEventListener("click", (event) => {
    for (const menu of root.querySelectorAll("[data-atelier-menu][open]")) {
      if (!menu.contains(event.target) || event.target.closest("button")) menu.open = false;
    }
  });
  root.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && root.querySelector("[data-atelier-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
