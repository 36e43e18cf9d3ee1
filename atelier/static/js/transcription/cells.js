// The cells of a line: what each is called, what changed in it, and one more for another initiative.

import { newOp } from "../live/operation-id.js";

/** Return the fields of a line, in the order in which one types. */
export function cellsOf(line) {
  return [...line.querySelectorAll("[data-cell]")];
}

/** Return the name by which the server knows a cell; that of a line changes once it has words of its own. */
export function nameOf(field) {
  const key = field.closest("[data-line]").dataset.line;
  const id = field.closest("[data-text]")?.dataset.text;
  return id ? `text.${key}.${id}` : `${field.dataset.cell}.${key}`;
}

/** Tell whether a cell says something else than the server knows. */
export function isChanged(field) {
  return field.value.trim() !== field.dataset.was.trim();
}

/** Return the cell of a line that holds the initiative `id`; undefined when none does. */
export function textCell(line, id) {
  return cellsOf(line).find((field) => field.closest("[data-text]")?.dataset.text === id);
}

/** Add an empty cell for another initiative at the end of a line, or one that holds `id`; return it. */
export function addTextCell(line, id = newOp(), words = "") {
  const list = line.querySelector(".line__texts");
  const item = list.lastElementChild.cloneNode(true);
  item.dataset.text = id;
  const field = item.querySelector("[data-cell]");
  for (const old of item.querySelectorAll("input[type=hidden], .field__error")) old.remove();
  field.id = `typed-${id}`;
  item.querySelector("label").htmlFor = field.id;
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
  field.value = words;
  field.dataset.was = words;
  if (words) list.insertBefore(item, list.lastElementChild);
  else list.append(item);
  fit(field);
  return field;
}

/** Make a field as high as its text. */
export function fit(field) {
  if (field.dataset.cell !== "text") return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
