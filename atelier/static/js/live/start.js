// What every live page starts with.

import { startClock } from "./clock.js";
import { startRest } from "./rest.js";
import { startSocket } from "./socket.js";

/** Start the clock, the rest of controls that change, and the socket. */
export function startLive() {
  startRest();
  startClock();
  startSocket();
}
