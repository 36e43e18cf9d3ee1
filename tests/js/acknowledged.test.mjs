// A journal that lost something, a text that comes too late, another address: what the phone does about it.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as kept from "../../atelier/static/js/outbox/acknowledged.js";
import { withArrivals, takeCarriedOver } from "../../atelier/static/js/outbox/arrival.js";
import { lateGesture } from "../../atelier/static/js/outbox/late-gesture.js";
import { handInOf, whereabouts } from "../../atelier/static/js/outbox/hand-in.js";
import { parseCarryOver, carryOverLink, originOf } from "../../atelier/static/js/outbox/carry-over.js";
import { refusedOnce } from "../../atelier/static/js/outbox/placements.js";
import { entryOf, handedIn, marked, refused } from "../../atelier/static/js/outbox/queue.js";
import { journalVerifier } from "../../atelier/static/js/outbox/verify-journal.js";
import { memoryStorage } from "./storage.mjs";

const done = (op, command, fields, seq) => ({ ...entryOf(op, command, fields, 0), seq, head: `h${seq}` });
const initiative = (op, seq) =>
  done(op, "post-initiative", { group: "1", action: "orienter", text: op }, seq);
const move = (op, seq, action = "orienter") =>
  done(op, "place-action", { group: "1", action, fs: "50" }, seq);
const ops = (list) => list.map((entry) => entry.op);

test("when too much was acknowledged, placements that were replaced go first, then gestures, texts last", () => {
  let list = [
    initiative("text", 1),
    move("old", 2),
    done("heart", "support-initiative", {}, 3),
    move("new", 4),
  ];
  let seq = 4;
  while (list.length < kept.MAX_ACKNOWLEDGED)
    list = kept.withAcknowledged(list, initiative(`t${++seq}`, seq));
  list = kept.withAcknowledged(list, initiative("a", 9001));
  assert.deepEqual(ops(list).slice(0, 3), ["text", "heart", "new"]);
  list = kept.withAcknowledged(list, initiative("b", 9002));
  list = kept.withAcknowledged(list, initiative("c", 9003));
  assert.deepEqual(ops(list).slice(0, 2), ["text", "t5"]);
  list = kept.withAcknowledged(list, initiative("d", 9004));
  assert.equal(list[0].op, "t5");
  assert.equal(list.length, kept.MAX_ACKNOWLEDGED);
});

test("what the journal lost goes out again before what waits, once each, as it was", () => {
  const list = kept.asOwed([initiative("a", 7), move("b", 9)]);
  assert.equal(kept.latest(list), null);
  const waiting = [entryOf("b", "place-action", {}, 0), entryOf("c", "say-ready", {}, 0)];
  const queue = kept.withResends(waiting, list);
  assert.deepEqual(ops(queue), ["a", "b", "c"]);
  assert.equal(queue[0].tries, 1);
  assert.deepEqual(ops(kept.withResends(queue, list)), ["a", "b", "c"]);
  const back = kept.withAcknowledged(list, { ...queue[0], seq: 3, head: "x" });
  assert.deepEqual(kept.latest(back), { seq: 3, head: "x" });
  assert.deepEqual(ops(kept.withResends([], back)), ["b"]);
});

test("coming in again is asked for once", () => {
  const seat = { trade: "fs", group: "1", name: "" };
  const queue = kept.withJoin(kept.withJoin([], "j", seat, 0), "k", seat, 0);
  assert.deepEqual(ops(queue), ["j"]);
});

test("an act sent again and refused: later, shown, or no more", () => {
  const text = { ...initiative("a", 0), again: 0 };
  const heart = { ...done("h", "support-initiative", {}, 0), again: 0 };
  assert.equal(kept.fateOfRefusal(text, "phase-not-open"), "phase");
  assert.equal(kept.fateOfRefusal(heart, "unknown-initiative"), "soon");
  assert.equal(kept.fateOfRefusal({ ...heart, again: kept.RETRIES }, "unknown-initiative"), "gone");
  assert.equal(kept.fateOfRefusal(text, "phase-over"), "refused");
  assert.equal(kept.fateOfRefusal(heart, "changed-since"), "gone");
  assert.equal(kept.withResends([], kept.withRetry(kept.asOwed([initiative("a", 4)]), "a"))[0].again, 1);
});

function journal(answers, last = { seq: 5, head: "e" }) {
  const told = { asked: [], lost: [] };
  const verifier = journalVerifier({
    latest: () => last,
    here: { seq: "2", head: "b" },
    ask: async (position) => {
      told.asked.push(position.head);
      const answer = answers.shift();
      return answer || Promise.reject(new Error("no answer"));
    },
    lost: (seated) => told.lost.push(seated),
  });
  return { verifier, told };
}

test("after a silence the journal is asked before anything is sent, once", async () => {
  const { verifier, told } = journal([null, { known: true, seated: true }, { known: false, seated: false }]);
  assert.equal(await verifier.verify(), false);
  assert.deepEqual(await Promise.all([verifier.verify(), verifier.verify()]), [true, true]);
  assert.equal(await verifier.verify(), true);
  verifier.doubt();
  assert.equal(await verifier.verify(), true);
  assert.deepEqual(told, { asked: ["e", "e", "e"], lost: [false] });
});

test("nothing was acknowledged: where the page was is asked about", async () => {
  const { verifier, told } = journal([{ known: true, seated: true }], null);
  verifier.doubt();
  assert.equal(await verifier.verify(), true);
  assert.deepEqual(told, { asked: ["b"], lost: [] });
});

test("what this page has read vouches for what it was told; what it has not read is asked about", () => {
  const { verifier } = journal([]);
  assert.equal(verifier.unread(), true);
  verifier.heard({ from: 4, to: 6, known: true });
  assert.equal(verifier.unread(), false);
  verifier.doubt();
  verifier.heard({ from: 5, to: 6, known: true });
  assert.equal(verifier.unread(), false);
  verifier.heard({ from: 6, to: 3, known: false });
  assert.equal(verifier.unread(), true);
});

test("somebody the server says it never knew comes in again; somebody who was removed does not", async () => {
  const gone = { known: true, seated: false };
  const { verifier, told } = journal([gone, gone]);
  await verifier.verify();
  assert.deepEqual(told.lost, []);
  await verifier.verify(true);
  assert.deepEqual(told.lost, [false]);
});

test("a text that comes too late is left with the facilitator, with where it belongs", () => {
  const nowhere = () => ({});
  const hand = (entry, code, place = nowhere) => handInOf(entry, code, place);
  assert.deepEqual(hand(initiative("a", 0), "phase-over"), {
    kind: "initiative",
    group: "1",
    action: "orienter",
    text: "a",
  });
  const edit = entryOf("e", "edit-mission", { group: "1", mission: "m", text: "Autrement" }, 0);
  assert.deepEqual(
    hand(edit, "workshop-closed", () => ({ side: "fs" })),
    {
      kind: "mission",
      group: "1",
      side: "fs",
      text: "Autrement",
    },
  );
  assert.equal(hand(edit, "workshop-closed"), null);
  const line = entryOf("l", "add-action", { group: "1", label: "Une ligne" }, 0);
  assert.deepEqual(hand(line, "phase-over"), { kind: "line", group: "1", text: "Une ligne" });
  assert.equal(hand(initiative("a", 0), "other-group"), null);
  assert.equal(hand(move("m", 0), "phase-over"), null);
});

test("only an address is an address", () => {
  const origin = (typed) => originOf(typed, "http");
  assert.equal(origin(" 192.168.43.1:8000 "), "http://192.168.43.1:8000");
  assert.equal(origin("HTTP://Atelier.local/"), "http://atelier.local");
  assert.equal(origin("[fe80::1]:8000"), "http://[fe80::1]:8000");
  const wrong = [
    "",
    "javascript:alert(1)",
    "a b",
    "http://x@y",
    "192.168.1.1:99999",
    "999.1.1.1",
    "x/y",
    "//x",
    "?",
  ];
  for (const typed of wrong) assert.equal(origin(typed), "", typed);
});

test("a link carries the seat and what waits, unless it is too much", () => {
  const queue = [entryOf("a".repeat(20), "post-initiative", { group: "1", text: "L’été « 🌻 »" }, 5)];
  const link = carryOverLink("http://192.168.43.1:8000", "KTZ4MP", "ABC-DEF", queue);
  assert.match(link, /^http:\/\/192\.168\.43\.1:8000\/r\/KTZ4MP#retour=ABC-DEF&envois=[\w-]+$/);
  assert.deepEqual(parseCarryOver(new URL(link).hash), { back: "ABC-DEF", queue });
  assert.equal(parseCarryOver("#retour=ABC-DEF&envois=%%%"), null);
  assert.equal(parseCarryOver("#retour=ABC-DEF&envois=e30"), null);
  const much = Array.from({ length: 400 }, (_, n) => entryOf(`o${n}`, "x", { text: "é".repeat(280) }, 0));
  assert.equal(carryOverLink("http://x", "KTZ4MP", "ABC-DEF", much), "");
});

test("what came along leaves from here; under another seat its texts are shown, nothing is sent", () => {
  const op = (letter) => letter.repeat(20);
  const own = { ...entryOf(op("a"), "post-initiative", { group: "1", text: "Un" }, 0), rank: 4 };
  const heart = entryOf(op("b"), "support-initiative", { initiative: "x" }, 0);
  const damaged = [{ ...own, op: "<b>" }, { ...own, op: op("c"), fields: null }, { op: op("d") }, null];
  const carried = { back: "ABC-DEF", queue: [own, heart, ...damaged] };
  const arrived = withArrivals([entryOf(op("b"), "support-initiative", {}, 0)], carried, "ABC-DEF");
  assert.deepEqual(
    arrived.map((entry) => [entry.op, entry.state, entry.rank]),
    [
      [op("b"), "waiting", undefined],
      [op("a"), "waiting", undefined],
    ],
  );
  const strange = withArrivals([], carried, "GHJ-KLM");
  assert.deepEqual(
    strange.map((entry) => [entry.op, entry.state]),
    [[op("a"), "refused"]],
  );
  const storage = memoryStorage({ "atelier:KTZ4MP:moved": JSON.stringify(carried) });
  assert.deepEqual(takeCarriedOver(storage, "KTZ4MP").back, "ABC-DEF");
  assert.equal(takeCarriedOver(storage, "KTZ4MP"), null);
});

test("a text left with the facilitator is no longer unsent, and hears what became of it", () => {
  const late = { ...initiative("a", 0), state: "refused", code: "phase-over" };
  const left = marked([late], late.op, { handedIn: "its-hand-in" });
  assert.deepEqual([refused(left), handedIn(left)], [[], left]);
  assert.deepEqual([refused([late]), handedIn([late])], [[late], []]);
  const where = (entry, accepted, aside) => whereabouts(entry, { accepted, aside });
  assert.equal(where(late, ["its-hand-in"], []), "here");
  assert.equal(where(left[0], ["another"], [""]), "desk");
  assert.equal(where(left[0], ["another", "its-hand-in"], [""]), "accepted");
  assert.equal(where(left[0], [""], ["its-hand-in"]), "aside");
});

test("a gesture that came too late says what it was and who can still do it", () => {
  const words = (command, fields, code = "phase-over") =>
    lateGesture(
      { command, fields: { group: 1, action: "former", ...fields }, code },
      () => "Former",
      (reach) => ({ 0: "jamais", 75: "régulièrement" })[reach],
      { fs: "Ludothèque", cn: "Archives" },
    );
  assert.deepEqual(words("place-action", { fs: "75", cn: "0" }), {
    why: "Non envoyé\u00a0: cette phase est terminée.",
    was: "Former\u00a0: Ludothèque régulièrement / Archives jamais",
    advice: "Dites-le à l’animateur·rice, qui peut placer la carte pour votre groupe.",
  });
  const message = "Une plume par table";
  const elsewhere = {
    command: "place-action",
    fields: { action: "former", fs: 0 },
    code: "pen-elsewhere",
    message,
  };
  assert.deepEqual(
    lateGesture(
      elsewhere,
      () => "Former",
      () => "jamais",
      { fs: "Ludothèque", cn: "Archives" },
    ),
    { why: message, was: "Former\u00a0: Ludothèque jamais", advice: "" },
  );
  assert.equal(words("place-action", { cn: 75 }).was, "Former\u00a0: Archives régulièrement");
  assert.equal(words("set-action-aside", {}).was, "Former\u00a0: sans objet");
  assert.equal(words("unplace-action", {}, "workshop-closed").why, "Non envoyé\u00a0: l’atelier est clos.");
  assert.deepEqual(
    [words("say-ready", {}).was, words("say-ready", {}).advice],
    ["", "Dites-le à l’animateur·rice."],
  );
  const answer = words("give-answer", { cn: "75" });
  assert.deepEqual(
    [answer.was, answer.advice],
    ["Former\u00a0: votre réponse, «\u00a0régulièrement\u00a0»", "Dites-le à l’animateur·rice."],
  );
});

test("a card refused once for each arm is one refusal; another card, another reason, a text are their own", () => {
  const refusal = (op, fields, more = {}) => ({
    ...entryOf(op, "place-action", { group: "1", action: "former", ...fields }, 0),
    state: "refused",
    code: "pen-elsewhere",
    ...more,
  });
  const text = { ...initiative("t", 0), state: "refused", code: "pen-elsewhere" };
  const others = [
    refusal("o", { action: "orienter", fs: "0" }),
    refusal("p", { fs: "50" }, { code: "phase-over" }),
    refusal("w", { fs: "25" }, { state: "waiting" }),
    text,
  ];
  const [one, two] = [refusal("a", { fs: "75" }), refusal("b", { cn: "0" })];
  const told = refusedOnce([...others, one, two], "b");
  assert.deepEqual(told.slice(0, -1), others);
  assert.deepEqual(told[4].fields, { group: "1", action: "former", fs: "75", cn: "0" });
  assert.deepEqual(refusedOnce([one], "a"), [one]);
  assert.deepEqual(refusedOnce([text], "t"), [text]);
});
