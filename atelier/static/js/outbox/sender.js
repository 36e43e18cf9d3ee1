// Sends what waits, one act at a time, in order, until each has its answer. Time, chance and network are handed in.

import { attempted, nextOf, refusedAs, without } from "./queue.js";
import { backOff, meaningOf } from "./answers.js";

const OTHER_TAB_MS = 1500;

/**
 * A sender over `store` and `lease`. `post(entry)` resolves to { status, body } or rejects;
 * `complete(entry)` gives the fields as they are to be sent; `saved(entry, told)`,
 * `refused(entry, told)` and `changed()` tell the page.
 */
export function senderOf({ store, lease, post, complete, saved, refused, changed, now, random, timer }) {
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
    const entry = nextOf(store.read());
    if (!entry) return lease.release();
    if (now() < notBefore) return wait(notBefore - now());
    if (!lease.take(now())) return wait(OTHER_TAB_MS);
    sending = true;
    const delay = await attempt(entry);
    sending = false;
    return delay ? wait(delay) : turn();
  }

  async function attempt(entry) {
    const fields = entry.tries ? entry.fields : complete(entry);
    store.change((queue) => attempted(queue, entry.op, fields));
    const answer = await post({ ...entry, fields }).catch(() => ({ status: 0 }));
    return settle({ ...entry, fields }, meaningOf(answer.status, answer.body));
  }

  function settle(entry, told) {
    if (told.kind === "later") {
      notBefore = now() + told.delay;
      return told.delay;
    }
    if (told.kind === "again") {
      failures += 1;
      return backOff(failures - 1, random());
    }
    failures = 0;
    if (told.kind === "refused") {
      store.change((queue) => refusedAs(queue, entry.op, told));
      refused?.(entry, told);
    } else {
      store.change((queue) => without(queue, entry.op));
      saved(entry, told);
    }
    changed();
    return 0;
  }

  function wait(delay) {
    timer.clear(appointment);
    appointment = timer.set(kick, delay);
  }

  return { kick };
}
