// Operation ids: an act repeated under the same one is done once.

/** Return a fresh operation id (`crypto.randomUUID` does not exist on plain http). */
export function newOp() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
