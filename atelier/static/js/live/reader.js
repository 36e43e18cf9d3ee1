// A reader of the journal: where it is, what it heard while it was asking. Pure: told things, it says what to show
// and whether to ask. An answer of « depuis » and the socket travel apart: whatever was heard while an answer was on
// its way is looked at again after it, so that an older drawing never stays on top of a newer one.
// tests/support/simulation/reader.py does the same; tests/vectors/reader.json holds the two to each other.

import { advanced, classify } from "./position.js";

const HELD = 200;

/**
 * Return a reader at a position. `asking`: between asking and the answer; `behind`: it knows that it misses something;
 * `unsure`: between a connection and the position that it is told there, when messages may be of another journal.
 */
export function readerAt(seq, head) {
  return { position: { seq, head }, asking: false, behind: false, unsure: false, held: [] };
}

/** Return the reader once a connection is made. */
export function connected(reader) {
  return { ...reader, unsure: true };
}

/** Return what `workshop:changed` means: { reader, show: [messages] }. */
export function heard(reader, message) {
  const holding = reader.asking || reader.unsure;
  const kept = holding ? { ...reader, held: [...reader.held, message].slice(-HELD) } : reader;
  // What misses something waits for its answer: moved on by a later message, it would ask from the wrong place.
  if (reader.unsure || (reader.behind && !reader.asking)) return { reader: kept, show: [] };
  const meaning = classify(reader.position, message);
  if (meaning === "gap") return { reader: { ...kept, behind: true }, show: [] };
  if (meaning === "stale") return { reader: kept, show: [] };
  return { reader: { ...kept, position: advanced(reader.position, message) }, show: [message] };
}

/** Return what `workshop:position` means, where the journal is at a connection: { reader, show: [messages] }. */
export function told(reader, position) {
  const { seq, head } = reader.position;
  const sure = { ...reader, unsure: false };
  if (reader.asking) return { reader: { ...sure, held: [...reader.held, { position }] }, show: [] };
  if (seq !== position.seq || head !== position.head)
    return { reader: { ...sure, behind: true, held: [] }, show: [] };
  return replayed({ ...sure, held: [] }, reader.held, []);
}

/** Return the reader once it has asked. */
export function asked(reader) {
  return { ...reader, asking: true, behind: false, held: [], from: reader.position };
}

/** Return the reader whose question got no answer: it has to ask again, from where it had asked. */
export function unanswered(reader) {
  return { ...reader, position: reader.from, asking: false, behind: true, held: [] };
}

/** Return what the answer of « depuis » means, and again what was heard meanwhile: { reader, show: [messages] }. */
export function caughtUp(reader, answer) {
  const start = { ...readerAt(answer.to, answer.head), unsure: reader.unsure };
  return replayed(start, reader.held, [answer]);
}

function replayed(start, held, show) {
  let now = start;
  for (const message of held) {
    if (message.position) now = later(now, message.position);
    else {
      const next = heard(now, message);
      now = next.reader;
      show.push(...next.show);
    }
  }
  return { reader: now, show };
}

// Told while an answer was on its way: it only counts when the answer is from before it.
function later(reader, position) {
  const same = position.seq === reader.position.seq && position.head !== reader.position.head;
  return position.seq > reader.position.seq || same ? { ...reader, behind: true } : reader;
}
