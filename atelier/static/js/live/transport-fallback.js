// Chooses the transport of each connection attempt: a WebSocket first, which is one request. Where it is blocked, or let in and never answered,
// the next try polls, and still passes to a WebSocket wherever it can: a try in the wrong order only costs time.

const DIRECT = ["websocket", "polling"];
const ROUNDABOUT = ["polling", "websocket"];

/** Something between a phone and the server may let a WebSocket hang; polling takes what a slow network needs. */
const PATIENCE_MS = { websocket: 3000, polling: 5000 };
/** A WebSocket that has worked is not given up for a server that restarts: of so many tries that fail, one polls. */
const ONE_IN = 3;

/** The options of `io()` for its first attempt. */
export const FIRST_TRANSPORT = { transports: DIRECT, timeout: PATIENCE_MS.websocket };

/** Choose which transport goes first, for every attempt of `manager` after its first. */
export function followTransport(manager) {
  let worked = false;
  let failed = 0;

  function go(transports) {
    manager.opts.transports = transports;
    manager.timeout(PATIENCE_MS[transports[0]]);
  }

  function arrived(name) {
    if (name !== "websocket") return;
    worked = true;
    go(DIRECT);
  }

  manager.on("open", () => {
    failed = 0;
    arrived(manager.engine.transport.name);
    manager.engine.on("upgrade", (transport) => arrived(transport.name));
  });
  manager.on("error", () => {
    failed += 1;
    go(worked && failed % ONE_IN ? DIRECT : ROUNDABOUT);
  });
}
