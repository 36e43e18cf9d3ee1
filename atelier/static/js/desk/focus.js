// A fragment that is drawn anew takes its buttons with it: the focus goes to the button's twin.

let last = null;

/** Remember where the focus is, and put it back after a change. */
export function mountFocus(root) {
  root.addEventListener("focusin", (event) => {
    const fragment = event.target.closest('[id^="desk-"]:not(form):not(input):not(textarea):not(select)');
    last = fragment && { element: event.target, fragment: fragment.id, name: nameOf(event.target) };
  });
  // Left on purpose, while it was there: nothing to put back.
  root.addEventListener("focusout", (event) => {
    if (event.target.isConnected) last = null;
  });
  document.addEventListener("atelier:changed", restore);
}

function restore() {
  if (!last || last.element.isConnected || document.activeElement !== document.body) return;
  const fragment = document.getElementById(last.fragment);
  if (!fragment) return;
  const candidates = [...fragment.querySelectorAll("button, a[href]")];
  const twin = candidates.find((each) => nameOf(each) === last.name) || candidates.pop();
  if (twin) twin.focus({ preventScroll: true });
}

function nameOf(element) {
  return element.dataset.keep || `${element.getAttribute("form")}/${element.value || element.hash}`;
}
