// A lease, by which two tabs agree which of them sends. A lease in storage, taken by writing it and kept alive while sending. The decision is pure.

export const LEASE_MS = 6000;

/** Tell whether `me` may send, given the lease somebody wrote. A lease from the far future is a clock that jumped. */
export function mayTake(lease, me, now) {
  if (!lease || lease.holder === me) return true;
  return lease.until <= now || lease.until > now + 2 * LEASE_MS;
}

/** Return a lease in `storage` under `key`, for the tab `me`. */
export function leaseIn(storage, key, me) {
  return {
    take(now) {
      if (!mayTake(read(storage, key), me, now)) return false;
      write(storage, key, { holder: me, until: now + LEASE_MS });
      return true;
    },
    release() {
      const lease = read(storage, key);
      if (lease && lease.holder === me) write(storage, key, null);
    },
  };
}

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

function write(storage, key, lease) {
  try {
    if (lease) storage.setItem(key, JSON.stringify(lease));
    else storage.removeItem(key);
  } catch {
    // Without storage there is no second tab to agree with either.
  }
}
