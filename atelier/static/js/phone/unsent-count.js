// Tells the desk how many acts this phone still holds, so that nobody closes over them.

import { outboxNow } from "../outbox/outbox.js";
import { tellServer } from "../live/socket.js";

const SETTLE_MS = 500;

let told = 0;
let appointment = null;

/** Follow the outbox and the connection. */
export function mountUnsentCount() {
  document.addEventListener("atelier:outbox", soon);
  // A new connection knows nothing of what was said before.
  document.addEventListener("atelier:connected", () => {
    told = 0;
    soon();
  });
}

function soon() {
  appointment = appointment || setTimeout(tell, SETTLE_MS);
}

function tell() {
  appointment = null;
  const count = outboxNow().waiting.length;
  if (count === told) return;
  if (tellServer("phone:holding", { count })) told = count;
}
