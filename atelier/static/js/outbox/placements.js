// What an act does to a card of the sheet. Pure.

const MOVES = {
  "place-action": (line, fields) => ({
    fs: Number(fields.fs ?? line.fs),
    cn: Number(fields.cn ?? line.cn),
    state: "placed",
  }),
  "unplace-action": () => ({ fs: 0, cn: 0, state: "unplaced" }),
  "set-action-aside": () => ({ fs: 0, cn: 0, state: "aside" }),
};

/** Tell which card (« 1/orienter ») an act moves, "" when it moves none. */
export function keyOf(entry) {
  return MOVES[entry.command] ? `${entry.fields.group}/${entry.fields.action}` : "";
}

/** Return the card `key` as this phone believes it to be: the server's line, then the acts of `pending`. */
export function believed(line, pending, key) {
  return pending
    .filter((entry) => keyOf(entry) === key)
    .reduce((before, entry) => MOVES[entry.command](before, entry.fields), line);
}
