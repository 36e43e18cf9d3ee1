// Rotates the highlighted initiatives in the footer. A redrawn footer goes on with the one that was being read.

const TURN_MS = 12000;

let current = "";

/** Turn the items of every `[data-atelier-rotate]` below `root`. */
export function mountRotation(root) {
  const turn = () => eachList(root, (items) => show(items, next(items)));
  setInterval(turn, TURN_MS);
  document.addEventListener("atelier:changed", () => eachList(root, (items) => show(items, kept(items))));
  eachList(root, (items) => show(items, 0));
}

function eachList(root, act) {
  for (const list of root.querySelectorAll("[data-atelier-rotate]")) act(Array.from(list.children));
}

function kept(items) {
  return Math.max(
    0,
    items.findIndex((item) => item.dataset.initiative === current),
  );
}

function next(items) {
  return (kept(items) + 1) % items.length;
}

function show(items, index) {
  for (const [at, item] of Array.from(items).entries()) item.toggleAttribute("data-shown", at === index);
  current = items[index]?.dataset.initiative ?? "";
}
