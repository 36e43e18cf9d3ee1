// Single-key shortcuts, for who runs the room with one hand. Off while typing, and when switched off.

import { leaveClicked, sinceMoved } from "../live/keep-focus.js";
import { REST_MS } from "../live/press-guard.js";
import { showPanel } from "./panels.js";
import { askBeforePhase } from "./phase-change.js";
import { step } from "./presenter.js";
import { turnSentence } from "./sentences.js";
import { isOn } from "./settings.js";

const TYPING = "input, textarea, select, [contenteditable]";
const BUSY = `${TYPING}, button, summary, a[href]`;
/** In a panic the screen is hidden over an open panel too. A presenter’s remote sends « . » or « b » for a black screen. */
const COVER = ["x", ".", "b"];
const CLOCK = { stopped: "start", running: "pause", paused: "resume" };
const KEYS = {
  " ": () => press(CLOCK[document.body.dataset.ticking]),
  "+": () => press("plus-1"),
  "-": () => press("minus-1"),
  ArrowRight: () => askBeforePhase(""),
  ArrowDown: () => turnSentence(1),
  ArrowUp: () => turnSentence(-1),
  PageDown: () => step(1),
  PageUp: () => step(-1),
  a: () => show("welcome"),
  v: () => show("overview"),
  t: () => show("overlay"),
  d: () => show("decisions"),
  e: () => show("blank"),
  ...Object.fromEntries(COVER.map((key) => [key, cover])),
  m: () => showPanel("message"),
  "?": () => showPanel("plus"),
};

/** Listen to the keys of the whole page. */
export function mountShortcuts() {
  document.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented)
      return;
    if (!isOn("keys") || isTaken(event)) return;
    event.preventDefault();
    leaveClicked();
    act();
  });
}

// Somebody types, or the space bar presses the button that was clicked last; the other keys mean nothing to it.
function isTaken({ key, target }) {
  if (target.closest(key === " " ? BUSY : TYPING)) return true;
  // A second press on a button that has just gone is not meant for the clock.
  if (key === " " && sinceMoved() < REST_MS) return true;
  return !COVER.includes(key) && Boolean(document.querySelector("dialog[open]"));
}

function cover() {
  document.querySelector(".cover:not([hidden])")?.click();
}

function show(scene) {
  document.querySelector(`.scenes [name="scene"][value="${scene}"]`)?.click();
}

function press(name) {
  const { status, timed } = document.body.dataset;
  const form = document.getElementById(`desk-${name}`);
  if (!form || status !== "open" || !(timed === "yes" || name === "plus-1")) return;
  // Through the button, which may rest.
  const button = [...form.elements].find((each) => each.type === "submit" && !each.closest("[hidden]"));
  if (button) button.click();
  else form.requestSubmit();
}
