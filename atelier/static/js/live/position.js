// A reader's position in the journal, { seq, head }, and what a message means for it. Pure: takes and returns values.

/** Return "apply" when the message continues what is known, "stale" when it is known already, "gap" when something is missing. */
export function classify(position, message) {
  if (message.from > position.seq) return "gap";
  if (message.to < position.seq) return "stale";
  return "apply";
}

/** Return the position after a message was applied. */
export function advanced(position, message) {
  return message.to >= position.seq ? { seq: message.to, head: message.head } : position;
}
