// « ? » opens and closes how the words of the synthesis are chosen, wherever the wall shows them.

/** Let the key « ? » do what a press on the words does; Escape closes. */
export function mountHow(root) {
  root.addEventListener("keydown", ({ key }) => {
    const how = root.querySelector("[data-atelier-how]");
    if (how && (key === "?" || key === "Escape")) how.open = key === "?" && !how.open;
  });
}
