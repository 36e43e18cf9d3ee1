// How often a phone tells where an arm is, and what it says in the end; how messages fold. Run with `node --test`.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { coalesced } from "../../atelier/static/js/live/coalesce.js";
import { ALIVE_MS, TURN_MS, pullTeller } from "../../atelier/static/js/phone/pull-throttle.js";

let now;
let jobs;
let told;
let teller;

beforeEach(() => {
  now = 0;
  jobs = [];
  told = [];
  const later = (job, ms) => {
    const one = { job, at: now + ms };
    jobs.push(one);
    return one;
  };
  const never = (one) => {
    jobs = jobs.filter((each) => each !== one);
  };
  teller = pullTeller((name, body) => told.push([now, name, body]), later, never);
});

function wait(ms) {
  const end = now + ms;
  for (;;) {
    const next = jobs.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    jobs = jobs.filter((each) => each !== next);
    now = next.at;
    next.job();
  }
  now = end;
}

const pulled = (at, fs) => [at, "bar:pulled", { action: "orienter", fs, cn: 0 }];

test("the first place is told at once, then the newest every turn, the last one always", () => {
  for (const fs of [5, 10, 15]) {
    teller.pulled("orienter", { fs, cn: 0 });
    wait(20);
  }
  wait(ALIVE_MS / 2);
  assert.deepEqual(told, [pulled(0, 5), pulled(TURN_MS, 15)]);
});

test("no more than eight a second, however fast the finger", () => {
  for (let n = 0; n < 250; n += 1) {
    teller.pulled("orienter", { fs: (n % 20) * 5, cn: 0 });
    wait(4);
  }
  assert.equal(told.filter(([at]) => at < 1000).length, 8);
});

test("a finger that rests says so until it is lifted", () => {
  teller.pulled("orienter", { fs: 5, cn: 0 });
  wait(2.5 * ALIVE_MS);
  assert.deepEqual(told, [pulled(0, 5), pulled(ALIVE_MS, 5), pulled(2 * ALIVE_MS, 5)]);
  teller.placed("orienter");
  wait(5 * ALIVE_MS);
  assert.equal(told.length, 3);
});

test("what was placed is told by its act alone", () => {
  teller.pulled("orienter", { fs: 5, cn: 0 });
  teller.pulled("orienter", { fs: 10, cn: 0 });
  teller.placed("orienter");
  wait(5 * ALIVE_MS);
  assert.deepEqual(told, [pulled(0, 5)]);
});

test("a pull that comes to nothing is taken back, once, after the last place", () => {
  teller.pulled("orienter", { fs: 5, cn: 0 });
  teller.pulled("orienter", { fs: 0, cn: 0 });
  teller.dropped("orienter");
  wait(5 * ALIVE_MS);
  assert.deepEqual(told, [pulled(0, 5), [TURN_MS, "bar:dropped", { action: "orienter" }]]);
});

test("messages of one frame become one that means the same", () => {
  const first = {
    from: 1,
    to: 2,
    head: "a",
    bars: [[1, "x", 5, 0, "placed", 0]],
    html: "<i>",
    flags: { a: 1, b: 1 },
  };
  const second = {
    from: 2,
    to: 5,
    head: "b",
    bars: [
      [1, "x", 9, 0, "placed", 1],
      [1, "y", 5, 5, "placed", 0],
    ],
  };
  const third = { from: 5, to: 6, head: "c", html: "<b>", flags: { b: 2 }, clock: { remaining: 1 } };
  assert.deepEqual(coalesced([first, second, third]), [
    {
      from: 1,
      to: 6,
      head: "c",
      bars: [
        [1, "x", 9, 0, "placed", 1],
        [1, "y", 5, 5, "placed", 0],
      ],
      html: "<i><b>",
      flags: { a: 1, b: 2 },
      clock: { remaining: 1 },
    },
  ]);
});

test("an answer of « depuis » is never folded into what came before or after it", () => {
  const answer = { from: 0, to: 3, head: "b", known: false };
  const message = (from) => ({ from, to: from + 1, head: "x" });
  assert.deepEqual(coalesced([message(1), answer, message(3), message(4)]), [
    message(1),
    answer,
    { from: 3, to: 5, head: "x" },
  ]);
  assert.deepEqual(coalesced([]), []);
});
