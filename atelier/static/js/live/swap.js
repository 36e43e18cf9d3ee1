// Puts what changed on the screen. What somebody types or drags lives outside the fragments and is never touched.

/** Apply one message: flags, bars as numbers, lists as HTML. */
export function applyChanges(message) {
  setFlags(message.flags);
  for (const bar of message.bars || []) setBar(bar);
  if (message.html) swapHtml(message.html);
}

function setFlags(flags) {
  for (const [name, value] of Object.entries(flags || {})) {
    document.body.setAttribute(`data-${name}`, value);
  }
}

/** Set one bar from its numbers: [group, action, fs, cn, state, initiatives]. */
export function setBar([group, action, fs, cn, state, ideas]) {
  const name = `${group}/${action}`;
  for (const bar of document.querySelectorAll(`[data-bar="${name}"]`)) {
    if (bar.hasAttribute("data-held")) continue; // a finger is on it
    bar.className = bar.className.replace(/\b(fs|cn)-\d+\b/g, "").trim();
    bar.classList.add(`fs-${fs}`, `cn-${cn}`);
    bar.dataset.state = state;
  }
  for (const count of document.querySelectorAll(`[data-ideas="${name}"]`)) {
    count.textContent = ideas;
    count.dataset.count = ideas;
  }
}

function swapHtml(html) {
  // Every root element carries hx-swap-oob and the id of its twin: nothing else is touched.
  window.htmx.swap(document.body, html, { swapStyle: "none" });
}
