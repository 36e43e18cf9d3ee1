// What the outbox asks of the server. No answer is an error; how long one waits for it is bounded.

import { fetchJson } from "../live/fetch-json.js";
import { askServer } from "../live/socket.js";

const ANSWER_MS = 15000;
/** How long an act over the socket may be without its answer. */
const SILENCE_MS = 3000;

/**
 * Send one act to `acts`, the page's address for them: { status, body }. The version is that of the page on which it was
 * done, perhaps days ago; « - » for one of before pages had any.
 */
export async function post(acts, entry) {
  const query = new URLSearchParams({ version: entry.version || "-" });
  return fetchJson(ANSWER_MS, `${acts.split("?")[0]}?${query}`, { method: "POST", body: formOf(entry) });
}

/** Send one act over the open socket, in the same words: { status, body }. */
export function overSocket(entry) {
  const form = Object.fromEntries(formOf(entry));
  return askServer(SILENCE_MS, "phone:act", form, entry.version || "-");
}

function formOf(entry) {
  return new URLSearchParams({ command: entry.command, op: entry.op, ...entry.fields });
}

/** Return the version of the program that drew a page, from its address for acts. */
export function versionIn(acts) {
  return new URLSearchParams(acts.split("?")[1]).get("version");
}

/** Tell whether the journal ever was at `position`, and whether this phone's owner has a seat at `group`: { known, seated }. */
export async function isKnown(code, group, position) {
  const query = new URLSearchParams({ group, ...position });
  const { status, body } = await fetchJson(ANSWER_MS, `/a/${code}/connu?${query}`);
  if (status !== 200 || typeof body?.known !== "boolean") throw new Error(`no answer: ${status}`);
  return body;
}
