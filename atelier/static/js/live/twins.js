// Puts fragments where they go, by the words of htmx’s that are used here: `hx-swap-oob` « true » and « delete ». A phone
// has these lines instead of htmx, whose 16 kB and look through the whole page its start would pay for (record 42).

/** Put each of `roots` in the place of the element with its id, or take that away; the focus stays at the same id. */
export function putInPlace(roots) {
  const active = document.activeElement;
  const { selectionStart: start, selectionEnd: end } = active;
  for (const root of roots) {
    const twin = document.getElementById(root.id);
    const gone = root.getAttribute("hx-swap-oob") === "delete";
    root.removeAttribute("hx-swap-oob");
    if (gone) twin?.remove();
    else twin?.replaceWith(root);
  }
  const same = !active.isConnected && active.id && document.getElementById(active.id);
  if (!same) return;
  same.focus({ preventScroll: true });
  if (typeof start === "number") same.setSelectionRange?.(start, end);
}
