// What is typed and not saved yet, in this browser’s storage: a reload, a crash finds it again.

import { recall, remember } from "../live/storage.js";
import { addTextCell, cellsOf, isChanged, textCell } from "./cells.js";

/** Put back what this browser kept of `grid`; return a function that keeps what is not saved now, and tells whether it is. */
export function mountKept(grid) {
  const { code, group } = document.body.dataset;
  const place = `atelier:saisie:${code}:${group}`;
  const lines = () => [...grid.querySelectorAll("[data-line]")];
  for (const typed of JSON.parse(recall("localStorage", place) || "[]")) putBack(lines(), typed);
  return () => {
    const unsaved = lines().map(typedIn).filter(Boolean);
    return remember("localStorage", place, unsaved.length ? JSON.stringify(unsaved) : "");
  };
}

function typedIn(line) {
  const changed = cellsOf(line).filter(isChanged);
  if (!changed.length) return null;
  const cells = changed.map((field) => [
    field.dataset.cell,
    field.closest("[data-text]")?.dataset.text || "",
    field.value,
  ]);
  return { key: line.dataset.line, cells };
}

function putBack(lines, { key, cells }) {
  const unfilled = (line) => line.dataset.line.startsWith("ligne-") && !cellsOf(line)[0].value;
  const line = lines.find((each) => each.dataset.line === key) || lines.find(unfilled);
  if (!line) return;
  if (unfilled(line)) line.dataset.line = key;
  for (const [cell, id, text] of cells) {
    const field = id ? textCell(line, id) || cellFor(line, id) : line.querySelector(`[data-cell=${cell}]`);
    if (field) field.value = text;
  }
}

// In the empty cell at the end, under the id by which its text may have been sent already.
function cellFor(line, id) {
  const cells = cellsOf(line);
  const last = cells[cells.length - 1];
  last.closest("[data-text]").dataset.text = id;
  addTextCell(line);
  return last;
}
