// The outbox of this page: everything somebody does here is kept on the phone first, then sent.
// Others ask by the event `atelier:act` { command, fields }; `atelier:outbox` tells them to look at `outboxNow()`.

import { added, again, entryOf, marked, refused, untried, waiting, without } from "./queue.js";
import { comingIn, keptWith, sentAgain } from "./kept.js";
import { handInOf } from "./late.js";
import { leaseIn } from "./lease.js";
import { senderOf } from "./sender.js";
import { storeIn } from "./store.js";

const ANSWER_MS = 15000;
const SHOWN_MS = 6000;

let store;
let kept;
let sender;
let settled = [];
let drawnUpTo = 0;

/** Start the outbox of person `me` in the workshop `code`; `complete(entry, before)` fills in what an act left open. */
export function startOutbox(code, me, complete) {
  const key = `atelier:${code}:${me}`;
  store = storeIn(storage(), `${key}:outbox`);
  kept = storeIn(storage(), `${key}:kept`);
  takeAlong(code);
  sender = senderOf({
    store,
    lease: leaseIn(storage(), `${key}:lease`, newOp()),
    post: (entry) => post(code, entry),
    complete: (entry) => complete(entry, settled),
    saved,
    refused: refusedHere,
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
  document.addEventListener("atelier:changed", (event) => changed(event.detail));
  document.addEventListener("atelier:expelled", (event) => expelled(event.detail));
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
  const done = { ...entry, state: "saved", seq: told.seq, head: told.head };
  settled = [...settled, done];
  kept.change((list) => keptWith(list, done));
  if (entry.late) store.change((queue) => marked(queue, entry.late, { handedIn: true }));
  document.dispatchEvent(new CustomEvent("atelier:acknowledged", { detail: told }));
  document.dispatchEvent(new CustomEvent("atelier:saved", { detail: done }));
  // The drawing often overtakes the acknowledgement.
  if (told.seq <= drawnUpTo) forget([done]);
  else setTimeout(() => forget([done]), SHOWN_MS);
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

// Came from another address of the same laptop: what waited there leaves from here, if it is this person's.
function takeAlong(code) {
  const place = `atelier:${code}:moved`;
  try {
    const moved = JSON.parse(storage().getItem(place) || "null");
    storage().removeItem(place);
    if (!moved || moved.back !== document.body.dataset.rejoin) return;
    store.change((queue) => [
      ...queue,
      ...moved.queue.filter((entry) => entry.op && !hasOp(queue, entry.op)),
    ]);
  } catch {
    // Not ours, or damaged: nothing to take along.
  }
}

function hasOp(queue, op) {
  return queue.some((entry) => entry.op === op);
}

// The text is left with the facilitator; the refusal stays, and says so once it is there.
function refusedHere(entry, told) {
  if (entry.late) return store.change((queue) => without(queue, entry.op));
  const fields = handInOf(entry, told.code, placeOf);
  if (!fields) return undefined;
  const handIn = { ...entryOf(newOp(), "hand-in", fields, Date.now()), late: entry.op };
  return store.change((queue) => [...queue, handIn]);
}

// Where an edited text stands on this page: its own entry names only the text.
function placeOf(entry) {
  const { initiative, mission } = entry.fields;
  const selector = initiative ? `[data-idea="${initiative}"]` : `[data-mission="${mission}"]`;
  const list = initiative || mission ? document.querySelector(selector)?.closest("[id]") : null;
  const last = list ? list.id.split("-").slice(2).join("-") : "";
  return initiative ? { action: last } : { side: last };
}

// The journal does not know where this page was: it lost something. It gets all that it ever acknowledged again.
function sendAgain(withSeat) {
  const { trade, group, name } = document.body.dataset;
  store.change((queue) => {
    const all = sentAgain(queue, kept.read());
    return withSeat && trade ? comingIn(all, newOp(), { trade, group, name: name || "" }, Date.now()) : all;
  });
  tell();
  sender.kick();
}

function changed(message) {
  drawn(message.to);
  if (document.body.dataset.status !== "open") kept.change(() => []);
  else if (message.known === false) sendAgain(false);
}

function expelled({ lost }) {
  if (lost) sendAgain(true);
  else kept.change(() => []);
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
