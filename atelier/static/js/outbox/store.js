// The queue on this phone: in localStorage, so that a reload loses nothing; in memory where there is none.

/** A store of entries under `key`. `change` reads, applies and writes at once, so that two tabs do not undo each other. */
export function storeIn(storage, key) {
  let memory = [];
  let broken = false;

  function read() {
    if (broken) return memory;
    try {
      const kept = JSON.parse(storage.getItem(key) || "[]");
      return Array.isArray(kept) ? kept.filter(isEntry) : [];
    } catch {
      return memory;
    }
  }

  function change(turn) {
    memory = turn(read());
    try {
      if (memory.length) storage.setItem(key, JSON.stringify(memory));
      else storage.removeItem(key);
      broken = false;
    } catch {
      broken = true; // full or forbidden: what waits lives as long as the page
    }
    return memory;
  }

  return { read, change, durable: () => !broken };
}

function isEntry(entry) {
  return Boolean(entry?.op && entry.command && entry.fields && entry.state);
}
