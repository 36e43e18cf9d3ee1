// Applies a message to the page: flags, bars, fragments. What somebody types or drags lives outside the fragments and is never touched.

import { barsOf, paintBar } from "./bars.js";
import { outlives } from "./previews.js";
import { noteBeforeSwap } from "./press-guard.js";
import { putInPlace } from "./twins.js";

const drawn = new WeakMap();
let put = putInPlace;

/** Have `swap(roots)` put what is news in its place from now on: desk and wall leave that to htmx. */
export function swapWith(swap) {
  put = swap;
}

/** Apply one message: flags, bars as numbers, lists as HTML. */
export function applyChanges(message) {
  setFlags(message.flags);
  for (const bar of message.bars || []) setBar(bar);
  if (message.html) swapHtml(message.html);
}

function setFlags(flags) {
  for (const [name, value] of Object.entries(flags || {})) {
    // The same value written again would have every rule that goes by it looked at again.
    if (document.body.getAttribute(`data-${name}`) !== value)
      document.body.setAttribute(`data-${name}`, value);
  }
}

// A bar from its numbers: [group, action, fs, cn, state, initiatives], and the arms whose 0 is of before.
function setBar([group, action, fs, cn, state, initiatives, unsure]) {
  const key = `${group}/${action}`;
  const line = { fs, cn, state, unsure };
  // Only a finger keeps a bar from what the journal says, or a pull that goes on while something else changed there.
  if (!outlives(key, line)) {
    for (const bar of barsOf(key)) if (!bar.hasAttribute("data-held")) paintBar(bar, line);
  }
  for (const count of document.querySelectorAll(`[data-initiatives="${key}"]`)) {
    if (count.dataset.count === `${initiatives}`) continue;
    count.textContent = initiatives;
    count.dataset.count = initiatives;
  }
}

// Every root element carries hx-swap-oob and the id of its twin: nothing else is touched. What is there already is not
// put there again, nor what is gone taken away: a count that stays the same costs no layout.
function swapHtml(html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  const fresh = Array.from(parsed.content.children).filter((root, at, all) =>
    isNews(root, all.slice(at + 1)),
  );
  if (!fresh.length) return;
  for (const root of fresh) prepare(root);
  const news = fresh.map((root) => root.outerHTML);
  put(fresh);
  for (const [at, root] of fresh.entries()) remember(root.id, news[at]);
}

function isNews(root, later) {
  const twin = document.getElementById(root.id);
  const known = twin ? drawn.get(twin) === root.outerHTML : isGone(root);
  return !known && !later.some((each) => each.id === root.id);
}

function isGone(root) {
  return root.getAttribute("hx-swap-oob") === "delete";
}

// An item that is new in its list has no twin to take the place of: it gets one, at the end. `data-only`: in a list that
// is cut, at its start, or in one that somebody asked for whole.
function prepare(root) {
  const twin = document.getElementById(root.id);
  if (isGone(root)) forgetAround(twin);
  else if (twin) {
    noteBeforeSwap(twin);
    keepOlder(root, twin);
  }
  const { into, only } = root.dataset;
  const list = !twin && into && document.getElementById(into);
  if (!list || (only && (only === "whole") !== list.hasAttribute("data-whole"))) return;
  const room = document.createElement(root.localName);
  room.id = root.id;
  list[only === "cut" ? "prepend" : "append"](room);
}

// A list that somebody asked for whole stays so: a message brings its latest items only.
function keepOlder(root, twin) {
  if (!twin.hasAttribute("data-whole")) return;
  root.setAttribute("data-whole", "");
  const fresh = new Set(Array.from(root.querySelectorAll("[id]"), ({ id }) => id));
  const older = Array.from(twin.children).filter(({ id }) => id && !fresh.has(id));
  root.querySelector("[data-atelier-older]")?.parentElement.after(...older);
}

function remember(id, html) {
  const there = document.getElementById(id);
  if (!there) return;
  forgetAround(there);
  drawn.set(there, html);
}

// What stands around it is no longer what was drawn of it.
function forgetAround(element) {
  for (let around = element.parentElement; around; around = around.parentElement) drawn.delete(around);
}
