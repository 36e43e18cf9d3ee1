// Leaves a text that came too late with the facilitator, as a new act, and tells what became of it. Pure.

const TOO_LATE = ["phase-over", "workshop-closed"];
const KINDS = {
  "post-initiative": "initiative",
  "edit-initiative": "initiative",
  "add-mission": "mission",
  "edit-mission": "mission",
  "add-action": "line",
};

/** Return the fields of the `hand-in` for a refused act, or null. `placeOf(entry)` finds what an edit does not say itself. */
export function handInOf(entry, code, placeOf) {
  const kind = KINDS[entry.command];
  const text = entry.fields.text || entry.fields.label;
  if (!kind || !text || !TOO_LATE.includes(code)) return null;
  const { group, action, side } = { ...placeOf(entry), ...entry.fields };
  if (kind === "initiative") return action ? { kind, group, action, text } : null;
  if (kind === "mission") return side ? { kind, group, side, text } : null;
  return { kind, group, text };
}

/** Tell whether a refused act came after its phase or the close. */
export function isTooLate(entry) {
  return TOO_LATE.includes(entry.code);
}

/**
 * Tell where a refused text is: "here" (on this phone only), "desk" (with the facilitator), "accepted" or "aside".
 * `decided`: { accepted, aside }, the ids of the acts that left texts there.
 */
export function whereabouts(entry, decided) {
  if (!entry.handedIn) return "here";
  if (decided.accepted.includes(entry.handedIn)) return "accepted";
  return decided.aside.includes(entry.handedIn) ? "aside" : "desk";
}
