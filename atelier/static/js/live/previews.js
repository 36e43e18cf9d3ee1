// An arm that somebody else is pulling: shown on the bars, marked, and never taken for what the journal says.

import { barsOf, paintBar, readBar } from "./bars.js";

// A phone that vanished says no more: after this its pull is over.
const PREVIEW_MS = 2000;

const shown = new Map();
// Where a finger was when the journal, or somebody here, said otherwise: while it rests there it shows nothing.
const overruled = new Map();
let page = { ours: () => false, moved: () => undefined };

/**
 * Show what others pull. `ours(key)`: this page knows better (a finger is on it, an act is on its way);
 * `moved(key, line)`: the bars show `line` for a while, or again what they should when it is null.
 */
export function mountPreviews(options) {
  page = { ...page, ...options };
  document.addEventListener("atelier:previewed", (event) => event.detail.bars.forEach(show));
}

/** Tell whether the bars of `key` show a pull just now. */
export function isPreviewed(key) {
  return shown.has(key);
}

/** Unmark the bars of `key`: the journal, or somebody here, says where it is. The caller paints them. */
export function forgetPreview(key) {
  if (!shown.has(key)) return;
  const { end, pulled } = shown.get(key);
  clearTimeout(end);
  overruled.set(key, pulled);
  shown.delete(key);
  for (const bar of barsOf(key)) bar.removeAttribute("data-previewed");
}

/** Tell whether a pull of `key` goes on although the journal said { fs, cn, state }: not when that is a move. */
export function outlives(key, line) {
  const before = shown.get(key)?.before;
  if (before && before.fs === line.fs && before.cn === line.cn && before.state === line.state) return true;
  forgetPreview(key);
  return false;
}

function show([group, action, fs, cn]) {
  const key = `${group}/${action}`;
  if (fs === undefined) return ended(key);
  const pulled = `${fs}/${cn}`;
  if (page.ours(key)) overruled.set(key, pulled);
  const bars = Array.from(barsOf(key));
  if (!bars.length || overruled.get(key) === pulled) return undefined;
  overruled.delete(key);
  const known = shown.get(key);
  clearTimeout(known?.end);
  const before = known ? known.before : readBar(bars[0]);
  shown.set(key, { before, pulled, end: setTimeout(ended, PREVIEW_MS, key) });
  for (const bar of bars) {
    bar.dataset.previewed = before.state;
    paintBar(bar, { fs, cn, state: "placed" });
  }
  return page.moved(key, { fs, cn });
}

function ended(key) {
  const before = shown.get(key)?.before;
  forgetPreview(key);
  overruled.delete(key);
  if (!before) return;
  for (const bar of barsOf(key)) paintBar(bar, before);
  page.moved(key, null);
}
