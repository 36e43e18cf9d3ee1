// Verifies that the journal still holds what it acknowledged to this phone. Done before anything is sent after a silence:
// what was lost must arrive before what is new, or an older placement would undo a later one. The server is handed in.

/**
 * `latest()`: the position of the last acknowledgement, or null; `here`: where the page was when it was loaded;
 * `ask(position)` resolves to { known, seated } or rejects; `lost(seated)`: the journal does not hold it any more.
 */
export function journalVerifier({ latest, here, ask, lost }) {
  let doubtful = latest() !== null;
  let seen = 0;
  let asking = null;

  /** Doubt what was known: no connection, no answer, or a refusal that surprises. */
  function doubt() {
    doubtful = true;
  }

  /** Note a message that was shown: this page's own position vouches for what came before it. */
  function heard(message) {
    const last = latest();
    if (message.known === false) {
      seen = 0;
      doubtful = true;
    } else {
      seen = Math.max(seen, message.to);
      if (message.known && (last === null || last.seq <= message.from)) doubtful = false;
    }
  }

  /**
   * True once the journal is known to hold what was acknowledged, or it is being sent again; false without an answer.
   * `forgotten`: the server has said that it does not know where this page is, and that its owner has no seat there.
   */
  function verify(forgotten = false) {
    if (!doubtful && !forgotten) return Promise.resolve(true);
    asking =
      asking ||
      verified(forgotten)
        .catch(() => false)
        .then((answer) => {
          asking = null;
          return answer;
        });
    return asking;
  }

  async function verified(forgotten) {
    const { known, seated } = await ask(latest() || here);
    doubtful = false;
    if (!known || (forgotten && !seated)) lost(seated);
    return true;
  }

  /** Tell whether something was acknowledged that this page has not read: a reconnection alone does not vouch for it. */
  function unread() {
    const last = latest();
    return doubtful && last !== null && last.seq > seen;
  }

  return { doubt, heard, verify, unread };
}
