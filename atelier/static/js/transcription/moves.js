// From cell to cell as in a table: Enter to the next one, arrows to the one above, below and beside.

import { addTextCell, cellsOf } from "./cells.js";

/** Follow the keys below `grid`. */
export function mountMoves(grid) {
  grid.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-cell]");
    if (!field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
      return;
    const there = destination(field, event.key);
    if (!there) return;
    event.preventDefault();
    there.focus();
    if (there.dataset.cell !== "text") there.select();
  });
  grid.addEventListener("focusin", ({ target }) => target.matches("input[data-cell]") && target.select());
}

function destination(field, key) {
  if (key === "Enter") return entered(field);
  if (key === "ArrowDown" || key === "ArrowUp") return vertical(field, key === "ArrowDown" ? 1 : -1);
  if (key === "ArrowRight" || key === "ArrowLeft") return beside(field, key === "ArrowRight" ? 1 : -1);
  return null;
}

function entered(field) {
  const line = field.closest("[data-line]");
  const cells = cellsOf(line);
  if (field.dataset.cell === "cn") return cells[cells.length - 1];
  if (field.dataset.cell !== "text") return cells[cells.indexOf(field) + 1];
  if (!field.value.trim()) return firstOf(neighbour(line, 1)) || field;
  return cells[cells.indexOf(field) + 1] || addTextCell(line);
}

// The first cell that waits: the name of a line that has one is left alone.
function firstOf(line) {
  if (!line) return null;
  const [first, second] = cellsOf(line);
  return first.dataset.cell === "label" && first.value ? second : first;
}

function vertical(field, step) {
  if (!atEdge(field, step) && field.dataset.cell === "text") return null;
  const line = field.closest("[data-line]");
  const cells = cellsOf(line);
  const near = cells[cells.indexOf(field) + step];
  if (field.dataset.cell === "text" && near?.dataset.cell === "text") return near;
  for (let other = neighbour(line, step); other; other = neighbour(other, step)) {
    const same = cellsOf(other).filter((each) => each.dataset.cell === field.dataset.cell);
    if (same.length) return same[step > 0 ? 0 : same.length - 1];
  }
  return null;
}

function beside(field, step) {
  if (!atEdge(field, step)) return null;
  const cells = cellsOf(field.closest("[data-line]"));
  return cells[cells.indexOf(field) + step] || null;
}

function atEdge(field, step) {
  const { selectionStart, selectionEnd, value } = field;
  if (field.dataset.cell !== "text" && selectionEnd - selectionStart === value.length) return true;
  return selectionStart === selectionEnd && selectionStart === (step > 0 ? value.length : 0);
}

function neighbour(line, step) {
  return step > 0 ? line.nextElementSibling : line.previousElementSibling;
}
