// Which marks a clock has just passed. Pure.

/** The marks, in milliseconds left, at which the room is told. */
export const MARKS = [300000, 60000, 0];

// Later than this the words would be wrong: a phone that slept says nothing of five minutes.
const STILL_TRUE_MS = 10000;

/** Return the mark that lies between what was left `before` and what is left `now`, null when there is none. */
export function passedMark(before, now) {
  const found = MARKS.filter((mark) => before > mark && now <= mark).pop();
  if (found === undefined || (found > 0 && found - now > STILL_TRUE_MS)) return null;
  return found;
}
