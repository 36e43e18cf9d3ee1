// What an act does to a card of the sheet. Pure.

const MOVES = {
  "place-action": (line, fields) => ({
    fs: reach(fields.fs, line.fs),
    cn: reach(fields.cn, line.cn),
    state: "placed",
    unsure: (line.unsure || "")
      .split(" ")
      .filter((arm) => !(arm in fields))
      .join(" "),
  }),
  "unplace-action": () => ({ fs: null, cn: null, state: "unplaced" }),
  "set-action-aside": () => ({ fs: null, cn: null, state: "aside" }),
};

function reach(given, before) {
  return given === undefined ? before : Number(given);
}

/** Tell which card (« 1/orienter ») an act moves, "" when it moves none. */
export function keyOf(entry) {
  return MOVES[entry.command] ? `${entry.fields.group}/${entry.fields.action}` : "";
}

/**
 * Return the queue in which a card that was refused several times for one reason is refused once, under `op`, the last: a
 * tap for each arm is one gesture to who made it.
 */
export function refusedOnce(queue, op) {
  const last = queue.find((entry) => entry.op === op);
  const same = (entry) => entry.state === "refused" && keyOf(entry) && keyOf(entry) === keyOf(last);
  const others = last
    ? queue.filter((entry) => entry !== last && same(entry) && entry.code === last.code)
    : [];
  if (!others.length) return queue;
  const fields = Object.assign({}, ...[...others, last].map((entry) => entry.fields));
  const one = last.command === "place-action" ? { ...last, fields } : last;
  return queue.filter((entry) => !others.includes(entry)).map((entry) => (entry === last ? one : entry));
}

/** Return the card `key` as this phone believes it to be: the server's line, then the acts of `pending`. */
export function believed(line, pending, key) {
  return pending
    .filter((entry) => keyOf(entry) === key)
    .reduce((before, entry) => MOVES[entry.command](before, entry.fields), line);
}
