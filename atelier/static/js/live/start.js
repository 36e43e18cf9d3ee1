// What every live page starts with.

import { startClock } from "./clock.js";
import { startPressGuard } from "./press-guard.js";
import { startSocket } from "./socket.js";

/** Start the clock, the rest of controls that change, and the socket. */
export function startLive() {
  startPressGuard();
  startClock();
  startSocket();
}
