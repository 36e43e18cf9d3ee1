// Starts what every live page has.

import { startClock } from "./clock.js";
import { startPressGuard } from "./press-guard.js";
import { startSocket } from "./socket.js";

/** Start the press guard, the clock and the socket. */
export function startLive() {
  startPressGuard();
  startClock();
  startSocket();
}
