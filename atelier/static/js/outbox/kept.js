// What the server acknowledged, kept until the workshop closes: a journal that was damaged or put back from an older
// copy gets it again. Pure: lists in, lists out. An entry: the outbox's, with `seq` and `head` of its acknowledgement.

import { entryOf, textOf } from "./queue.js";

export const KEPT_AT_MOST = 800;

/** The list with one more acknowledged act. When there are too many, gestures go before texts, old ones before new. */
export function keptWith(list, entry) {
  const all = [...list.filter((each) => each.op !== entry.op), slim(entry)];
  if (all.length <= KEPT_AT_MOST) return all;
  const gesture = all.findIndex((each) => !textOf(each));
  return all.filter((_, index) => index !== Math.max(0, gesture));
}

/** The queue in which everything kept is sent again, in order, before what waits; with the same operation ids. */
export function sentAgain(queue, list) {
  const known = new Set(queue.map((entry) => entry.op));
  const again = list
    .filter((entry) => !known.has(entry.op))
    .map((entry) => ({ ...entryOf(entry.op, entry.command, entry.fields, entry.at), tries: 1 }));
  return [...again, ...queue];
}

/** The queue that begins with coming in again, under a fresh operation id. */
export function comingIn(queue, op, seat, at) {
  if (queue.some((entry) => entry.command === "join" && entry.state === "waiting")) return queue;
  return [entryOf(op, "join", seat, at), ...queue];
}

function slim({ op, command, fields, at, seq, head }) {
  return { op, command, fields, at, seq, head, state: "kept" };
}
