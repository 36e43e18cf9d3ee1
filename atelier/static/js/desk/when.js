// Shows, hides and presses controls by the flags of <body>. Says what desk_flags.py says: `=`, `!=` and `~`.

const TERM = /([a-z-]+)(!?=|~)(\S+)/g;

/** Tell whether every term of `condition` holds for `flagOf(name)`. */
export function holds(condition, flagOf) {
  return [...condition.matchAll(TERM)].every(([, key, sign, value]) => {
    const actual = flagOf(key) || "";
    if (sign === "~") return actual.split(" ").includes(value);
    return value.split(",").includes(actual) === (sign === "=");
  });
}

/** Follow the flags. */
export function mountWhen(root) {
  document.addEventListener("atelier:changed", () => follow(root));
  follow(root);
}

function follow(root) {
  const flagOf = (name) => document.body.getAttribute(`data-${name}`);
  const focused = document.activeElement;
  for (const element of root.querySelectorAll("[data-atelier-pressed]")) {
    element.setAttribute("aria-pressed", String(holds(element.dataset.atelierPressed, flagOf)));
  }
  for (const element of root.querySelectorAll("[data-atelier-when]")) {
    element.hidden = !holds(element.dataset.atelierWhen, flagOf);
  }
  keepFocus(focused);
}

// « Pause » gives way to « Reprendre »: the keyboard stays where it was.
function keepFocus(focused) {
  if (!focused?.closest("[hidden]")) return;
  const neighbour = focused.parentElement?.querySelector("button:not([hidden]), a:not([hidden])");
  if (neighbour && !neighbour.closest("[hidden]")) neighbour.focus({ preventScroll: true });
}
