// What the server acknowledged, kept until the workshop closes: a journal that was damaged or put back from an older
// copy gets it again. Pure: lists in, lists out. An entry: the outbox's, with `seq` and `head` of its acknowledgement;
// `seq` 0: the journal lost it, it is owed.

import { keyOf } from "./placements.js";
import { entryOf, textOf } from "./queue.js";

export const MAX_ACKNOWLEDGED = 800;
export const RETRIES = 6;

// Said while others are still bringing back what this act needs.
const NOT_YET = ["not-joined", "unknown-action", "unknown-initiative", "unknown-mission"];

/** Return the list with one more acknowledged act. When there are too many: placements that a later one replaced go first, then gestures, then texts, old before new. */
export function withAcknowledged(list, entry) {
  const all = [...list.filter((each) => each.op !== entry.op), slim(entry)];
  if (all.length <= MAX_ACKNOWLEDGED) return all;
  const candidates = [replaced(all), all.findIndex((each) => !textOf(each)), 0];
  const goes = candidates.find((index) => index >= 0);
  return all.filter((_, index) => index !== goes);
}

/** Return the position of the latest acknowledgement, or null: a journal that knows it holds all that came before. */
export function latest(list) {
  const { seq, head } = list.reduce((last, each) => (each.seq > last.seq ? each : last), {
    seq: 0,
    head: "",
  });
  return seq ? { seq, head } : null;
}

/** Return the list once the journal turned out not to hold it. */
export function asOwed(list) {
  return list.map((each) => ({ ...each, seq: 0, head: "", retries: 0 }));
}

/** Return the queue in which everything owed is sent again, in order, before what waits; with the same operation ids. */
export function withResends(queue, list) {
  const known = new Set(queue.map((entry) => entry.op));
  const again = list
    .filter((entry) => !entry.seq && !known.has(entry.op))
    .map((entry) => ({
      ...entryOf(entry.op, entry.command, entry.fields, entry.at),
      ...(entry.version && { version: entry.version }),
      tries: 1,
      again: entry.retries || 0,
    }));
  return [...again, ...queue];
}

/** Return the queue that begins with coming in again, under a fresh operation id. */
export function withJoin(queue, op, seat, at) {
  if (queue.some((entry) => entry.command === "join" && entry.state === "waiting")) return queue;
  return [entryOf(op, "join", seat, at), ...queue];
}

/**
 * Return what to do about an act sent again and refused: "phase" (when the phase comes), "soon" (others may be bringing back
 * what it needs), "refused" (its text is shown, as any refused one), "gone" (a gesture that means nothing any more).
 */
export function fateOfRefusal(entry, code) {
  if (code === "phase-not-open") return "phase";
  if (NOT_YET.includes(code) && entry.again < RETRIES) return "soon";
  return textOf(entry) ? "refused" : "gone";
}

/** Return the list in which `op` is asked for once more. */
export function withRetry(list, op) {
  return list.map((each) => (each.op === op ? { ...each, retries: (each.retries || 0) + 1 } : each));
}

// The first placement whose card was placed again later.
function replaced(list) {
  const last = new Map(list.map((entry) => [keyOf(entry), entry]));
  return list.findIndex((entry) => keyOf(entry) && last.get(keyOf(entry)) !== entry);
}

function slim({ op, command, fields, at, seq, head, version }) {
  return { op, command, fields, at, seq, head, ...(version && { version }), state: "kept" };
}
