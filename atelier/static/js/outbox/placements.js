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

/** Return the card `key` as this phone believes it to be: the server's line, then the acts of `pending`. */
export function believed(line, pending, key) {
  return pending
    .filter((entry) => keyOf(entry) === key)
    .reduce((before, entry) => MOVES[entry.command](before, entry.fields), line);
}
