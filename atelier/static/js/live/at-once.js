// What desk and wall have from the start, and phones have not: htmx, and the socket’s client.

import { io } from "../../vendor/socket.io-4.8.4.esm.min.js";
import { swapByHtmx } from "./htmx.js";
import { startLive } from "./start.js";
import { swapWith } from "./swap.js";

/** Start what every live page has, at once. */
export function startLiveAtOnce() {
  swapWith(swapByHtmx);
  startLive((ready) => ready(io));
}
