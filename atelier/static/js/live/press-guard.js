// A control whose meaning has just changed rests: a finger that was on its way to what it was does nothing. It shows so,
// stays where it is and keeps the focus. Compared is what a press would do, the command with its fields, not the words.

/** How long a control rests. */
export const REST_MS = 700;

const CONTROLS = "button, a[href]";
/** Fields that do not tell what a press does: what names the act, and where the room is. */
const ASIDE = /^(op|back|as|from_.*)$/;
const NEAR_PX = 30;
/** A finger that has left the glass points at nothing any more. */
const TOUCH_MS = 1500;

const timers = new WeakMap();
let swaps = [];
let hand = null;
let press = null;

/** Follow the pointer, and let no press reach a control that rests. */
export function startPressGuard() {
  for (const name of ["pointermove", "pointerdown"])
    document.addEventListener(name, followHand, { capture: true, passive: true });
  document.addEventListener("click", guard, true);
  // Whoever types meanwhile presses anew.
  document.addEventListener("input", () => (press = null), true);
  document.addEventListener("atelier:outbox", lookUnder);
}

/** Let `control` rest for `ms`. */
export function rest(control, ms = REST_MS) {
  clearTimeout(timers.get(control)?.timer);
  control.toggleAttribute("data-resting", true);
  control.setAttribute("aria-disabled", "true");
  timers.set(control, { timer: setTimeout(wake, ms, control), until: performance.now() + ms });
}

/** Let every control of `root` rest. */
export function restAll(root) {
  for (const control of controlsIn(root)) rest(control);
}

/** Return what the controls inside `root` mean, with the time (ms) that each has to rest still. */
export function meaningsIn(root) {
  const forms = new Map();
  const restMs = (control) => (isResting(control) ? timers.get(control).until - performance.now() : 0);
  return new Map(controlsIn(root).map((control) => [meaningOf(control, forms), restMs(control)]));
}

/** Let those controls of `root` rest that mean what none of `before` (`meaningsIn`) did, and those that rested go on. */
export function restChanged(root, before) {
  const forms = new Map();
  for (const control of controlsIn(root)) {
    const left = before.get(meaningOf(control, forms));
    if (left === undefined) rest(control);
    else if (left > 0) rest(control, left);
  }
}

/** Remember what `root` offers, before a swap puts its twin in its place. */
export function noteBeforeSwap(root) {
  swaps.push([root.id, meaningsIn(root)]);
}

/** Return what a press would do right now: where the pointer is, and where the focus is. */
export function pressTargets() {
  const [spot, focus] = [underHand(), focused()];
  return { spot: spot && meaningOf(spot), focus: focus && meaningOf(focus) };
}

/** Once the page has changed: what was swapped or has come under the hand (`pressTargets`) with another meaning rests. */
export function restAfterChange(hands) {
  for (const [id, before] of swaps) {
    const root = document.getElementById(id);
    if (root) restChanged(root, before);
  }
  swaps = [];
  restIfOther(underHand(), hands.spot);
  restIfOther(focused(), hands.focus);
  lookUnder();
}

/** Let what is under the hand rest: something that lay over it has just gone. */
export function restUnderHand() {
  for (const control of [underHand(), focused()]) if (control) rest(control);
}

function restIfOther(control, meaning) {
  if (control && meaning && !isResting(control) && meaningOf(control) !== meaning) rest(control);
}

function wake(control) {
  control.removeAttribute("data-resting");
  control.removeAttribute("aria-disabled");
}

function isResting(control) {
  return control.hasAttribute("data-resting");
}

function controlsIn(root) {
  const inside = [...root.querySelectorAll(CONTROLS)];
  if (root.matches(CONTROLS)) inside.push(root);
  return inside.filter((control) => !control.closest("[hidden]"));
}

function meaningOf(control, forms = new Map()) {
  const { form } = control;
  if (!form) return `${control.hash || ""} ${control.closest("[id]")?.id} ${control.className}`;
  if (!forms.has(form)) forms.set(form, fieldsOf(form));
  const toggled = control.hasAttribute("data-toggle") ? control.getAttribute("aria-pressed") : "";
  return [forms.get(form), control.name, control.value, toggled].join(" ");
}

function fieldsOf(form) {
  const told = [...form.elements].filter((field) => field.type === "hidden" && !ASIDE.test(field.name));
  return [form.getAttribute("action"), ...told.map((field) => `${field.name}=${field.value}`)].join("&");
}

function followHand({ clientX: x, clientY: y, pointerType }) {
  hand = { x, y, at: performance.now(), hovers: pointerType === "mouse" };
}

function underHand() {
  if (!hand || (!hand.hovers && performance.now() - hand.at > TOUCH_MS)) return null;
  return document.elementFromPoint(hand.x, hand.y)?.closest(CONTROLS) || null;
}

function focused() {
  const element = document.activeElement;
  return element?.matches(CONTROLS) ? element : null;
}

function guard(event) {
  const control = event.target.closest(CONTROLS);
  if (!control) return;
  if (isResting(control) || isSecondPress(event, control)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const { clientX: x, clientY: y, detail } = event;
  press = { x, y, at: performance.now(), meaning: meaningOf(control), pointed: detail > 0 };
  setTimeout(lookUnder);
}

// The page itself may change at once, before any answer, and put something else where the finger still is.
function lookUnder() {
  if (isRecent(press)) restIfOther(press.pointed ? underHand() : focused(), press.meaning);
}

// Whatever changed there: two presses at one place do one thing.
function isSecondPress({ clientX, clientY, detail }, control) {
  if (!isRecent(press) || !press.pointed || !(detail > 0)) return false;
  const near = Math.hypot(clientX - press.x, clientY - press.y) < NEAR_PX;
  return near && meaningOf(control) !== press.meaning;
}

function isRecent(moment) {
  return moment !== null && performance.now() - moment.at < REST_MS;
}
