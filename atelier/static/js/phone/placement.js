// Placing a card: a tap on a step, or the end of an arm pulled along. A pull shows at once and counts when let go.

import { forgetPreview } from "../live/previews.js";
import { tellServer } from "../live/socket.js";
import { phoneData } from "./data.js";
import { lineNow, paintLine } from "./lines.js";
import { pullTeller } from "./pull-throttle.js";
import { reachName } from "./reach.js";

const KEYBOARD_PAUSE_MS = 700;
const END_MS = 100;
const ENDS = ["pointerup", "pointercancel"];

let arrowed = false;
const taken = new WeakSet();
const starts = new WeakMap();
const timers = new Map();
const ends = new Map();
const teller = pullTeller(tellServer);

/** Make the cards below `root` placeable. */
export function mountPlacement(root) {
  root.addEventListener("click", (event) => {
    if (event.target.matches("[data-placing] .step__input")) chosen(event.target, event.detail);
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches(".handle")) pulled(event.target);
  });
  root.addEventListener("change", (event) => {
    if (event.target.matches(".handle")) letGo(event.target);
  });
  root.addEventListener("focusout", (event) => {
    if (event.target.matches(".handle")) endSoon(event.target);
  });
  root.addEventListener("keydown", (event) => {
    if (event.target.matches(".handle")) event.target.dataset.keyboard = "yes";
    if (event.target.matches(".step__input")) arrowed = event.key.startsWith("Arrow");
  });
  root.addEventListener("pointerdown", (event) => {
    if (event.target.matches(".handle")) pressed(event.target, event);
  });
}

// Whoever looks at the steps with the arrow keys has not chosen before they stop.
function chosen(input, clicks) {
  const steps = input.closest(".steps");
  clearTimeout(timers.get(steps));
  const settle = () => place(keyOf(input), input.name, Number(input.value));
  if (arrowed && clicks === 0) timers.set(steps, setTimeout(settle, KEYBOARD_PAUSE_MS));
  else settle();
}

// From the first touch on the arm is in the hand, whatever others do with it.
function pressed(handle, { isPrimary }) {
  if (!isPrimary) return;
  clearTimeout(ends.get(handle));
  delete handle.dataset.keyboard;
  taken.delete(handle);
  starts.set(handle, handle.value);
  hold(handle, true);
  // Brought back to where it was, a handle tells of no change: the pull is over all the same. A change comes before that.
  // A second finger makes it a pinch; a swipe that the page scrolls with ends in « cancel ».
  const released = (event) => {
    if (event.type === "pointerdown" && event.isPrimary) return;
    if (event.type !== "pointerup") taken.add(handle);
    if (event.type === "pointerdown") return;
    for (const name of [...ENDS, "pointerdown"]) window.removeEventListener(name, released);
    endSoon(handle);
  };
  for (const name of [...ENDS, "pointerdown"]) window.addEventListener(name, released);
}

/** Tell whether the gesture on `handle` was none of placing; then it stands where it stood. */
function isTaken(handle) {
  if (!taken.has(handle)) return false;
  handle.value = starts.get(handle);
  return true;
}

function isHeld(handle) {
  return handle.parentElement.querySelector("[data-bar]").hasAttribute("data-held");
}

function hold(handle, held) {
  handle.parentElement.querySelector("[data-bar]").toggleAttribute("data-held", held);
  // The card stays as long as the hand is on it, even when its phase ends.
  handle.closest("[data-placing]").toggleAttribute("data-composing", held);
}

function pulled(handle) {
  if (isTaken(handle)) return;
  clearTimeout(ends.get(handle));
  const key = keyOf(handle);
  const line = { ...lineNow(key), state: "placed", [handle.dataset.arm]: Number(handle.value) };
  forgetPreview(key);
  paintLine(key, line);
  hold(handle, true);
  teller.pulled(actionOf(key), { fs: line.fs, cn: line.cn });
  handle.setAttribute("aria-valuetext", reachName(handle.value, phoneData().scale));
}

function letGo(handle) {
  if (isTaken(handle)) return abandoned(handle);
  const key = keyOf(handle);
  clearTimeout(timers.get(handle));
  const settle = () => {
    timers.delete(handle);
    hold(handle, false);
    place(key, handle.dataset.arm, Number(handle.value));
  };
  // Every press of an arrow key is a change: wait for the last one.
  if (handle.dataset.keyboard) timers.set(handle, setTimeout(settle, KEYBOARD_PAUSE_MS));
  else settle();
}

function endSoon(handle) {
  clearTimeout(ends.get(handle));
  ends.set(handle, setTimeout(abandoned, END_MS, handle));
}

function abandoned(handle) {
  if (!isHeld(handle) || timers.has(handle)) return;
  hold(handle, false);
  teller.dropped(actionOf(keyOf(handle)));
  document.dispatchEvent(new Event("atelier:outbox"));
}

function place(key, arm, reach) {
  const line = lineNow(key);
  const action = actionOf(key);
  if (line.state === "placed" && line[arm] === reach) {
    teller.dropped(action);
    return paintLine(key, line);
  }
  teller.placed(action);
  const group = key.split("/")[0];
  const detail = { command: "place-action", fields: { group, action, [arm]: String(reach) } };
  document.dispatchEvent(new CustomEvent("atelier:act", { detail }));
}

function actionOf(key) {
  return key.split("/")[1];
}

function keyOf(element) {
  return element.closest("[data-placing]").dataset.placing;
}
