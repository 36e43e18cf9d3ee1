// The front door, the preparation, and where a workshop was: they work without a script, except coming back from another
// address and emptying what this browser kept.

import { mountCopying } from "./home/copying.js";
import { mountFresh } from "./home/fresh.js";
import { mountRejoin } from "./join/rejoin.js";
import { mountRetry } from "./join/retry.js";
import { clearStorageOf } from "./live/erasure.js";
import { mountLargeText } from "./live/large-text.js";
import { mountDuration } from "./prepare/duration.js";
import { mountGroupNames } from "./prepare/groups.js";
import { mountLengths } from "./prepare/lengths.js";

mountLargeText();
mountCopying(document.body);
mountFresh();
mountRejoin();
mountRetry();
mountGroupNames();
mountDuration();
mountLengths(document.body);

const { erased } = document.body.dataset;
if (erased) clearStorageOf(erased);
