// What every live page starts with.

import { startClock } from "./clock.js";
import { startSocket } from "./socket.js";

/** Start the clock and the socket. */
export function startLive() {
  startClock();
  startSocket();
}
