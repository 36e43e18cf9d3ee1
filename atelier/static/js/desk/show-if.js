// Shows, hides and presses controls by the flags of <body>, and writes flags into forms. Conditions as in screens/desk/flags.py: `=`, `!=` and `~`.

import { restAll } from "../live/press-guard.js";

const TERM = /([a-z-]+)(!?=|~)(\S+)/g;

/** Tell whether every term of `condition` holds for `flagOf(name)`. */
export function holds(condition, flagOf) {
  return [...condition.matchAll(TERM)].every(([, key, sign, value]) => {
    const actual = flagOf(key) || "";
    if (sign === "~") return actual.split(" ").includes(value);
    return value.split(",").includes(actual) === (sign === "=");
  });
}

/** Apply the flags now and after every change. */
export function mountShowIf(root) {
  document.addEventListener("atelier:changed", () => applyFlags(root));
  applyFlags(root);
}

/** Show, hide, press and fill everything below `root` that has a condition on a flag. */
export function applyFlags(root) {
  const flagOf = (name) => document.body.getAttribute(`data-${name}`);
  for (const element of root.querySelectorAll("[data-atelier-pressed]")) {
    element.setAttribute("aria-pressed", String(holds(element.dataset.atelierPressed, flagOf)));
  }
  for (const element of root.querySelectorAll("[data-atelier-when]")) {
    show(element, holds(element.dataset.atelierWhen, flagOf));
  }
  for (const field of root.querySelectorAll("[data-atelier-follows]")) {
    field.value = flagOf(field.dataset.atelierFollows) || "";
  }
}

// What takes the place of something else is not pressed by whoever meant that.
function show(element, shown) {
  if (element.hidden !== shown) return;
  element.hidden = !shown;
  if (shown) restAll(element);
}
