// Each line is kept in this browser with every key, and sent when a cell is left; what the server says stands in its cells.

import { inOrder } from "../desk/request-queue.js";
import { fetchJson } from "../live/fetch-json.js";
import { addTextCell, cellsOf, fit, isChanged, nameOf, textCell } from "./cells.js";
import { mountKept } from "./kept.js";

/** The server itself gives up waiting for its disk after 20 s. */
const ANSWER_MS = 25000;
const AGAIN_MS = 3000;
const NO_ANSWER = "L’ordinateur qui anime ne répond pas\u00a0: gardé dans ce navigateur, l’envoi recommence.";

const busy = new WeakSet();
const left = new WeakSet();
let keep = () => undefined;

/** Follow the lines of `grid`. */
export function mountLines(grid) {
  document.documentElement.dataset.scripts = "";
  for (const each of document.querySelectorAll("[data-atelier-form]")) each.hidden = true;
  for (const each of document.querySelectorAll("[data-atelier-keys]")) each.hidden = false;
  keep = mountKept(grid);
  const fitAll = () => {
    for (const field of grid.querySelectorAll("[data-cell]")) fit(field);
  };
  fitAll();
  addEventListener("resize", fitAll);
  for (const line of linesOf(grid)) leave(line);
  grid.addEventListener("input", ({ target }) => {
    left.delete(target);
    fit(target);
    say(
      target.closest("[data-line]"),
      keep() ? "Gardé dans ce navigateur…" : "Pas encore enregistré…",
      "waiting",
    );
  });
  grid.addEventListener("change", ({ target }) => leave(target.closest("[data-line]"), [target]));
  grid.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const line of linesOf(grid)) leave(line);
  });
}

/** Show what others made of a line, but in cells that are being changed here; tell whether all of it is shown. */
export function follow(grid, row) {
  const lines = linesOf(grid);
  const free = (line) => line.dataset.line.startsWith("ligne-") && !cellsOf(line).some(isChanged);
  const line =
    lines.find((each) => each.dataset.line === row.key) ||
    (row.key.startsWith("ligne-") ? null : lines.find(free));
  if (!line) return true;
  if (busy.has(line)) return false;
  line.dataset.line = row.key;
  const touched = cellsOf(line).filter((field) => field === document.activeElement || isChanged(field));
  for (const field of cellsOf(line)) {
    if (!touched.includes(field)) known(field, field.value, row);
  }
  showTexts(line, row.texts);
  return touched.every((field) => field.dataset.was === saidOf(field, row));
}

// What is being typed is nobody’s business yet: only cells that were left are sent.
function leave(line, cells = cellsOf(line)) {
  for (const field of cells) left.add(field);
  send(line);
}

function linesOf(grid) {
  return [...grid.querySelectorAll("[data-line]")];
}

async function send(line) {
  const changed = cellsOf(line).filter((field) => left.has(field) && isChanged(field));
  if (busy.has(line)) return undefined;
  if (!changed.length) return settle(line);
  busy.add(line);
  const sent = new Map(changed.map((field) => [field, field.value]));
  say(line, "Envoi…", "waiting");
  let again = 0;
  try {
    const { body } = await inOrder(() => ask(line, changed));
    again = body?.rows ? heard(line, sent, body) : trouble(line, body?.message);
  } catch {
    again = trouble(line);
  }
  busy.delete(line);
  keep();
  if (again) setTimeout(() => send(line), again);
  else if (!line.querySelector("[aria-invalid=true]")) send(line);
  return undefined;
}

function ask(line, changed) {
  const body = new URLSearchParams();
  for (const field of changed) {
    body.set(nameOf(field), field.value);
    body.set(`was.${nameOf(field)}`, field.dataset.was);
  }
  return fetchJson(ANSWER_MS, line.closest("form").getAttribute("action"), { method: "POST", body });
}

/** Show what the server says of a line; return after how many milliseconds it is sent again, 0 for not by itself. */
function heard(line, sent, { rows, problems, message, retry_after_ms: wait }) {
  const names = new Map([...sent.keys()].map((field) => [field, nameOf(field)]));
  const asked = line.dataset.line;
  for (const field of cellsOf(line)) judge(line, field, message ? "" : problems[nameOf(field)]);
  const row = rows[asked];
  if (row) {
    for (const field of cellsOf(line)) {
      if (sent.has(field) ? !problems[names.get(field)] : !isChanged(field)) {
        known(field, sent.has(field) ? sent.get(field) : field.value, row);
      }
    }
    line.dataset.line = row.key;
    showTexts(line, row.texts);
  }
  if (message) return trouble(line, message, wait);
  const wrong = Object.values(problems);
  if (wrong.length) say(line, "À revoir", "wrong", wrong[0]);
  return 0;
}

// What the server knows stands in a cell that nobody touched meanwhile: somebody else may have written there too.
function known(field, text, row) {
  field.dataset.was = saidOf(field, row);
  if (field.value === text) field.value = field.dataset.was;
  fit(field);
}

function saidOf(field, row) {
  const { cell } = field.dataset;
  const text = field.closest("[data-text]")?.dataset.text;
  return (cell === "text" ? new Map(row.texts).get(text) : row.cells[cell]) || "";
}

// An initiative a line of text: one cell may have become several, and others may have come or gone on another screen.
function showTexts(line, texts) {
  for (const [id, words] of texts) {
    const field = textCell(line, id);
    if (!field) addTextCell(line, id, words);
  }
  const there = new Set(texts.map(([id]) => id));
  const cells = cellsOf(line).filter((field) => field.dataset.cell === "text");
  for (const field of cells.slice(0, -1)) {
    const gone = !there.has(field.closest("[data-text]").dataset.text) && !field.value.trim();
    if (gone && document.activeElement !== field) field.closest("[data-text]").remove();
  }
  const last = cells[cells.length - 1];
  if (there.has(last.closest("[data-text]").dataset.text)) addTextCell(line);
}

function judge(line, field, problem) {
  const id = `${field.id}-error`;
  document.getElementById(id)?.remove();
  field.setAttribute("aria-invalid", problem ? "true" : "false");
  if (!problem) return field.removeAttribute("aria-describedby");
  const said = document.createElement("span");
  said.className = "field__error";
  said.id = id;
  const pole =
    field.matches("[data-cell=fs], [data-cell=cn]") && field.labels[0].firstChild.textContent.trim();
  said.textContent = pole ? `${pole}\u00a0: ${problem}` : problem;
  const place = field.closest("[data-text]") || line.querySelector("[data-atelier-problems]");
  place.append(said);
  field.setAttribute("aria-describedby", id);
  return undefined;
}

function trouble(line, message = NO_ANSWER, wait = AGAIN_MS) {
  say(line, message, "waiting");
  return wait || AGAIN_MS;
}

function settle(line) {
  const state = line.querySelector("[data-atelier-state]");
  if (state.textContent && !cellsOf(line).some(isChanged)) say(line, "Enregistré", "kept");
}

function say(line, words, kind, more = "") {
  const state = line.querySelector("[data-atelier-state]");
  state.textContent = words;
  state.className = `line__state line__state--${kind}`;
  if (words === "Envoi…" || kind === "waiting") return;
  const number = line.querySelector(".line__number").textContent;
  document.querySelector("[data-atelier-typed]").textContent = `Ligne ${number}\u00a0: ${more || words}`;
}
