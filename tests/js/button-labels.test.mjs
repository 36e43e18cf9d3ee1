// The name of a button of a list: its verb and the first words of the text it acts on. Run with `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { labelFor } from "../../atelier/static/js/phone/button-labels.js";

test("a short text is named whole", () => {
  assert.equal(labelFor("Retirer", " Un carnet de liaison "), "Retirer «\u00a0Un carnet de liaison\u00a0»");
});

test("a long one by its first words", () => {
  const name = labelFor("Modifier", "Un accueil à deux voix, le mardi matin, dans chaque maison");
  assert.equal(name, "Modifier «\u00a0Un accueil à deux voix, le mardi…\u00a0»");
});

test("no sign is cut in two", () => {
  assert.equal(labelFor("Soutenir", "🎉".repeat(60)), `Soutenir «\u00a0${"🎉".repeat(39)}…\u00a0»`);
});
