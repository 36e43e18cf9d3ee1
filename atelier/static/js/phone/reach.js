// Reaches in words, and what a card shows once the acts that still wait are added to what the server said. Pure.

/** The word for the quarter nearest to `reach` (ties go to the more regular word), as on the server. */
export function reachName(reach, scale) {
  return scale[Math.min(4, Math.floor((Number(reach) + 12) / 25))];
}

/** A card in words: « France services : régulièrement · Conseiller numérique : jamais ». */
export function lineWords(line, scale) {
  if (line.state === "aside") return "Sans objet";
  if (line.state !== "placed") return "À placer";
  return `France services\u00a0: ${reachName(line.fs, scale)} · Conseiller numérique\u00a0: ${reachName(line.cn, scale)}`;
}

/** The card `key` (« 1/orienter ») as this phone believes it to be: the server's line, then the acts of `pending`. */
export function believed(line, pending, key) {
  return pending.filter((entry) => keyOf(entry) === key).reduce(after, line);
}

/** Which card an act moves, "" when it moves none. */
export function keyOf(entry) {
  return MOVES[entry.command] ? `${entry.fields.group}/${entry.fields.action}` : "";
}

const MOVES = {
  "place-action": (line, fields) => ({
    fs: Number(or(fields.fs, line.fs)),
    cn: Number(or(fields.cn, line.cn)),
    state: "placed",
  }),
  "unplace-action": () => ({ fs: 0, cn: 0, state: "unplaced" }),
  "set-action-aside": () => ({ fs: 0, cn: 0, state: "aside" }),
};

function after(line, entry) {
  return MOVES[entry.command](line, entry.fields);
}

// `??` would ask for browsers newer than some phones in the room.
function or(value, otherwise) {
  return value === undefined ? otherwise : value;
}
