// What is said to who does not see it. Urgent things and one's own results at once, what others write as a digest; of
// sentences about the same subject only the last is said. A region is emptied again: what is over is not to be read there.

const SOON_MS = 150;
const DIGEST_MS = 10000;
const KEPT_MS = 15000;

const waiting = { say: new Map(), alert: new Map() };
const timers = {};
let counts = {};
let digesting = null;

/** Say `text` at once; a later sentence about the same `subject` takes its place, if it is not said yet. */
export function announce(text, subject = "state") {
  later("say", text, subject);
}

/** Say `text` at once, before anything else; for what cannot wait until somebody has read a sentence to its end. */
export function announceOnce(text, subject = text) {
  later("alert", text, subject);
}

/** Count `n` more of `noun` for the next digest of what others do; `words(counts)` makes a sentence of all of them. */
export function digest(noun, n, words) {
  counts[noun] = (counts[noun] || 0) + n;
  digesting = digesting || setTimeout(tellDigest, DIGEST_MS, words);
}

function tellDigest(words) {
  digesting = null;
  const told = words(counts);
  counts = {};
  if (told && !document.querySelector("[data-atelier-mute]")?.checked) announce(told, "digest");
}

function later(region, text, subject) {
  waiting[region].delete(subject);
  waiting[region].set(subject, text);
  timers[region] = timers[region] || setTimeout(speak, SOON_MS, region);
}

function speak(name) {
  timers[name] = null;
  const region = document.querySelector(`[data-atelier-${name === "say" ? "say-now" : "alert"}]`);
  const words = [...waiting[name].values()].join(" ");
  waiting[name].clear();
  if (!region) return;
  // The same words again are said again.
  region.textContent = region.textContent === words ? `${words}\u00a0` : words;
  setTimeout(() => {
    if (region.textContent.trim() === words) region.textContent = "";
  }, KEPT_MS);
}

/** « 2 initiatives, 1 mission »: of counts by noun, in this order, those that are not nothing. */
export function told(nouns, found) {
  return nouns
    .filter(([name]) => found[name])
    .map(([name, one, several]) => `${found[name]}\u00a0${found[name] > 1 ? several : one}`)
    .join(", ");
}
