// What this phone keeps: in localStorage, so that a reload loses nothing; in memory where there is none or no room.

// As long as the longest text with what surrounds it.
const ROOM = "x".repeat(2000);
const TRIAL = "atelier:room";

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

  /** Tell whether a reload would find the entry `op` again. */
  function isKept(op) {
    return !inMemory.has(op);
  }

  return { read, change, isKept };
}

/** Tell whether one more text would find its place in `storage`. `makeRoom()` is asked when it is full. */
export function hasRoom(storage, makeRoom = () => undefined) {
  if (holds(storage)) return true;
  makeRoom();
  return holds(storage);
}

function holds(storage) {
  try {
    storage.setItem(TRIAL, ROOM);
    return true;
  } catch {
    return false;
  } finally {
    storage.removeItem(TRIAL);
  }
}

/** Return this browser's storage, or one that refuses everything. */
export function storageHere() {
  try {
    return window.localStorage || refusing();
  } catch {
    return refusing();
  }
}

function refusing() {
  return {
    length: 0,
    key: () => null,
    getItem: () => null,
    setItem() {
      throw new Error("this browser keeps nothing");
    },
    removeItem: () => undefined,
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
