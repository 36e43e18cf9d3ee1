// Which marks of the clock are told, and when they are not true any more. Run with `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MARKS, passedMark } from "../../atelier/static/js/phone/clock-marks.js";

function toldOf(readings) {
  return readings
    .slice(1)
    .map((now, at) => passedMark(readings[at], now))
    .filter((mark) => mark !== null);
}

test("a clock that runs out passes each mark once", () => {
  const readings = Array.from({ length: 800 }, (_, at) => 360_250 - at * 500);
  assert.deepEqual(toldOf(readings), MARKS);
});

test("more time makes a mark come again", () => {
  assert.deepEqual(toldOf([60_500, 60_000, 59_500, 119_500, 60_400, 59_900]), [60_000, 60_000]);
});

test("a clock started at a mark has not passed it", () => {
  assert.deepEqual(toldOf([60_000, 59_500]), []);
});

test("a phone that slept says the end, and no minutes that are over", () => {
  assert.deepEqual(toldOf([400_000, 200_000]), []);
  assert.deepEqual(toldOf([400_000, -200_000]), [0]);
});
