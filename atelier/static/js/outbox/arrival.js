// Takes into the outbox what a phone brought along from the laptop's former address (left in storage by join/rejoin.js).

import { textOf } from "./queue.js";

const STRANGERS =
  "Ce texte attendait sur ce téléphone quand vous avez changé d’adresse, sous une autre place. Envoyez-le à nouveau s’il est à vous.";

/**
 * Return the queue with what came along; pure. Under another seat than the one that wrote it, texts are shown rather than
 * sent, so that nothing vanishes. `carried`: { back, queue } from the link; `back`: the code to return of this seat.
 */
export function withArrivals(queue, carried, back) {
  const known = new Set(queue.map((entry) => entry.op));
  const entries = carried.queue.filter((entry) => isWhole(entry) && !known.has(entry.op)).map(bare);
  if (carried.back === back) return [...queue, ...entries];
  const texts = entries.filter(textOf);
  return [
    ...queue,
    ...texts.map((entry) => ({ ...entry, state: "refused", message: STRANGERS, code: "moved" })),
  ];
}

/** Return what the door left for the workshop `code`, taken away; null when there is nothing. */
export function takeCarriedOver(storage, code) {
  const place = `atelier:${code}:moved`;
  try {
    const carried = JSON.parse(storage.getItem(place) || "null");
    return Array.isArray(carried?.queue) ? carried : null;
  } catch {
    return null;
  } finally {
    storage.removeItem(place);
  }
}

function isWhole(entry) {
  return (
    /^[A-Za-z0-9_-]{16,40}$/.test(entry?.op) &&
    typeof entry.command === "string" &&
    Object.values(entry.fields || { none: {} }).every((value) =>
      ["string", "number"].includes(typeof value),
    ) &&
    ["waiting", "refused"].includes(entry.state)
  );
}

// Its place in line is given anew.
function bare({ rank, ...entry }) {
  return entry;
}
