// The outbox of this page: everything somebody does here is kept on the phone first, then sent.
// Others ask by the event `atelier:act` { command, fields }; `atelier:outbox` tells them to look at `outboxNow()`.

import {
  added,
  again,
  entryOf,
  handedIn,
  marked,
  nextOf,
  refused,
  textOf,
  untried,
  waiting,
  without,
} from "./queue.js";
import { withArrivals, takeCarriedOver } from "./arrival.js";
import {
  withJoin,
  withAcknowledged,
  latest,
  asOwed,
  fateOfRefusal,
  withRetry,
  withResends,
} from "./acknowledged.js";
import { handInOf } from "./hand-in.js";
import { leaseIn } from "./lease.js";
import { keyOf, refusedOnce } from "./placements.js";
import { newOp } from "../live/operation-id.js";
import { hasRoom, listIn, queueIn, storageHere } from "./store.js";
import { senderOf } from "./sender.js";
import { actTransport } from "./act-transport.js";
import { isKnown, overSocket, post, versionIn } from "./api.js";
import { openConnection } from "../live/socket.js";
import { journalVerifier } from "./verify-journal.js";

const SHOWN_MS = 6000;
const SOON_MS = 3000;

let storage;
let store;
let kept;
let sender;
let verifier;
let settled = [];
let drawnUpTo = 0;
let phase = "";

/** Start the outbox of person `me` in the workshop `code`. */
export function startOutbox(code, me) {
  const key = `atelier:${code}:${me}`;
  storage = storageHere();
  kept = listIn(storage, `${key}:kept`);
  store = queueIn(storage, `${key}:act:`, makeRoom);
  const carried = takeCarriedOver(storage, code);
  if (carried) store.change((queue) => withArrivals(queue, carried, document.body.dataset.rejoin));
  const { group, seq, head } = document.body.dataset;
  verifier = journalVerifier({
    latest: () => latest(kept.read()),
    here: { seq, head },
    ask: (position) => isKnown(code, group, position),
    lost,
  });
  sender = senderOf({
    store,
    lease: leaseIn(storage, `${key}:lease`, newOp()),
    post: actTransport({
      connection: connectionForActs,
      overSocket,
      post: (entry) => post(document.body.dataset.acts, entry),
    }),
    ready: () => verifier.verify(),
    believed,
    saved,
    refused: refusedHere,
    silent: () => verifier.doubt(),
    changed: tell,
    now: () => Date.now(),
    random: Math.random,
    timer: { set: (turn, delay) => setTimeout(turn, delay), clear: (id) => clearTimeout(id) },
  });
  phase = document.body.dataset.phase;
  listen(`${key}:act:`);
  if (document.body.dataset.status !== "open") closed();
  oweNow();
  reconnected();
}

/** Return what this page believes beyond what the server drew: saved but not yet drawn, then waiting, in order. */
export function outboxNow() {
  const queue = store.read();
  return {
    pending: [...settled, ...waiting(queue)],
    waiting: waiting(queue),
    refused: refused(queue),
    handedIn: handedIn(queue),
  };
}

/** Tell whether a reload would find the act `op` again. */
export function isKept(op) {
  return store.isKept(op);
}

/** Tell whether what is done here from now on would survive a reload, and all that waits does. */
export function keepsTexts() {
  return store.read().every((entry) => isKept(entry.op)) && hasRoom(storage, makeRoom);
}

/**
 * Keep one act and send it; return its operation id, "" when undoing what never left the phone took it out of the queue.
 */
export function act(command, fields) {
  const last = command === "undo-last" ? untried(store.read()) : undefined;
  const turn = last ? (queue) => without(queue, last.op) : (queue) => added(queue, made(command, fields));
  const queue = store.change(turn);
  tell();
  sender.kick();
  return last ? "" : queue[queue.length - 1].op;
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

// What waits matters more than what was acknowledged.
function makeRoom() {
  kept.change((list) => list.filter(textOf));
}

// Over the socket acts are the participant's; a facilitator who types for a group is known by the address.
function connectionForActs() {
  return document.body.dataset.acts.startsWith("/a/") ? openConnection() : null;
}

// What is done on this page remembers which version of it that was.
function made(command, fields) {
  const version = versionIn(document.body.dataset.acts);
  return { ...entryOf(newOp(), command, fields, Date.now()), version };
}

function listen(prefix) {
  document.addEventListener("atelier:act", (event) => act(event.detail.command, event.detail.fields));
  document.addEventListener("atelier:changed", (event) => changed(event.detail));
  document.addEventListener("atelier:expelled", (event) => expelled(event.detail));
  document.addEventListener("atelier:connection", (event) => {
    if (event.detail.state === "live") reconnected();
    else verifier.doubt();
  });
  document.addEventListener(
    "visibilitychange",
    () => document.visibilityState === "visible" && sender.kick(),
  );
  window.addEventListener("online", () => sender.kick());
  window.addEventListener("storage", (event) => {
    if (event.key && !event.key.startsWith(prefix)) return;
    tell();
    sender.kick();
  });
}

// Between the acknowledgement and the drawing that comes by the socket, the page goes on showing the act.
function saved(entry, told) {
  const done = { ...entry, state: "saved", seq: told.seq, head: told.head };
  settled = [...settled, done];
  kept.change((list) => withAcknowledged(list, done));
  if (entry.late) store.change((queue) => marked(queue, entry.late, { handedIn: entry.op }));
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

// Before somebody is told no because the journal lost what the act stood on, the journal is asked.
async function believed(entry, told) {
  if (entry.again !== undefined || !/^(not-joined|unknown-)/.test(told.code)) return true;
  verifier.doubt();
  return (await verifier.verify()) && nextOf(store.read())?.op === entry.op;
}

// The text is left with the facilitator; the refusal stays, and says so once it is there.
function refusedHere(entry, told) {
  if (entry.again !== undefined && stillOwed(entry, told.code)) return;
  if (isShownAtCard(entry, told)) return store.change((queue) => without(queue, entry.op));
  if (keyOf(entry)) return store.change((queue) => refusedOnce(queue, entry.op));
  const fields = entry.late ? null : handInOf(entry, told.code, placeOf);
  if (entry.late) store.change((queue) => without(queue, entry.op));
  if (!fields) return;
  const handIn = { ...made("hand-in", fields), late: entry.op };
  store.change((queue) => [...queue, handIn]);
}

// An act of before, sent again: true when nobody is to be bothered with its refusal.
function stillOwed(entry, code) {
  const fate = fateOfRefusal(entry, code);
  const stays = fate === "phase" || fate === "soon";
  kept.change((list) => (stays ? withRetry(list, entry.op) : without(list, entry.op)));
  if (fate === "refused") return false;
  store.change((queue) => without(queue, entry.op));
  if (fate === "soon") setTimeout(oweNow, SOON_MS * 2 ** entry.again * (0.7 + 0.6 * Math.random()));
  return true;
}

// Where an edited text stands on this page: its own entry names only the text.
function placeOf(entry) {
  const { initiative, mission } = entry.fields;
  const selector = initiative ? `[data-initiative="${initiative}"]` : `[data-mission="${mission}"]`;
  const list = initiative || mission ? document.querySelector(selector)?.closest("[id]") : null;
  const last = list ? list.id.split("-").slice(2).join("-") : "";
  return initiative ? { action: last } : { side: last };
}

// The journal does not hold what this phone was told it holds: it gets all of that again.
function lost(seated) {
  const { trade, group, name } = document.body.dataset;
  kept.change(asOwed);
  if (!seated && trade)
    store.change((queue) => withJoin(queue, newOp(), { trade, group, name: name || "" }, Date.now()));
  oweNow();
}

function oweNow() {
  const list = kept.read();
  store.change((queue) => {
    const [first, ...others] = queue;
    return first?.command === "join" ? [first, ...withResends(others, list)] : withResends(queue, list);
  });
  tell();
  sender.kick();
}

function reconnected() {
  if (verifier.unread()) verifier.verify();
  sender.kick();
}

function changed(message) {
  drawn(message.to);
  verifier.heard(message);
  if (message.known === false) verifier.verify();
  const { phase: now, status } = document.body.dataset;
  if (status !== "open") closed();
  else if (now !== phase) oweNow();
  phase = now;
}

// What the journal still owes goes out, for the desk's inbox if it is a text; the rest is safe.
function closed() {
  const texts = kept.read().filter((entry) => !entry.seq && textOf(entry));
  if (texts.length) store.change((queue) => withResends(queue, texts));
  kept.change(() => []);
  if (texts.length) sender.kick();
}

function expelled(told) {
  if (told.lost) verifier.verify(true);
  else if (!told.group) kept.change(() => []);
}

function tell() {
  document.dispatchEvent(new Event("atelier:outbox"));
}

// An undo that came too late is no unsent text: true when the page showed the refusal at its card.
function isShownAtCard(entry, told) {
  if (entry.command !== "undo-last") return false;
  const asking = new CustomEvent("atelier:undo-refused", { detail: { entry, told }, cancelable: true });
  return !document.dispatchEvent(asking);
}
