// The cases that the phone's scripts share with the simulated phone in Python (tests/vectors/test_vectors.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as queue from "../../atelier/static/js/outbox/queue.js";
import * as reading from "../../atelier/static/js/live/reader.js";
import { backOff, meaningOf } from "../../atelier/static/js/outbox/answers.js";
import { senderOf } from "../../atelier/static/js/outbox/sender.js";

const vectors = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url)));
const outbox = vectors("outbox");

test("what an answer means, and how long to wait", () => {
  for (const { status, body, means } of outbox.meanings) assert.deepEqual(meaningOf(status, body), means);
  for (const { tries, chance, ms } of outbox.waits) assert.equal(backOff(tries, chance), ms);
});

for (const { what, steps, leaves } of outbox.queues) {
  test(`outbox: ${what}`, () => {
    const turns = {
      added: (kept, op, command, fields) => queue.added(kept, queue.entryOf(op, command, fields, 0)),
      attempted: queue.attempted,
      refused: (kept, op, message, code) => queue.refusedAs(kept, op, { message, code }),
      without: queue.without,
    };
    const left = steps.reduce((kept, [name, ...told]) => turns[name](kept, ...told), []);
    assert.deepEqual(
      left.map((entry) => [entry.op, entry.state, entry.tries, entry.fields]),
      leaves,
    );
  });
}

for (const { what, acts, answers, ...expected } of outbox.sendings) {
  test(`sending: ${what}`, async () => {
    let kept = acts.map((op) => queue.entryOf(op, "say-ready", { group: "1", on: "1" }, 0));
    let clock = 0;
    const told = { sent: [], delays: [], saved: [], refused: [] };
    await new Promise((done) => {
      const sender = senderOf({
        store: { read: () => kept, change: (turn) => (kept = turn(kept)) },
        lease: { take: () => true, release: done },
        post: async (entry) => {
          told.sent.push(entry.op);
          const answer = answers.shift();
          if (!answer) throw new Error("offline");
          return { status: answer[0], body: answer[1] };
        },
        saved: (entry) => told.saved.push(entry.op),
        changed: () => undefined,
        now: () => clock,
        random: () => 1,
        timer: {
          set: (turn, delay) => {
            told.delays.push(delay);
            clock += delay;
            setImmediate(turn);
          },
          clear: () => undefined,
        },
      });
      sender.kick();
    });
    told.refused = queue.refused(kept).map((entry) => entry.op);
    assert.deepEqual(told, expected);
  });
}

for (const { what, start, steps, shown, ends } of vectors("reader")) {
  test(`reader: ${what}`, () => {
    const turns = {
      heard: reading.heard,
      connected: (reader) => ({ reader: reading.connected(reader), show: [] }),
      told: (reader, seq, head) => reading.told(reader, { seq, head }),
      asked: (reader) => ({ reader: reading.asked(reader), show: [] }),
      unanswered: (reader) => ({ reader: reading.unanswered(reader), show: [] }),
      answer: reading.caughtUp,
    };
    let reader = reading.readerAt(...start);
    const seen = steps.map(([name, ...said]) => {
      const next = turns[name](reader, ...said);
      reader = next.reader;
      return next.show.map((message) => message.to);
    });
    assert.deepEqual(seen, shown);
    assert.deepEqual({ ...reader.position, asking: reader.asking, behind: reader.behind }, ends);
  });
}
