// What others make of the same sheet, at a desk or on phones: the cells that nobody is changing here say it.

import { inOrder } from "../desk/request-queue.js";
import { askAgain } from "../live/asking-again.js";
import { cellsOf } from "./cells.js";
import { follow } from "./lines.js";

const EVERY_MS = 4000;
const ANSWER_MS = 15000;

/** Follow what the server says of the lines of `grid`. */
export function mountFollowing(grid) {
  askAgain(EVERY_MS, ANSWER_MS, address, (page) => take(grid, page));
  const undo = document.querySelector(".typed__undo");
  undo?.addEventListener("submit", (event) => {
    event.preventDefault();
    // After what a cell that was just left has to send: that is the last act then.
    inOrder(async () => undo.submit());
  });
}

function address() {
  const asked = new URL(location.href);
  asked.hash = "";
  asked.searchParams.set("marque", document.getElementById("contenu").dataset.mark);
  return asked.href;
}

function take(grid, page) {
  const { mark } = page.getElementById("contenu")?.dataset ?? {};
  if (!mark) return;
  const rows = [...page.querySelectorAll("[data-line]")].map(rowOf);
  if (isGone(grid, rows) && !grid.contains(document.activeElement)) return location.reload();
  const shown = rows.map((row) => follow(grid, row)).every(Boolean);
  // What stands under somebody’s finger is asked for again once they have left it.
  if (shown) document.getElementById("contenu").dataset.mark = mark;
}

// A line of the group’s own that somebody removed: its page is drawn anew, which finds again what is not saved.
function isGone(grid, rows) {
  const keys = new Set(rows.map(({ key }) => key));
  const here = [...grid.querySelectorAll("[data-line]")].map((line) => line.dataset.line);
  return here.some((key) => !key.startsWith("ligne-") && !keys.has(key));
}

function rowOf(line) {
  const row = { key: line.dataset.line, cells: {}, texts: [] };
  for (const field of cellsOf(line)) {
    const { cell, was } = field.dataset;
    if (cell !== "text") row.cells[cell] = was;
    else if (was) row.texts.push([field.closest("[data-text]").dataset.text, was]);
  }
  return row;
}
