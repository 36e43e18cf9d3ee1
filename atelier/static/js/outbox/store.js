// What this phone keeps: in localStorage, so that a reload loses nothing; in memory where there is none or no room.

/** Return a list of entries under `key`, written as a whole: for what one tab at a time writes. */
export function listIn(storage, key) {
  let memory = [];
  let broken = false;

  function read() {
    if (broken) return memory;
    const kept = parsed(storage.getItem(key));
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  }

  function change(turn) {
    memory = turn(read());
    try {
      if (memory.length) storage.setItem(key, JSON.stringify(memory));
      else storage.removeItem(key);
      broken = false;
    } catch {
      broken = true; // full or forbidden: it lives as long as the page
    }
    return memory;
  }

  return { read, change };
}

/**
 * Return a queue of entries, each under a key of its own below `prefix`: two tabs that write in the same instant, each from
 * what it last saw, lose nothing of one another. `rank` is the order. `makeRoom()` is asked when the storage is full.
 */
export function queueIn(storage, prefix, makeRoom = () => undefined) {
  const inMemory = new Map();

  function read() {
    const found = new Map(stored(storage, prefix).map((entry) => [entry.op, entry]));
    for (const [op, entry] of inMemory) found.set(op, entry);
    return [...found.values()].sort((a, b) => a.rank - b.rank || (a.op < b.op ? -1 : 1));
  }

  function change(turn) {
    const before = read();
    const after = ranked(turn(before));
    const left = new Set(after.map((entry) => entry.op));
    for (const { op } of before) if (!left.has(op)) remove(op);
    for (const entry of after) if (!before.includes(entry)) put(entry);
    return after;
  }

  function put(entry) {
    try {
      written(entry);
      inMemory.delete(entry.op);
    } catch {
      inMemory.set(entry.op, entry);
    }
  }

  function written(entry) {
    const text = JSON.stringify(entry);
    try {
      storage.setItem(prefix + entry.op, text);
    } catch {
      makeRoom();
      storage.setItem(prefix + entry.op, text);
    }
  }

  function remove(op) {
    inMemory.delete(op);
    storage.removeItem(prefix + op);
  }

  return { read, change };
}

/** Return this browser's storage, or one that lasts as long as the page. */
export function storageHere() {
  try {
    return window.localStorage || passing();
  } catch {
    return passing();
  }
}

function passing() {
  const values = new Map();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index],
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => values.set(key, value),
    removeItem: (key) => values.delete(key),
  };
}

function stored(storage, prefix) {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  return keys
    .filter((key) => key?.startsWith(prefix))
    .map((key) => parsed(storage.getItem(key)))
    .filter((entry) => isEntry(entry) && Number.isFinite(entry.rank));
}

// Ranks grow from the first to the last; an entry that has its place already is not written again.
function ranked(queue) {
  const first = Math.max(
    0,
    queue.findIndex((entry) => Number.isFinite(entry.rank)),
  );
  let last = (queue[first]?.rank ?? 1) - first - 1;
  return queue.map((entry) => {
    const keeps = Number.isFinite(entry.rank) && entry.rank > last;
    last = keeps ? entry.rank : last + 1;
    return keeps ? entry : { ...entry, rank: last };
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isEntry(entry) {
  return Boolean(entry?.op && entry.command && entry.fields && entry.state);
}
