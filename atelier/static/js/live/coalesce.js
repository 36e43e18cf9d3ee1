// Joins several messages into one that means the same. Pure: takes and returns values.

/** Join messages that follow each other; an answer of « depuis » stays by itself: it says more than what changed. */
export function coalesced(messages) {
  const found = [];
  for (const message of messages) {
    const last = found[found.length - 1];
    if (last && !("known" in last) && !("known" in message)) found[found.length - 1] = both(last, message);
    else found.push(message);
  }
  return found;
}

function both(before, after) {
  const one = { ...before, ...after, from: before.from };
  if (before.bars && after.bars) one.bars = lastOfEach([...before.bars, ...after.bars]);
  if (before.html && after.html) one.html = before.html + after.html;
  if (before.flags && after.flags) one.flags = { ...before.flags, ...after.flags };
  return one;
}

function lastOfEach(bars) {
  return [...new Map(bars.map((bar) => [`${bar[0]}/${bar[1]}`, bar])).values()];
}
