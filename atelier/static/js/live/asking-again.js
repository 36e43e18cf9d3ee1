// A page that is asked for again while it is looked at: it follows what others do without a socket.

import { fetchWithin } from "./fetch-json.js";

/** Fetch `address()` every `everyMs`, one at a time, and give what came to `take` as a document; nothing came: the next does. */
export function askAgain(everyMs, answerMs, address, take) {
  let asking = false;
  async function ask() {
    if (asking || document.visibilityState !== "visible") return;
    asking = true;
    const { ok, body } = await fetchWithin(answerMs, address(), {}, (answer) => answer.text()).catch(
      () => ({}),
    );
    asking = false;
    if (ok && body) take(new DOMParser().parseFromString(body, "text/html"));
  }
  setInterval(ask, everyMs);
  document.addEventListener("visibilitychange", ask);
}
