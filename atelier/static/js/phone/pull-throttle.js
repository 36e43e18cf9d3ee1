// Tells the table and the walls where an arm is while it is pulled: the first place at once, then so many times a
// second, the last one always. Nothing of it lasts, and without a connection nothing is told.

/** Between two messages: the server passes no more on (PREVIEWS_PER_S). */
export const TURN_MS = 125;
/** A finger that rests says so: otherwise the others would believe that the phone is gone. */
export const ALIVE_MS = 1000;

const NOTHING = null;

/** Return what tells of pulls. `tell(name, body)` sends; `later(job, ms)` makes an appointment, `never(it)` takes it back. */
export function pullTeller(tell, later = setTimeout, never = clearTimeout) {
  const waiting = new Map();
  let turn = NOTHING;
  let sign = NOTHING;

  function say(action, name, body) {
    never(sign);
    waiting.set(action, { name, body: { action, ...body } });
    if (turn === NOTHING) send();
  }

  function send() {
    turn = waiting.size ? later(send, TURN_MS) : NOTHING;
    for (const { name, body } of waiting.values()) tell(name, body);
    waiting.clear();
  }

  function pulled(action, reach) {
    say(action, "bar:pulled", reach);
    sign = later(() => pulled(action, reach), ALIVE_MS);
  }

  return {
    /** Tell that the arms of `action` are at `reach`, { fs, cn }. */
    pulled,
    /** Stop telling: let go and placed, the act tells the rest. */
    placed(action) {
      never(sign);
      waiting.delete(action);
    },
    /** Tell that it was let go where it was before. */
    dropped(action) {
      say(action, "bar:dropped", {});
    },
  };
}
