// What a ballot comes to. Pure.

/**
 * Return the dots by initiative: `own` ({ id, dots }, what the page was drawn with), then `acts` (of the outbox, saved or
 * waiting, in order), all of the vote `id`.
 */
export function ballotOf(id, own, acts) {
  const dots = new Map(Object.entries(own?.dots && own.id === id ? own.dots : {}));
  for (const { command, fields } of acts) {
    if (command !== "place-dots" || fields.vote !== id) continue;
    dots.delete(fields.initiative);
    if (Number(fields.dots)) dots.set(fields.initiative, Number(fields.dots));
  }
  return dots;
}

/** Return how many dots are left of `each` a person, on the choices `ids` that are still there. */
export function leftOf(dots, ids, each, people) {
  const placed = ids.reduce((sum, id) => sum + (dots.get(id) || 0), 0);
  return Math.max(0, each * people - placed);
}
