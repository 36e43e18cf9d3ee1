// What is done may take away the control that did it. Then the focus goes to the control's twin, else to what took the
// item's place, else to the title of what is around: never to the top of the page, never to a button that does something
// else. The acts,
// one by one, are in tests/accessibility/focus.tsv, which test_focus.py performs.

const CONTROLS = "button, a[href], summary, input, select, textarea, [tabindex]";
const ITEMS = "li, .card, .refusal";
const SAFE = "h1, h2, h3, h4, summary, a[href]";
const KEYS = ["data-initiative", "data-mission", "data-item", "data-decision", "id"];
const FOLDS = "details[open]:not([data-atelier-menu])";

let last = null;
let outside = null;
let movedAt = -Infinity;
/** Whether the focus came where it is by the pointer. */
let clicked = false;

/** Follow the focus, give it back where it is lost, and let Escape close the fold that it is in. */
export function mountKeepFocus() {
  document.addEventListener("focusin", ({ target }) => follow(target));
  document.addEventListener("pointerdown", ({ target }) => {
    clicked = true;
    if (!target.closest(`${CONTROLS}, label`)) last = null;
  });
  for (const name of ["changed", "outbox", "shown"]) document.addEventListener(`atelier:${name}`, soon);
  for (const name of ["click", "close", "toggle"]) document.addEventListener(name, soon, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") clicked = false;
    folded(event);
  });
}

/** Give the focus back now, if what had it is gone. */
export function giveFocusBack() {
  const lost = lostPlace();
  if (!lost) return;
  movedAt = performance.now();
  (twin(lost) || neighbour(lost) || landing(lost))?.focus({ preventScroll: true });
}

/** Leave the control that was clicked last: a key that acts on the page is not meant for it, and would frame it. */
export function leaveClicked() {
  if (!clicked) return;
  last = null;
  document.activeElement?.blur();
}

/** Return for how long (ms) the focus has been where it was given back to. */
export function sinceMoved() {
  return performance.now() - movedAt;
}

// What a style hides loses the focus at the next frame only.
function soon() {
  requestAnimationFrame(() => requestAnimationFrame(giveFocusBack));
}

function follow(target) {
  last = placeOf(target);
  if (!target.closest("dialog")) outside = last;
}

function placeOf(element) {
  const around = [];
  for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
    around.push([each, selectorOf(each)]);
  const item = element.closest(ITEMS);
  const all = item ? [...item.parentElement.children] : [];
  const at = all.indexOf(item);
  const beside = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0)).reverse()];
  const pair = (each) => [each, selectorOf(each)];
  return { element, name: nameOf(element), around, item: item && pair(item), beside: beside.map(pair) };
}

function selectorOf(element) {
  const key = KEYS.find((name) => element.getAttribute(name));
  return key ? `[${key}="${CSS.escape(element.getAttribute(key))}"]` : "";
}

// Taken from a control that is still there, it was meant to go.
function lostPlace() {
  const active = document.activeElement;
  if (!last || (active && active !== document.body && visible(active))) return null;
  if (last.element.isConnected && visible(last.element)) return null;
  const dialog = last.element.closest("dialog");
  return dialog && !dialog.open ? outside : last;
}

function visible(element) {
  return element.getClientRects().length > 0;
}

/** Return the element that stands for `[element, selector]` now, null when it is gone or hidden. */
function alive([element, selector]) {
  const found = element.isConnected ? element : selector && document.querySelector(selector);
  return found && visible(found) ? found : null;
}

function nameOf(element) {
  const { keep } = element.dataset;
  if (keep || element.id) return keep || element.id;
  const form = element.getAttribute("form");
  return form ? `${form}/${element.value}` : "";
}

// By the name that it keeps anywhere near, by its words inside the same item only.
function twin({ element, name, around, item }) {
  for (const place of around) {
    const here = alive(place);
    const controls = here ? [...here.querySelectorAll(CONTROLS)].filter(visible) : [];
    const same = name
      ? controls.find((each) => nameOf(each) === name)
      : item &&
        controls.find((each) => each.textContent === element.textContent && each.matches("button, a"));
    if (same) return same;
    if (!name && item && place[0] === item[0]) return null;
  }
  return null;
}

function neighbour({ item, beside, around }) {
  const adder = around.map(([each]) => each.dataset.atelierAdder).find(Boolean);
  if (adder) return firstSafe(document.getElementById(adder));
  if (!item || alive(item)) return null;
  const next = beside.map(alive).find(Boolean);
  return next && (firstSafe(next) || reachable(next));
}

function landing({ around }) {
  const main = document.querySelector("main");
  for (const place of [...around, [main, ""]]) {
    const here = alive(place);
    const lands = here?.dataset.lands;
    const found = here && (lands ? [...document.querySelectorAll(lands)].find(visible) : firstSafe(here));
    if (found) return reachable(found);
  }
  return reachable(main);
}

function firstSafe(root) {
  const found =
    root && [...root.querySelectorAll(SAFE)].find((each) => visible(each) && !each.closest(".skip"));
  return found ? reachable(found) : null;
}

function reachable(element) {
  if (element.tabIndex < 0) element.setAttribute("tabindex", "-1");
  return element;
}

function folded(event) {
  const fold = event.key === "Escape" && !event.defaultPrevented && event.target.closest?.(FOLDS);
  if (!fold || fold.closest("dialog")) return;
  fold.open = false;
  fold.querySelector("summary").focus({ preventScroll: true });
}
