// What a pasted list is taken apart into; the server stores each of its lines as it was shown (tests/domain/test_text.py).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { listOf } from "../../atelier/static/js/phone/text-lists.js";

const cases = JSON.parse(readFileSync(new URL("../vectors/lists.json", import.meta.url)));

test("a pasted list is taken apart into its lines, and what cannot be sent stays", () => {
  for (const { text, items, rest } of cases) assert.deepEqual(listOf(text, 280), { items, rest }, text);
});
