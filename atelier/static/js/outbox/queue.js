// What waits to be sent, in order. Pure: every function takes a queue and returns one, entries are never changed.
// An entry: { op, command, fields, at, tries, state: "waiting" | "refused", message?, code? }, and besides: `rank` (its
// place in storage), `version` (of the page on which it was done), `late` (the refused act whose text it hands in),
// `handedIn` (the act that did), `again` (sent once more, see acknowledged.js).

const ARMS = ["fs", "cn"];

/** Return a fresh entry. `op` names the intention: it is repeated with it until an answer comes. */
export function entryOf(op, command, fields, at) {
  return { op, command, fields, at, tries: 0, state: "waiting" };
}

/** Return the queue with one more act. Two moves of the same card in a row are one, as long as none was tried. */
export function added(queue, entry) {
  const last = queue[queue.length - 1];
  if (!last || !sameMove(last, entry)) return [...queue, entry];
  return [...queue.slice(0, -1), { ...last, fields: { ...last.fields, ...entry.fields } }];
}

/** Return the queue without the act `op`. */
export function without(queue, op) {
  return queue.filter((entry) => entry.op !== op);
}

/** Return what is still to be sent. */
export function waiting(queue) {
  return queue.filter((entry) => entry.state === "waiting");
}

/** Return what the server refused and its author has not put away. */
export function refused(queue) {
  return queue.filter((entry) => entry.state === "refused" && !entry.handedIn);
}

/** Return what came too late and was left with the facilitator. */
export function handedIn(queue) {
  return queue.filter((entry) => entry.state === "refused" && entry.handedIn);
}

/** Return the act to send next: order is kept, so only ever the first. */
export function nextOf(queue) {
  return waiting(queue)[0];
}

/** Return the act that « Annuler » can simply take out: the last one, when no server has ever seen it. */
export function untried(queue) {
  const last = waiting(queue).pop();
  return last && last.tries === 0 ? last : undefined;
}

/** Return the queue once `op` is about to be sent: from then on its fields no longer change. */
export function attempted(queue, op) {
  return queue.map((entry) => (entry.op === op ? { ...entry, tries: entry.tries + 1 } : entry));
}

/** Return the queue once the server said no to `op`. */
export function refusedAs(queue, op, told) {
  return queue.map((entry) =>
    entry.op === op ? { ...entry, state: "refused", message: told.message, code: told.code } : entry,
  );
}

/** Return the queue in which a refused act is tried again, as a new intention at the end. */
export function again(queue, op, fresh, at) {
  const entry = queue.find((each) => each.op === op);
  if (!entry) return queue;
  const { command, fields, version } = entry;
  return [...without(queue, op), { ...entryOf(fresh, command, fields, at), ...(version && { version }) }];
}

/** Return the queue in which the act `op` carries `marks` besides. */
export function marked(queue, op, marks) {
  return queue.map((entry) => (entry.op === op ? { ...entry, ...marks } : entry));
}

/** Return the text of an act that its author would miss, "" for a gesture. */
export function textOf(entry) {
  return entry.fields.text || entry.fields.label || "";
}

function sameMove(last, entry) {
  return (
    last.state === "waiting" &&
    last.tries === 0 &&
    last.command === "place-action" &&
    entry.command === "place-action" &&
    last.fields.group === entry.fields.group &&
    last.fields.action === entry.fields.action &&
    ARMS.some((arm) => arm in entry.fields)
  );
}
