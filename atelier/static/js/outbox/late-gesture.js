// A gesture that came too late, or a card that may not be placed, in words: what it was, and who can still do it. Pure.

const PLACINGS = {
  "place-action": ({ fs, cn }, step, poles) =>
    [fs === undefined ? "" : `${poles.fs} ${step(fs)}`, cn === undefined ? "" : `${poles.cn} ${step(cn)}`]
      .filter(Boolean)
      .join(" / "),
  "unplace-action": () => "à placer",
  "set-action-aside": () => "sans objet",
};
const SAID = { "give-answer": ({ fs, cn }, step) => `votre réponse, «\u00a0${step(fs ?? cn)}\u00a0»` };
const OVER = {
  "phase-over": "Non envoyé\u00a0: cette phase est terminée.",
  "workshop-closed": "Non envoyé\u00a0: l’atelier est clos.",
};

/**
 * Return what a refused gesture says: { why, was, advice }; `labelOf(action)` and `step(reach)` give the sheet’s words,
 * `poles` what the two of it are called.
 */
export function lateGesture(entry, labelOf, step, poles) {
  const placing = PLACINGS[entry.command];
  const gesture = placing || SAID[entry.command];
  const why = OVER[entry.code] || entry.message;
  if (!gesture) return { why, was: "", advice: "Dites-le à l’animateur·rice." };
  const was = `${labelOf(entry.fields.action)}\u00a0: ${gesture(entry.fields, step, poles)}`;
  const able = placing ? ", qui peut placer la carte pour votre groupe" : "";
  return { why, was, advice: OVER[entry.code] ? `Dites-le à l’animateur·rice${able}.` : "" };
}
