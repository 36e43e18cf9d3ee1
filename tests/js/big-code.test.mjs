// For how long the code in large covers the screen. Run with `node --test`.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { mountBigCode } from "../../atelier/static/js/wall/big-code.js";

const SECONDS = 20;

/** A screen whose element for the code is drawn anew by `draw`. */
function screen() {
  let element = { hidden: true, dataset: { left: "0" } };
  const heard = [];
  globalThis.document = {
    getElementById: () => element,
    addEventListener: (_name, listener) => heard.push(listener),
  };
  mountBigCode();
  const changed = () => {
    for (const listener of heard) listener({ detail: { html: true } });
  };
  return {
    shown: () => !element.hidden,
    changed,
    draw(left) {
      element = { hidden: true, dataset: { left: String(left) } };
      changed();
    },
  };
}

test("twenty seconds from the press, whatever is drawn meanwhile", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const wall = screen();
  assert.equal(wall.shown(), false);
  wall.draw(SECONDS * 1000);
  for (let second = 0; second < SECONDS; second++) {
    assert.equal(wall.shown(), true, `after ${second} s`);
    wall.changed();
    mock.timers.tick(second < SECONDS - 1 ? 1000 : 999);
  }
  assert.equal(wall.shown(), true);
  mock.timers.tick(1);
  assert.equal(wall.shown(), false);
  mock.timers.reset();
});

test("pressed again, twenty seconds from then; a screen that is opened shows what is left", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const wall = screen();
  wall.draw(SECONDS * 1000);
  mock.timers.tick(15000);
  wall.draw(SECONDS * 1000);
  mock.timers.tick(19999);
  assert.equal(wall.shown(), true);
  mock.timers.tick(1);
  assert.equal(wall.shown(), false);
  wall.draw(3000);
  mock.timers.tick(2999);
  assert.equal(wall.shown(), true);
  mock.timers.tick(1);
  assert.equal(wall.shown(), false);
  mock.timers.reset();
});
