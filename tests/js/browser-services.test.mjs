// How a page asks the server, and what this browser keeps for it, where either refuses. Run with `node --test`.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { fetchJson } from "../../atelier/static/js/live/fetch-json.js";
import { keysIn, recall, remember } from "../../atelier/static/js/live/storage.js";

const genuine = { fetch: globalThis.fetch, setTimeout: globalThis.setTimeout };
let alarms = [];

afterEach(() => {
  Object.assign(globalThis, genuine);
  alarms = [];
});

function answering(answer) {
  globalThis.setTimeout = (job, ms) => alarms.push({ job, ms });
  globalThis.fetch = async (address, options) => answer(address, options);
}

// Like the real one: rejects once the request is given up.
const aborted = (signal) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
  });

test("an answer is its status and its JSON; a page of somebody else's holds none", async () => {
  answering((address, options) => new Response(`{"seq":4,"to":"${address}${options.headers.Accept}"}`));
  assert.deepEqual(await fetchJson(10, "/a"), {
    ok: true,
    status: 200,
    body: { seq: 4, to: "/aapplication/json" },
  });
  answering(() => new Response("<p>Bienvenue à l’hôtel", { status: 200 }));
  assert.deepEqual(await fetchJson(10, "/a"), { ok: true, status: 200, body: null });
});

test("no answer within its time is given up, while its head or its body is waited for", async () => {
  answering((_, { signal }) => aborted(signal));
  const asking = fetchJson(15000, "/a");
  assert.equal(alarms[0].ms, 15000);
  alarms[0].job();
  await assert.rejects(asking, { name: "AbortError" });

  answering((_, { signal }) => ({ ok: true, status: 200, json: () => aborted(signal) }));
  const reading = fetchJson(10, "/a");
  await Promise.resolve();
  alarms.at(-1).job();
  assert.deepEqual(await reading, { ok: true, status: 200, body: null });
});

test("what is kept is found again, and the empty text takes it away", () => {
  const kept = {
    getItem: (key) => (Object.hasOwn(kept, key) ? kept[key] : null),
    setItem: (key, text) => Object.assign(kept, { [key]: text }),
    removeItem: (key) => delete kept[key],
  };
  for (const name of Object.keys(kept)) Object.defineProperty(kept, name, { enumerable: false });
  globalThis.window = { localStorage: kept };
  remember("localStorage", "a", "Bonjour");
  assert.deepEqual([recall("localStorage", "a"), keysIn("localStorage")], ["Bonjour", ["a"]]);
  remember("localStorage", "a", "");
  assert.deepEqual([recall("localStorage", "a"), keysIn("localStorage")], ["", []]);
});

test("a browser that keeps nothing says so by keeping nothing", () => {
  globalThis.window = {
    get sessionStorage() {
      throw new DOMException("refused", "SecurityError");
    },
  };
  remember("sessionStorage", "a", "Bonjour");
  assert.deepEqual([recall("sessionStorage", "a"), keysIn("sessionStorage")], ["", []]);
});
