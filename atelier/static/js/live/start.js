// Starts what every live page has.

import { startClock } from "./clock.js";
import { startPressGuard } from "./press-guard.js";
import { startSocket } from "./socket.js";

/** Start the press guard, the clock and the socket; `library(ready)` calls `ready(io)` once the socket’s client is there. */
export function startLive(library) {
  startPressGuard();
  startClock();
  startSocket(library);
}
