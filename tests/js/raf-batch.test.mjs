// When what was heard is drawn: together, after a frame, and less often where drawing takes long. Run with `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const FRAME_MS = 16;

let now = 0;
let timers = [];

const later = (job, ms = 0) => timers.push({ job, at: now + ms });

const listeners = {};
globalThis.document = { hidden: false, addEventListener: (name, listener) => (listeners[name] = listener) };
globalThis.window = { requestAnimationFrame: (job) => later(job, FRAME_MS) };
performance.now = () => now;
const { batchInFrame } = await import("../../atelier/static/js/live/raf-batch.js");
globalThis.setTimeout = later;

function wait(ms) {
  const end = now + ms;
  for (;;) {
    const next = timers.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    timers = timers.filter((each) => each !== next);
    now = Math.max(now, next.at);
    next.job();
  }
  now = Math.max(now, end);
}

/** A job that takes so long, and says when it began. */
function drawing(took, log) {
  return () => {
    log.push(now);
    now += took;
  };
}

test("what comes within a frame is drawn together, in order", () => {
  wait(1000);
  const drawn = [];
  for (const name of ["a", "b", "c"]) batchInFrame(() => drawn.push([name, now]));
  const start = now;
  wait(FRAME_MS);
  const at = start + FRAME_MS;
  assert.deepEqual(drawn, [
    ["a", at],
    ["b", at],
    ["c", at],
  ]);
});

test("after a drawing that took long comes a rest of three times as long, and then what was heard meanwhile", () => {
  wait(1000);
  const log = [];
  batchInFrame(drawing(40, log));
  wait(FRAME_MS);
  const end = log[0] + 40;
  batchInFrame(drawing(0, log));
  batchInFrame(drawing(0, log));
  wait(119);
  assert.equal(log.length, 1);
  wait(1 + FRAME_MS);
  assert.deepEqual(log.slice(1), [end + 120 + FRAME_MS, end + 120 + FRAME_MS]);
});

test("the rest is never longer than a fifth of a second", () => {
  wait(1000);
  const log = [];
  batchInFrame(drawing(500, log));
  wait(FRAME_MS);
  batchInFrame(drawing(0, log));
  wait(200 + FRAME_MS);
  assert.equal(log.length, 2);
});

test("what comes while a finger is on a button waits for the click, not for a finger that stays", () => {
  const on = (control) => ({ closest: () => control });
  const point = (type, control) => listeners[type]({ type, target: on(control) });
  for (const [control, lifted, drawn] of [
    [null, null, FRAME_MS],
    [{}, 100, 150],
    [{}, null, 600],
  ]) {
    wait(1000);
    const log = [];
    const start = now;
    point("pointerdown", control);
    batchInFrame(drawing(0, log));
    if (lifted) {
      wait(lifted);
      point("pointerup", control);
    }
    wait(1000);
    assert.deepEqual(log, [start + drawn]);
  }
});

test("without a frame it is drawn all the same, and on a page that nobody sees at once", () => {
  wait(1000);
  const log = [];
  globalThis.window.requestAnimationFrame = () => undefined;
  batchInFrame(drawing(0, log));
  wait(300);
  assert.equal(log.length, 1);
  globalThis.document.hidden = true;
  batchInFrame(drawing(0, log));
  assert.equal(log.length, 2);
});
