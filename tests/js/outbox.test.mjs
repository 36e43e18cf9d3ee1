// What waits, what an answer means, who sends: the outbox without a browser. Run with `node --test tests/js/`.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as queue from "../../atelier/static/js/outbox/queue.js";
import { backOff, meaningOf } from "../../atelier/static/js/outbox/answers.js";
import { LEASE_MS, leaseIn, mayTake } from "../../atelier/static/js/outbox/lease.js";
import { senderOf } from "../../atelier/static/js/outbox/sender.js";
import { queueIn } from "../../atelier/static/js/outbox/store.js";
import { memoryStorage } from "./storage.mjs";

const initiative = (op, text = op) =>
  queue.entryOf(op, "post-initiative", { group: "1", action: "orienter", text }, 0);
const move = (op, fields) =>
  queue.entryOf(op, "place-action", { group: "1", action: "orienter", ...fields }, 0);

test("acts are sent in the order in which they were done", () => {
  const kept = [initiative("a"), initiative("b")].reduce(queue.added, []);
  assert.equal(queue.nextOf(kept).op, "a");
  assert.equal(queue.nextOf(queue.without(kept, "a")).op, "b");
});

test("two moves of a card that never left the phone become one, each arm at its last place", () => {
  const kept = [move("a", { fs: "75" }), move("b", { cn: "50" }), move("c", { fs: "100" })].reduce(
    queue.added,
    [],
  );
  assert.deepEqual(
    kept.map((each) => [each.op, each.fields.fs, each.fields.cn]),
    [["a", "100", "50"]],
  );
});

test("a move that was tried is never changed any more", () => {
  const tried = queue.attempted([move("a", { fs: "75" })], "a");
  const kept = queue.added(tried, move("b", { fs: "25" }));
  assert.deepEqual(
    kept.map((each) => each.fields.fs),
    ["75", "25"],
  );
});

test("a refused act leaves the line of those that wait, and keeps its text", () => {
  const kept = queue.refusedAs([initiative("a"), initiative("b")], "a", {
    message: "Trop tard",
    code: "phase-over",
  });
  assert.equal(queue.nextOf(kept).op, "b");
  assert.equal(queue.textOf(queue.refused(kept)[0]), "a");
});

test("trying again is a new intention at the end of the line", () => {
  const kept = queue.refusedAs([initiative("a"), initiative("b")], "a", { message: "", code: "" });
  assert.deepEqual(
    queue.again(kept, "a", "c", 1).map((each) => [each.op, each.state]),
    [
      ["b", "waiting"],
      ["c", "waiting"],
    ],
  );
});

test("only what no server has seen can be taken out by undoing", () => {
  assert.equal(queue.untried([initiative("a")]).op, "a");
  assert.equal(queue.untried(queue.attempted([initiative("a")], "a")), undefined);
});

test("an answer counts as saved only with our position in it", () => {
  assert.equal(meaningOf(200, { seq: 4, head: "h" }).kind, "saved");
  assert.equal(meaningOf(200, null).kind, "again");
  assert.equal(meaningOf(0, undefined).kind, "again");
  assert.equal(meaningOf(503, { message: "disque plein" }).kind, "again");
  assert.deepEqual(meaningOf(429, { retry_after_ms: 700 }), { kind: "later", delay: 700 });
  assert.deepEqual(meaningOf(409, { refusal: "phase-over", message: "Non" }), {
    kind: "refused",
    message: "Non",
    code: "phase-over",
  });
  assert.ok(meaningOf(403, null).message.includes("intact"));
});

test("waiting grows from half a second to fifteen", () => {
  assert.equal(backOff(0, 1), 500);
  assert.equal(backOff(3, 1), 4000);
  assert.equal(backOff(40, 1), 15000);
  assert.ok(backOff(0, 0) >= 300);
});

test("one tab sends at a time; a lease that nobody renews, or from a clock that jumped, is no lease", () => {
  const storage = memoryStorage();
  const first = leaseIn(storage, "k", "one");
  const second = leaseIn(storage, "k", "two");
  assert.ok(first.take(1000));
  assert.ok(!second.take(1500));
  assert.ok(second.take(1000 + LEASE_MS));
  assert.ok(mayTake({ holder: "one", until: 9_999_999_999_999 }, "two", 1000));
});

function sending(answers, entries) {
  const store = queueIn(memoryStorage(), "k:");
  store.change(() => entries);
  const told = { sent: [], saved: [], delays: [] };
  const timers = [];
  let clock = 0;
  const sender = senderOf({
    store,
    lease: { take: () => true, release: () => undefined },
    post: async (entry) => {
      told.sent.push([entry.op, { ...entry.fields }]);
      const answer = answers.shift();
      if (!answer) throw new Error("offline");
      return answer;
    },
    saved: (entry) => told.saved.push(entry.op),
    changed: () => undefined,
    now: () => clock,
    random: () => 1,
    timer: {
      set: (turn, delay) => {
        told.delays.push(delay);
        timers.push(() => {
          clock += delay;
          turn();
        });
        return timers.length;
      },
      clear: () => undefined,
    },
  });
  return { store, told, sender, timers };
}

const settle = () =>
  new Promise((done) => {
    setTimeout(done, 5);
  });

test("an act whose answer was lost is repeated as it was, then the next ones follow", async () => {
  const { store, told, sender, timers } = sending(
    [null, { status: 200, body: { seq: 1 } }, { status: 200, body: { seq: 2 } }],
    [move("a", { fs: "5" }), initiative("b")],
  );
  sender.kick();
  await settle();
  assert.deepEqual(told.delays, [500]);
  assert.equal(store.read().length, 2);
  timers.pop()();
  await settle();
  assert.deepEqual(
    told.sent.map(([op]) => op),
    ["a", "a", "b"],
  );
  assert.deepEqual(told.sent[0], told.sent[1]);
  assert.deepEqual(told.saved, ["a", "b"]);
  assert.deepEqual(store.read(), []);
});

test("a refusal does not hold up what follows; a hurried server is given its time", async () => {
  const { store, told, sender, timers } = sending(
    [
      { status: 409, body: { refusal: "phase-over", message: "Non" } },
      { status: 429, body: { retry_after_ms: 900 } },
      { status: 200, body: { seq: 2 } },
    ],
    [initiative("a"), initiative("b")],
  );
  sender.kick();
  await settle();
  assert.deepEqual(told.delays, [900]);
  sender.kick();
  await settle();
  assert.equal(told.sent.length, 2, "a kick does not cut the server's delay short");
  timers.pop()();
  await settle();
  assert.deepEqual(told.saved, ["b"]);
  assert.deepEqual(
    store.read().map((each) => [each.op, each.state]),
    [["a", "refused"]],
  );
});
