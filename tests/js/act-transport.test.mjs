// Which way an act leaves a phone, after what happened on the other. Run with `node --test`.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { actTransport } from "../../atelier/static/js/outbox/act-transport.js";

const SAVED = { status: 200, body: { seq: 7, head: "h" } };
const ACT = { op: "op-1", command: "say-ready", fields: { group: 1, on: 1 } };

let ways;
let connection;
let answer;
let send;

beforeEach(() => {
  ways = [];
  connection = "first";
  answer = () => Promise.resolve(SAVED);
  send = actTransport({
    connection: () => connection,
    overSocket: () => gone("socket", answer()),
    post: () => gone("post", Promise.resolve(SAVED)),
  });
});

function gone(way, told) {
  ways.push(way);
  return told;
}

test("an act takes the connection that is open", async () => {
  assert.deepEqual(await send(ACT), SAVED);
  assert.deepEqual(ways, ["socket"]);
});

test("without a connection, and where it would not fit, it is posted", async () => {
  await send({ ...ACT, fields: { text: "x".repeat(9000) } });
  connection = null;
  await send(ACT);
  assert.deepEqual(ways, ["post", "post"]);
});

test("after a silence acts are posted until there is another connection", async () => {
  answer = () => Promise.reject(new Error("silence"));
  await assert.rejects(send(ACT));
  await send(ACT);
  await send(ACT);
  connection = "second";
  answer = () => Promise.resolve(SAVED);
  await send(ACT);
  assert.deepEqual(ways, ["socket", "post", "post", "socket"]);
});

test("a server that takes nothing over the socket is asked by POST", async () => {
  answer = () => Promise.resolve({ status: 503, body: {} });
  await send(ACT);
  await send(ACT);
  assert.deepEqual(ways, ["socket", "post"]);
});

test("who is refused, or told to wait, goes on as before", async () => {
  answer = () => Promise.resolve({ status: 429, body: { retry_after_ms: 10 } });
  await send(ACT);
  answer = () => Promise.resolve({ status: 409, body: { refusal: "phase-over", message: "Non" } });
  await send(ACT);
  assert.deepEqual(ways, ["socket", "socket"]);
});
