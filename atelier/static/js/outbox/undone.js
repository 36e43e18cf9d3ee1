// An undo that came too late is no unsent text.

/** True when the page knew the card of this refused undo, and said there that nothing was undone. */
export function saidAtItsCard(entry, told) {
  if (entry.command !== "undo-last") return false;
  const asking = new CustomEvent("atelier:undo-refused", { detail: { entry, told }, cancelable: true });
  return !document.dispatchEvent(asking);
}
