// How long a workshop lasts and when it ends, as the preparation says it. Run with `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../../atelier/static/js/prepare/duration.js";

test("the end is told from the start", () => {
  assert.equal(words(55, "14:00"), "fin vers 14\u00a0h\u00a055\u00a0: 55\u00a0min en tout, sans l’accueil.");
});

test("past the hour and past midnight", () => {
  assert.equal(
    words(80, "23:00"),
    "fin vers 0\u00a0h\u00a020\u00a0: 1\u00a0h\u00a020 en tout, sans l’accueil.",
  );
});

test("without a start, the length alone", () => {
  assert.equal(words(55, ""), "55\u00a0min en tout, sans l’accueil");
});
