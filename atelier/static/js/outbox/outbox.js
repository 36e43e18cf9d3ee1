// The outbox of this page: everything somebody does here is kept on the phone first, then sent.
// Others ask by the event `atelier:act` { command, fields }; `atelier:outbox` tells them to look at `outboxNow()`.

import { added, again, entryOf, refused, untried, waiting, without } from "./queue.js";
import { leaseIn } from "./lease.js";
import { senderOf } from "./sender.js";
import { storeIn } from "./store.js";

const ANSWER_MS = 15000;
const SHOWN_MS = 6000;

let store;
let sender;
let settled = [];
let drawnUpTo = 0;

/** Start the outbox of person `me` in the workshop `code`; `complete(entry, before)` fills in what an act left open. */
export function startOutbox(code, me, complete) {
  const key = `atelier:${code}:${me}`;
  store = storeIn(storage(), `${key}:outbox`);
  sender = senderOf({
    store,
    lease: leaseIn(storage(), `${key}:lease`, newOp()),
    post: (entry) => post(code, entry),
    complete: (entry) => complete(entry, settled),
    saved,
    changed: tell,
    now: () => Date.now(),
    random: Math.random,
    timer: { set: (turn, delay) => setTimeout(turn, delay), clear: (id) => clearTimeout(id) },
  });
  listen(key);
  tell();
  sender.kick();
}

/** What this page believes beyond what the server drew: saved but not yet drawn, then waiting, in order. */
export function outboxNow() {
  const queue = store.read();
  return { pending: [...settled, ...waiting(queue)], waiting: waiting(queue), refused: refused(queue) };
}

/** Keep one act and send it. Undoing what never left the phone takes it out of the queue. */
export function act(command, fields) {
  const last = command === "undo-last" ? untried(store.read()) : undefined;
  const turn = last
    ? (queue) => without(queue, last.op)
    : (queue) => added(queue, entryOf(newOp(), command, fields, Date.now()));
  store.change(turn);
  tell();
  sender.kick();
}

/** Put a refused act away for good. */
export function putAway(op) {
  store.change((queue) => without(queue, op));
  tell();
}

/** Try a refused act again: a new intention. */
export function tryAgain(op) {
  store.change((queue) => again(queue, op, newOp(), Date.now()));
  tell();
  sender.kick();
}

/** A fresh operation id (`crypto.randomUUID` does not exist on plain http). */
export function newOp() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function listen(key) {
  document.addEventListener("atelier:act", (event) => act(event.detail.command, event.detail.fields));
  document.addEventListener("atelier:changed", (event) => drawn(event.detail.to));
  document.addEventListener("atelier:connection", (event) => event.detail.state === "live" && sender.kick());
  document.addEventListener(
    "visibilitychange",
    () => document.visibilityState === "visible" && sender.kick(),
  );
  window.addEventListener("online", () => sender.kick());
  window.addEventListener("storage", (event) => {
    if (event.key !== `${key}:outbox`) return;
    tell();
    sender.kick();
  });
}

async function post(code, entry) {
  const body = new URLSearchParams({ command: entry.command, op: entry.op, ...entry.fields });
  const breaker = typeof AbortController === "function" ? new AbortController() : null;
  const alarm = setTimeout(() => breaker?.abort(), ANSWER_MS);
  try {
    const answer = await fetch(`/a/${code}/actes`, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: breaker ? breaker.signal : undefined,
    });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } finally {
    clearTimeout(alarm);
  }
}

// Between the acknowledgement and the drawing that comes by the socket, the page goes on showing the act.
function saved(entry, told) {
  const kept = { ...entry, state: "saved", seq: told.seq };
  settled = [...settled, kept];
  document.dispatchEvent(new CustomEvent("atelier:acknowledged", { detail: told }));
  document.dispatchEvent(new CustomEvent("atelier:saved", { detail: kept }));
  // The drawing often overtakes the acknowledgement.
  if (told.seq <= drawnUpTo) forget([kept]);
  else setTimeout(() => forget([kept]), SHOWN_MS);
}

function drawn(seq) {
  drawnUpTo = Math.max(drawnUpTo, seq);
  forget(settled.filter((entry) => entry.seq <= seq));
}

function forget(entries) {
  const gone = entries.filter((entry) => settled.includes(entry));
  settled = settled.filter((entry) => !gone.includes(entry));
  for (const entry of gone) document.dispatchEvent(new CustomEvent("atelier:drawn", { detail: entry }));
  if (gone.length) tell();
}

function tell() {
  document.dispatchEvent(new Event("atelier:outbox"));
}

function storage() {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}
