// Fits missions into a screen narrower than was reckoned with: a smaller size, then the oldest additions give way.

const SIZES = 4;

/** Keep the scene `[data-atelier-fit]` within its columns, whatever changes it: a message, the window, the fonts. */
export function mountFit(root) {
  const again = () => fitAll(root);
  // Numbers and people change no height: reading it would lay out the page once more for each of them.
  document.addEventListener("atelier:changed", (event) => event.detail.html && again());
  window.addEventListener("resize", again);
  document.fonts.ready.then(again);
  again();
}

function fitAll(root) {
  for (const scene of root.querySelectorAll("[data-atelier-fit]")) fit(scene);
}

function fit(scene) {
  const columns = Array.from(scene.querySelectorAll("section"));
  const full = () => columns.some((column) => column.scrollHeight > column.clientHeight + 1);
  for (const column of columns) keepFrom(column, 0);
  for (let size = Number(scene.dataset.atelierFit); size < SIZES; size += 1) {
    setSize(scene, size);
    if (!full()) return;
  }
  for (const column of columns) shorten(column);
}

function setSize(scene, size) {
  for (let n = 0; n < SIZES; n += 1) scene.classList.toggle(`remits--size-${n}`, n === size);
}

function shorten(column) {
  const added = column.querySelectorAll("[data-rank]").length;
  for (let hidden = 1; hidden <= added && column.scrollHeight > column.clientHeight + 1; hidden += 1) {
    keepFrom(column, hidden);
  }
}

/** Hide the `hidden` oldest additions of a column, and say how many are missing in all. */
function keepFrom(column, hidden) {
  const added = Array.from(column.querySelectorAll("[data-rank]"));
  added.sort((a, b) => Number(a.dataset.rank) - Number(b.dataset.rank));
  for (const [at, item] of added.entries()) item.toggleAttribute("hidden", at < hidden);
  const more = column.querySelector("[data-more]");
  const missing = Number(more.dataset.more) + hidden;
  more.toggleAttribute("hidden", missing === 0);
  more.textContent = `et ${missing} autre${missing > 1 ? "s" : ""}`;
}
