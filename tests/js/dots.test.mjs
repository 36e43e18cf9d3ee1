// What a ballot comes to, from the page it was drawn with and what waits to be sent.

import assert from "node:assert/strict";
import test from "node:test";
import { ballotOf, leftOf } from "../../atelier/static/js/vote/dots.js";

const act = (vote, initiative, dots) => ({ command: "place-dots", fields: { vote, initiative, dots } });

test("acts come after what the page was drawn with, in their order", () => {
  const own = { id: "v", dots: { a: 1, b: 1 } };
  const dots = ballotOf("v", own, [act("v", "a", 0), act("v", "c", 1), act("v", "c", 0), act("v", "a", 1)]);
  assert.deepEqual(Object.fromEntries(dots), { b: 1, a: 1 });
});

test("what belongs to another vote, or to none, counts for nothing", () => {
  assert.equal(ballotOf("v", { id: "w", dots: { a: 1 } }, [act("w", "b", 1)]).size, 0);
  assert.equal(ballotOf(undefined, {}, []).size, 0);
  assert.equal(ballotOf("v", null, [{ command: "undo-last", fields: {} }]).size, 0);
});

test("dots on what is gone are free, and never fewer than none are left", () => {
  const dots = new Map([
    ["a", 1],
    ["gone", 2],
  ]);
  assert.equal(leftOf(dots, ["a", "b"], 3, 1), 2);
  assert.equal(leftOf(new Map([["a", 3]]), ["a"], 2, 1), 0);
  assert.equal(leftOf(dots, ["a"], 3, 4), 11);
});
