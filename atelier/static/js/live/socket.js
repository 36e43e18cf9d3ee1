// The socket only tells what changed. A gap, a reconnection, a page shown again after sleep: one path, « depuis ».

import { advanced, classify } from "./position.js";
import { applyChanges } from "./swap.js";
import { setClock } from "./clock.js";

const WATCHDOG_MS = 4500;
const RETRY_MS = 2000;

let position = { seq: 0, head: "" };
let lastSign = performance.now();
let catching = null;

/** Connect this page to what changes in its workshop. */
export function startSocket() {
  const { code, audience, group, seq, head } = document.body.dataset;
  position = { seq: Number(seq), head };
  const socket = window.io({
    auth: { code, audience, group: Number(group) },
    reconnectionDelay: 300,
    reconnectionDelayMax: 2500,
    timeout: 5000,
  });
  socket.on("workshop:changed", heard);
  socket.on("workshop:position", (told) => {
    alive();
    if (told.seq !== position.seq || told.head !== position.head) catchUp();
  });
  socket.on("server:beat", alive);
  socket.on("disconnect", () => setConnection("lost"));
  socket.on("connect_error", () => setConnection("lost"));
  window.addEventListener("online", () => wake(socket));
  window.addEventListener("offline", () => setConnection("lost"));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake(socket));
  document.addEventListener("atelier:acknowledged", (event) => expect(event.detail));
  setInterval(() => performance.now() - lastSign > WATCHDOG_MS && setConnection("lost"), 500);
}

/** Ask what changed since this reader's position, once at a time. */
export function catchUp() {
  if (catching) return catching;
  const { code, audience, group } = document.body.dataset;
  const query = new URLSearchParams({ audience, group, seq: position.seq, head: position.head });
  catching = fetch(`/a/${code}/depuis?${query}`, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then((message) => {
      catching = null;
      position = { seq: message.to, head: message.head };
      show(message);
      alive();
    })
    .catch((problem) => {
      catching = null;
      if (problem.status === 403 || problem.status === 404)
        document.dispatchEvent(new Event("atelier:expelled"));
      else setTimeout(catchUp, RETRY_MS * (0.5 + Math.random()));
    });
  return catching;
}

function heard(message) {
  alive();
  const meaning = classify(position, message);
  if (meaning === "gap") return catchUp();
  if (meaning === "apply") {
    position = advanced(position, message);
    show(message);
  }
}

function show(message) {
  applyChanges(message);
  if (message.clock) setClock(message.clock);
  document.dispatchEvent(new CustomEvent("atelier:changed", { detail: message }));
}

// An act was acknowledged: if the socket does not tell of it soon (it may be blocked), go and ask.
function expect(acknowledged) {
  if (!acknowledged?.seq) return;
  setTimeout(() => acknowledged.seq > position.seq && catchUp(), 1200);
}

function wake(socket) {
  if (!socket.connected) socket.connect();
  catchUp();
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
