// Turns the pages of what does not fit at its size: texts of a screen read from afar never shrink. Which page is shown goes
// by the hour alone, so that a text drawn anew, two screens and the desk's miniature stand on the same one.

/** How long a page stays. */
export const TURN_MS = 9000;

const pages = new WeakMap();
// A window that is dragged to the projector, then fills it: blocks, and what they hold, have their size some frames later.
const sizes = new ResizeObserver(soon);
const watched = new WeakSet();
let asked = false;

/** Turn every `[data-atelier-turn]`: its only child slides through it, cut between lines, never inside one. */
export function mountTurning() {
  // Numbers and people change no height: reading it would lay out the page once more for each of them.
  document.addEventListener("atelier:changed", (event) => event.detail.html && soon());
  window.addEventListener("resize", soon);
  document.fonts.ready.then(soon);
  soon();
  schedule();
}

/** Return which of `n` things that take turns is shown now. */
export function turnOf(n) {
  return Math.floor(Date.now() / TURN_MS) % Math.max(1, n);
}

/** Return how many pages `block` has. */
export function pagesOf(block) {
  return (pages.get(block) || [0]).length;
}

/** Show page `at` of `block`, counted from 0. */
export function showPage(block, at) {
  const found = pages.get(block);
  const content = block.firstElementChild;
  if (!found || found.length < 2) return;
  const [start, end] = found[at];
  content.style.transform = `translateY(${-start}px)`;
  content.style.clipPath = `inset(${start}px -9vh ${content.offsetHeight - end}px -9vh)`;
  block.dataset.page = `${at + 1}/${found.length}`;
}

function soon() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    // All are unfolded before the first is measured: one may take its room from another.
    for (const block of blocks()) unfold(block);
    for (const block of blocks()) measure(block);
    turn();
  });
}

function schedule() {
  setTimeout(
    () => {
      turn();
      schedule();
    },
    TURN_MS - (Date.now() % TURN_MS),
  );
}

function turn() {
  // What turns inside a list that turns itself is told by the list.
  for (const block of blocks())
    if (!block.closest("[data-atelier-rotate]")) showPage(block, turnOf(pagesOf(block)));
  document.dispatchEvent(new CustomEvent("atelier:turned"));
}

function blocks() {
  return document.querySelectorAll("[data-atelier-turn]");
}

function unfold(block) {
  const content = block.firstElementChild;
  content.style.transform = content.style.clipPath = "";
  delete block.dataset.page;
  for (const part of [block, content]) {
    if (!watched.has(part)) sizes.observe(part, { box: "border-box" });
    watched.add(part);
  }
}

function measure(block) {
  const content = block.firstElementChild;
  if (content.offsetHeight <= roomOf(block) + 1) {
    pages.delete(block);
    return;
  }
  // The page's number takes some of the room.
  block.dataset.page = "1/1";
  const room = roomOf(block);
  pages.set(block, cut(units(content, room), room));
}

function roomOf(block) {
  const style = getComputedStyle(block);
  return block.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
}

/** Return what stays whole, as [top, bottom] from the top of `content`: its rows; of a row too tall, its lines. */
function units(content, room) {
  const top = content.getBoundingClientRect().top;
  const parts = isText(content) ? [content] : Array.from(content.children);
  const found = [];
  for (const part of parts) {
    const box = part.getBoundingClientRect();
    if (!box.height) continue;
    const unit = [box.top - top, box.bottom - top];
    if (box.height <= room + 1) found.push(unit);
    else found.push(...linesOf(part, unit));
  }
  return found.sort((a, b) => a[0] - b[0]);
}

function isText(element) {
  return /^(P|H\d)$/.test(element.tagName);
}

// Where lines of text stand, whatever is among the letters; between two of them is where a page may end.
function linesOf(part, [top, bottom]) {
  const origin = part.getBoundingClientRect().top - top;
  const boxes = textBoxes(part).sort((a, b) => a.top + a.bottom - b.top - b.bottom);
  const lines = [];
  for (const box of boxes) {
    const line = lines[lines.length - 1];
    const middle = (box.top + box.bottom) / 2;
    if (line && middle < line.bottom - (line.bottom - line.top) / 4)
      line.bottom = Math.max(line.bottom, box.bottom);
    else lines.push({ top: box.top, bottom: box.bottom });
  }
  const ends = lines.map((line, n) =>
    n + 1 < lines.length ? (line.bottom + lines[n + 1].top) / 2 - origin : bottom,
  );
  return ends.map((end, n) => [n ? ends[n - 1] : top, end]);
}

function textBoxes(part) {
  const found = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) if (box.width > 1) found.push(box);
  }
  return found;
}

function cut(units, room) {
  const found = [];
  for (const [top, bottom] of units) {
    const page = found[found.length - 1];
    if (page && bottom - page[0] <= room + 1) page[1] = Math.max(page[1], bottom);
    else found.push([top, bottom]);
  }
  return found;
}
