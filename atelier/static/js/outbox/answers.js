// What an answer of the server means for the act that was sent. Pure.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const STRANGE =
  "Le serveur n’a pas accepté cet envoi. Votre texte est intact\u00a0: copiez-le ou montrez-le à l’animateur·rice.";

/**
 * Return "saved", "refused", "later" (with a delay) or "again".
 * Only our own JSON with a position counts as saved: the page of a hotel's Wi-Fi also answers 200.
 */
export function meaningOf(status, body) {
  const told = body && typeof body === "object" ? body : {};
  if (status >= 200 && status < 300) {
    return Number.isInteger(told.seq) ? { kind: "saved", seq: told.seq, head: told.head } : { kind: "again" };
  }
  if (status === 429) return { kind: "later", delay: Math.min(Number(told.retry_after_ms) || 1000, 60000) };
  if (status === 408 || status === 425 || status < 400 || status >= 500) return { kind: "again" };
  return { kind: "refused", message: told.message || STRANGE, code: told.refusal || String(status) };
}

/** Return how long to wait before attempt `tries` + 1: 0.5 s doubling to 15 s, spread so that a room does not come back at once. */
export function backOff(tries, random) {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10));
  return Math.round(longest * (0.6 + 0.4 * random));
}
