// How a bar shows a line: two classes for its reaches, one attribute for its state. Nothing is read from the layout.

/** Return the bars of the line `key` (« 1/orienter ») on this page. */
export function barsOf(key) {
  return document.querySelectorAll(`[data-bar="${key}"]`);
}

/** Show { fs, cn, state, unsure } on one bar; a reach is null where nobody answered for the trade. */
export function paintBar(bar, { fs, cn, state, unsure = "" }) {
  const others = bar.className.split(/\s+/).filter((name) => !/^(fs|cn)-(\d+|none)$/.test(name));
  const wanted = [...others, `fs-${fs ?? "none"}`, `cn-${cn ?? "none"}`].join(" ");
  if (bar.className !== wanted) bar.className = wanted;
  if (bar.dataset.state !== state) bar.dataset.state = state;
  if ((bar.dataset.unsure || "") !== unsure) bar.dataset.unsure = unsure;
}

/** Return what a bar shows: { fs, cn, state, unsure }. */
export function readBar(bar) {
  const reach = (arm) => {
    const found = bar.className.match(new RegExp(`\\b${arm}-(\\d+)\\b`));
    return found ? Number(found[1]) : null;
  };
  return { fs: reach("fs"), cn: reach("cn"), state: bar.dataset.state, unsure: bar.dataset.unsure || "" };
}
