// The front door, the preparation, and where a workshop was: they work without a script, except coming back from another
// address and emptying what this browser kept.

import { mountReturning } from "./door/returning.js";
import { mountTurn } from "./door/turn.js";
import { emptyOf } from "./live/erased.js";
import { mountGroupNames } from "./prepare/groups.js";

mountReturning();
mountTurn();
mountGroupNames();

const { erased } = document.body.dataset;
if (erased) emptyOf(erased);
