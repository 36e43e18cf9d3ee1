// Reaches and cards in words. Pure.

/** Return the word for the quarter nearest to `reach` (ties go to the more regular word), as on the server. */
export function reachName(reach, scale) {
  return scale[Math.min(4, Math.floor((Number(reach) + 12) / 25))];
}

/** Return how regularly the trade of `arm` (« fs », « cn ») does it, or that nobody answered for it yet. */
export function armWords(line, arm, scale) {
  if (line[arm] === null) return "pas encore répondu";
  if ((line.unsure || "").includes(arm)) return `${scale[0]} ou pas répondu`;
  return reachName(line[arm], scale);
}

/** Return a card in words: « France services : régulièrement · Conseiller numérique : jamais »; `poles`: their names. */
export function lineWords(line, scale, poles) {
  if (line.state === "aside") return "Sans objet";
  if (line.state !== "placed") return "À placer";
  const [fs, cn] = ["fs", "cn"].map((arm) => armWords(line, arm, scale));
  return `${poles.fs}\u00a0: ${fs} · ${poles.cn}\u00a0: ${cn}`;
}

/** Return the arm that a card half answered still asks for, undefined when it asks for none. */
export function askedOf(line) {
  return line.state === "placed" ? ["fs", "cn"].find((arm) => line[arm] === null) : undefined;
}

/** Return how far a group has come: « 7 sur 10 complètes, 2 à moitié ». */
export function progressText(complete, half, aside, all) {
  const of = all - aside;
  const told = of ? [`${complete} sur ${of} complète${complete > 1 ? "s" : ""}`] : [];
  if (half) told.push(`${half} à moitié`);
  if (aside) told.push(`${aside} sans objet`);
  return told.join(", ");
}
