// `fetch` with a time limit, for everything a page asks.

/**
 * Fetch `address` within `ms` milliseconds, its body included: { ok, status, body }, the body as `read(answer)` has it.
 * Rejects when there is no answer.
 */
export async function fetchWithin(ms, address, options, read) {
  const breaker = typeof AbortController === "function" ? new AbortController() : null;
  const alarm = setTimeout(() => breaker?.abort(), ms);
  try {
    const answer = await fetch(address, { credentials: "same-origin", signal: breaker?.signal, ...options });
    return { ok: answer.ok, status: answer.status, body: await read(answer) };
  } finally {
    clearTimeout(alarm);
  }
}

/** Fetch JSON; `body` is null when the answer holds none. */
export function fetchJson(ms, address, options = {}) {
  const asking = { headers: { Accept: "application/json" }, ...options };
  return fetchWithin(ms, address, asking, (answer) => answer.json().catch(() => null));
}
