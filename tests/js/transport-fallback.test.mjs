// Which way a page tries first, after what happened to it. Run with `node --test`.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { EventEmitter } from "node:events";
import { FIRST_TRANSPORT, followTransport } from "../../atelier/static/js/live/transport-fallback.js";

let manager;

beforeEach(() => {
  manager = new EventEmitter();
  manager.opts = { transports: FIRST_TRANSPORT.transports };
  manager.timeout = (ms) => {
    manager.patience = ms;
  };
  followTransport(manager);
});

const fails = () => manager.emit("error", new Error("no answer"));

function opens(name) {
  manager.engine = new EventEmitter();
  manager.engine.transport = { name };
  manager.emit("open");
}

const first = () => manager.opts.transports[0];

test("a page begins with a WebSocket", () => {
  assert.equal(first(), "websocket");
});

test("the try after one that failed polls, with more patience, and goes on polling until one works", () => {
  fails();
  assert.equal(first(), "polling");
  assert.ok(manager.opts.transports.includes("websocket"));
  assert.ok(manager.patience > FIRST_TRANSPORT.timeout);
  fails();
  opens("polling");
  fails();
  assert.equal(first(), "polling");
});

test("a page that polls and changed to a WebSocket begins with one", () => {
  fails();
  opens("polling");
  manager.engine.emit("upgrade", { name: "websocket" });
  assert.equal(first(), "websocket");
  assert.equal(manager.patience, FIRST_TRANSPORT.timeout);
});

test("a WebSocket that worked is tried first, but for one try in three", () => {
  opens("websocket");
  const tried = [1, 2, 3, 4, 5, 6].map(() => {
    fails();
    return first();
  });
  const [ws, polling] = ["websocket", "polling"];
  assert.deepEqual(tried, [ws, ws, polling, ws, ws, polling]);
});
