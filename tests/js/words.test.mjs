// Words that the server writes and a script keeps true: both say the same (tests/web/test_words_twice.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

// Modules that are loaded for one function of theirs look at the page only once they are mounted.
globalThis.document = { addEventListener: () => undefined };
const { leftWords } = await import("../../atelier/static/js/desk/phase-change.js");
const { holds } = await import("../../atelier/static/js/desk/show-if.js");
const { clockText } = await import("../../atelier/static/js/live/clock.js");
const { labelFor } = await import("../../atelier/static/js/phone/button-labels.js");
const { lineWords, progressText, reachName } = await import("../../atelier/static/js/phone/reach.js");
const { relativeTime } = await import("../../atelier/static/js/phone/relative-time.js");

const words = JSON.parse(readFileSync(new URL("../vectors/words.json", import.meta.url)));
const written = {
  clock: clockText,
  left: leftWords,
  age: relativeTime,
  reach: (reach) => reachName(reach, words.scale),
  line: (line) => lineWords(line, words.scale, words.poles),
  progress: (counts) => progressText(...counts),
  label: (text) => labelFor("Soutenir", text),
  condition: (condition) => holds(condition, (name) => words.flags[name]),
};

for (const [name, write] of Object.entries(written)) {
  test(`${name}: as the server`, () => {
    assert.deepEqual(
      words[name].map(([given]) => [given, write(given)]),
      words[name],
    );
  });
}
