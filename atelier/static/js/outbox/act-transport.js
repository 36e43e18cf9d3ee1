// Chooses how an act leaves: over the connection that is open, by POST where there is none or where it was silent.

import { meaningOf } from "./answers.js";

/** Longer acts go by POST: a message beyond the server's limit would end the connection. */
const LONGEST = 8000;

/**
 * Return `send(entry)`, which resolves to { status, body } or rejects. `connection()`: what tells the open connection from
 * any other, null where there is none to be used; `overSocket(entry)` and `post(entry)` as `send`. After a silence, or an
 * answer that says « again », that connection carries no more acts: the next attempt is a POST with the same operation id.
 */
export function actTransport({ connection, overSocket, post }) {
  let silent = null;

  return async function send(entry) {
    const open = connection();
    if (open === null || open === silent || JSON.stringify(entry).length > LONGEST) return post(entry);
    try {
      const answer = await overSocket(entry);
      if (meaningOf(answer.status, answer.body).kind === "again") silent = open;
      return answer;
    } catch (problem) {
      silent = open;
      throw problem;
    }
  };
}
