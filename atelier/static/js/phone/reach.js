// Reaches and cards in words. Pure.

/** Return the word for the quarter nearest to `reach` (ties go to the more regular word), as on the server. */
export function reachName(reach, scale) {
  return scale[Math.min(4, Math.floor((Number(reach) + 12) / 25))];
}

/** Return a card in words: « France services : régulièrement · Conseiller numérique : jamais ». */
export function lineWords(line, scale) {
  if (line.state === "aside") return "Sans objet";
  if (line.state !== "placed") return "À placer";
  return `France services\u00a0: ${reachName(line.fs, scale)} · Conseiller numérique\u00a0: ${reachName(line.cn, scale)}`;
}
