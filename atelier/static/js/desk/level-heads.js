// Gives the names of all groups the height of the tallest, so that charts stand level and no name is cut.

/** Level the heads of the groups' cards below `root`, whenever names or the room for them change. */
export function mountLevelHeads(root) {
  const cards = root.querySelector(".groups__cards");
  const level = () => {
    const heights = Array.from(cards.querySelectorAll(".group__name"), (name) => name.offsetHeight);
    cards.style.setProperty("--head", `${Math.max(...heights)}px`);
  };
  new ResizeObserver(level).observe(cards);
  document.addEventListener("atelier:changed", (event) => event.detail.html && level());
}
