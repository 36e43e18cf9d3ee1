// Sends what waits, one act at a time, in order, until each has its answer. Time, chance and network are handed in.

import { attempted, nextOf, refusedAs, waiting, without } from "./queue.js";
import { backOff, meaningOf } from "./answers.js";

const OTHER_TAB_MS = 1500;

/**
 * Return a sender over `store` and `lease`. `post(entry)` resolves to { status, body } or rejects;
 * `ready()` resolves to false when nothing may be sent yet; `believed(entry, told)` resolves to false for a refusal that
 * is to be asked again; `saved(entry, told)`, `refused(entry, told)`, `silent()` (no usable answer) and `changed()` tell
 * the page.
 */
export function senderOf(parts) {
  const { store, lease, post, saved, changed, now, random, timer } = parts;
  const { ready = always, believed = always, refused = nothing, silent = nothing } = parts;
  let sending = false;
  let failures = 0;
  let notBefore = 0;
  let appointment = null;

  function kick() {
    timer.clear(appointment);
    appointment = null;
    if (!sending) turn();
  }

  async function turn() {
    if (!nextOf(store.read())) return lease.release();
    if (now() < notBefore) return wait(notBefore - now());
    if (!lease.take(now())) return wait(OTHER_TAB_MS);
    sending = true;
    const delay = await attempt().catch(failed);
    sending = false;
    return delay ? wait(delay) : turn();
  }

  async function attempt() {
    if (!(await ready())) return failed();
    const entry = nextOf(store.read());
    if (!entry) return 0;
    store.change((queue) => attempted(queue, entry.op));
    const answer = await post(entry).catch(() => ({ status: 0 }));
    const told = meaningOf(answer.status, answer.body);
    if (told.kind === "refused" && !(await believed(entry, told))) return 0;
    return settle(entry, told);
  }

  function settle(entry, told) {
    if (told.kind === "later") {
      notBefore = now() + told.delay;
      return told.delay;
    }
    if (told.kind === "again") return failed();
    failures = 0;
    if (told.kind === "saved") {
      store.change((queue) => without(queue, entry.op));
      saved(entry, told);
    } else if (waits(entry)) {
      store.change((queue) => refusedAs(queue, entry.op, told));
      refused(entry, told);
    }
    changed();
    return 0;
  }

  function failed() {
    failures += 1;
    silent();
    return backOff(failures - 1, random());
  }

  // Another tab may have had the same answer: one refusal is told once.
  function waits(entry) {
    return waiting(store.read()).some((each) => each.op === entry.op);
  }

  function wait(delay) {
    timer.clear(appointment);
    appointment = timer.set(kick, delay);
  }

  return { kick };
}

function always() {
  return Promise.resolve(true);
}

function nothing() {
  return undefined;
}
