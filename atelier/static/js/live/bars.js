// How a bar shows a line: two classes for its reaches, one attribute for its state. Nothing is read from the layout.

/** Return the bars of the line `key` (« 1/orienter ») on this page. */
export function barsOf(key) {
  return document.querySelectorAll(`[data-bar="${key}"]`);
}

/** Show { fs, cn, state } on one bar. */
export function paintBar(bar, { fs, cn, state }) {
  const others = bar.className.split(/\s+/).filter((name) => !/^(fs|cn)-\d+$/.test(name));
  const wanted = [...others, `fs-${fs}`, `cn-${cn}`].join(" ");
  if (bar.className !== wanted) bar.className = wanted;
  if (bar.dataset.state !== state) bar.dataset.state = state;
}

/** Return what a bar shows: { fs, cn, state }. */
export function readBar(bar) {
  const reach = (arm) => Number((bar.className.match(new RegExp(`\\b${arm}-(\\d+)\\b`)) || [0, 0])[1]);
  return { fs: reach("fs"), cn: reach("cn"), state: bar.dataset.state };
}
