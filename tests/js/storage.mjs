// A browser's storage, as far as the outbox uses it; `room`: how many characters it holds.

/** A storage that holds `kept`. */
export function memoryStorage(kept = {}, room = Number.POSITIVE_INFINITY) {
  const values = new Map(Object.entries(kept));
  const size = () => [...values].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    removeItem: (key) => values.delete(key),
    setItem(key, value) {
      const before = values.get(key);
      values.set(key, value);
      if (size() <= room) return;
      if (before === undefined) values.delete(key);
      else values.set(key, before);
      throw new Error("QuotaExceededError");
    },
  };
}
