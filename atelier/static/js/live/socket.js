// The socket only tells what changed. A gap, a reconnection, a page shown again after sleep: one path, « depuis ».

import { leaveErased } from "./erasure.js";
import { coalesced } from "./coalesce.js";
import { fetchJson } from "./fetch-json.js";
import { batchInFrame } from "./raf-batch.js";
import { asked, caughtUp, connected, heard, readerAt, told, unanswered } from "./reader.js";
import { preserveView } from "./preserve-view.js";
import { applyChanges } from "./swap.js";
import { setClock } from "./clock.js";
import { FIRST_TRANSPORT, followTransport } from "./transport-fallback.js";

const WATCHDOG_MS = 4500;
const RETRY_MS = 2000;
const ANSWER_MS = 10000;

let socket = null;
let reader = readerAt(0, "");
let lastSign = performance.now();
let unseen = [];
let turnedAway = false;

/** Connect this page to what changes in its workshop, once `library(ready)` has given the socket’s client to `ready`. */
export function startSocket(library) {
  library(connect);
  setInterval(watch, 250);
}

function connect(io) {
  lastSign = performance.now();
  const { code, audience, group, seq, head } = document.body.dataset;
  // Where the journal is comes before the connection is said to be made: what it means must not depend on which is first.
  reader = connected(readerAt(Number(seq), head));
  socket = io({
    // Asked anew at each connection: who missed arrivals only is taken along without having to ask.
    auth: (give) => give({ code, audience, group: Number(group), ...reader.position }),
    // Where several processes serve, the address says which one: deploy/nginx.conf.
    query: { c: code },
    reconnectionDelay: 300,
    reconnectionDelayMax: 2500,
    ...FIRST_TRANSPORT,
  });
  followTransport(socket.io);
  socket.on("workshop:changed", (message) => {
    alive();
    settle(heard(reader, message));
  });
  socket.on("workshop:position", (position) => {
    alive();
    settle(told(reader, position));
  });
  socket.on("connect", () => document.dispatchEvent(new Event("atelier:connected")));
  socket.on("bar:previewed", (message) => batchInFrame(() => tellPage("previewed", message)));
  socket.on("desk:draft", (message) => tellPage("drafted", message));
  socket.on("server:beat", alive);
  socket.on("workshop:erased", leaveErased);
  socket.on("disconnect", (reason) => {
    reader = connected(reader);
    // Turned away by a server that answers: it is asked why.
    if (reason === "io server disconnect") catchUp();
    else setConnection("lost");
  });
  socket.on("connect_error", () => {
    // A page that has just come may only have tried the wrong way: its watchdog says so when it is more than that.
    if (document.body.dataset.connection !== "joining" && !turnedAway) setConnection("lost");
    // Turned away rather than not reached: the library would not try again, but a seat may be given back.
    if (!socket.active && !turnedAway) setTimeout(wake, RETRY_MS * (0.5 + Math.random()));
  });
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => setConnection("lost"));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  // Brought in again after a journal was put back: what was refused meanwhile is open.
  document.addEventListener("atelier:saved", (event) => event.detail.command === "join" && wake());
  document.addEventListener("atelier:acknowledged", (event) => expect(event.detail));
}

/** Tell the server something that need not last; false when there is no connection. */
export function tellServer(name, body) {
  if (!socket?.connected) return false;
  socket.emit(name, body);
  return true;
}

/** Return what tells the open connection from any other; null while the server is not heard over a WebSocket. */
export function openConnection() {
  const heard = socket?.connected && document.body.dataset.connection === "live" && navigator.onLine;
  return heard && socket.io.engine.transport.name === "websocket" ? socket.id : null;
}

/** Ask the server over the open connection; rejects without an answer after `ms`, or once the connection has ended. */
export function askServer(ms, name, ...told) {
  return new Promise((resolve, reject) => {
    socket
      .timeout(ms)
      .emit(name, ...told, (problem, answer) => (problem ? reject(problem) : resolve(answer)));
  });
}

// Ask what changed since this reader's position, once at a time.
function catchUp() {
  if (reader.asking) return;
  reader = asked(reader);
  changesSince()
    .then((message) => {
      settle(caughtUp(reader, message));
      alive();
      turnedAway = false;
      if (!socket.active) socket.connect();
    })
    .catch((problem) => {
      reader = unanswered(reader);
      if (problem.status === 410) leaveErased();
      else if (problem.status === 403 || problem.status === 404) expelled(problem);
      else setTimeout(catchUp, RETRY_MS * (0.5 + Math.random()));
    });
}

// No longer at this page's place: moved, removed, a link that is not accepted any more; or forgotten by a journal that was
// put back from an older copy. `group`: where its owner sits now, 0 for nowhere.
function expelled(problem) {
  const told = problem.body || {};
  const lost = told.known === false;
  turnedAway = !lost;
  document.dispatchEvent(new CustomEvent("atelier:expelled", { detail: { lost, group: told.group || 0 } }));
}

async function changesSince() {
  const { code, audience, group } = document.body.dataset;
  const query = new URLSearchParams({ audience, group, ...reader.position });
  const answer = await fetchJson(ANSWER_MS, `/a/${code}/depuis?${query}`);
  return answer.ok && answer.body ? answer.body : Promise.reject(answer);
}

function settle(next) {
  reader = next.reader;
  for (const message of next.show) see(message);
  if (reader.behind) catchUp();
}

function see(message) {
  unseen.push(message);
  batchInFrame(() => {
    const messages = coalesced(unseen);
    unseen = [];
    messages.forEach(show);
  });
}

function show(message) {
  preserveView(() => {
    applyChanges(message);
    if (message.clock) setClock(message.clock);
    tellPage("changed", message);
  });
}

function tellPage(what, detail) {
  document.dispatchEvent(new CustomEvent(`atelier:${what}`, { detail }));
}

// An act was acknowledged: if the socket does not tell of it soon (it may be blocked), go and ask.
function expect(acknowledged) {
  if (!acknowledged?.seq) return;
  setTimeout(() => acknowledged.seq > reader.position.seq && catchUp(), 1200);
}

function wake() {
  if (!socket.connected) socket.connect();
  catchUp();
}

// A server that has turned this page away owes it no sign: the page says what became of its place.
function watch() {
  if (!turnedAway && performance.now() - lastSign > WATCHDOG_MS) setConnection("lost");
}

function alive() {
  lastSign = performance.now();
  setConnection("live");
}

function setConnection(state) {
  if (document.body.dataset.connection === state) return;
  document.body.dataset.connection = state;
  document.dispatchEvent(new CustomEvent("atelier:connection", { detail: { state, at: new Date() } }));
}
