// What a phone keeps through reloads, beside another tab, and when its storage is full or forbidden.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as queue from "../../atelier/static/js/outbox/queue.js";
import { hasRoom, listIn, queueIn } from "../../atelier/static/js/outbox/store.js";
import { memoryStorage } from "./storage.mjs";

const initiative = (op) => queue.entryOf(op, "post-initiative", { group: "1", text: op }, 0);
const ops = (store) => store.read().map((entry) => entry.op);
const adding = (op) => (kept) => queue.added(kept, initiative(op));

test("what waits survives a reload, in its order", () => {
  const storage = memoryStorage({ other: "1", "k:broken": "{not json", "k:strange": "[]" });
  for (const op of ["c", "a", "b"]) queueIn(storage, "k:").change(adding(op));
  assert.deepEqual(ops(queueIn(storage, "k:")), ["c", "a", "b"]);
  queueIn(storage, "k:").change((kept) => [initiative("first"), ...kept]);
  queueIn(storage, "k:").change((kept) => queue.again(queue.refusedAs(kept, "a", {}), "a", "z", 0));
  assert.deepEqual(ops(queueIn(storage, "k:")), ["first", "c", "b", "z"]);
});

test("two tabs that write in the same instant, each from what it last saw, lose nothing of one another", () => {
  const storage = memoryStorage();
  const [one, two] = [queueIn(storage, "k:"), queueIn(storage, "k:")];
  one.change(adding("a"));
  one.change((seen) => {
    two.change(adding("b"));
    return queue.without(seen, "a");
  });
  assert.deepEqual(ops(one), ["b"]);
  one.change((seen) => {
    two.change(adding("c"));
    return queue.added(seen, initiative("d"));
  });
  assert.deepEqual(ops(two).sort(), ["b", "c", "d"]);
  two.change(adding("e"));
  assert.deepEqual(ops(one).pop(), "e");
});

test("what waits gets the room of what was acknowledged; without any it lives as long as the page", () => {
  const storage = memoryStorage({ kept: "x".repeat(500) }, 800);
  const store = queueIn(storage, "k:", () => storage.removeItem("kept"));
  for (const op of ["a", "b", "c", "d", "e", "f", "g", "h"]) store.change(adding(op));
  assert.equal(storage.getItem("kept"), null);
  assert.deepEqual(ops(store), ["a", "b", "c", "d", "e", "f", "g", "h"]);
  assert.ok(ops(queueIn(storage, "k:")).length < 8);
  assert.deepEqual([store.isKept("a"), store.isKept("h")], [true, false]);
  for (const op of ["a", "b", "c", "d", "e", "f", "g"]) store.change((kept) => queue.without(kept, op));
  store.change((kept) => queue.attempted(kept, "h"));
  assert.deepEqual(ops(queueIn(storage, "k:")), ["h"]);
  assert.ok(store.isKept("h"));
});

test("a list that finds no room is kept by the page", () => {
  const list = listIn(memoryStorage({}, 10), "k");
  list.change(() => [initiative("a")]);
  assert.deepEqual(ops(list), ["a"]);
  assert.deepEqual(listIn(memoryStorage({ k: "{not json" }), "k").read(), []);
});

test("a storage has room for one more text or not, and is left as it was; what only was acknowledged makes way", () => {
  const [large, small] = [memoryStorage({}, 5000), memoryStorage({ kept: "x".repeat(4000) }, 5000)];
  assert.ok(hasRoom(large));
  assert.equal(large.length, 0);
  assert.equal(hasRoom(small), false);
  assert.ok(hasRoom(small, () => small.removeItem("kept")));
});
