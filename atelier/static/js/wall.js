// The wall: follows the workshop, turns the pages of what does not fit, keeps the screen on, hides a resting pointer.

import { mountPreviews } from "./live/previews.js";
import { startLiveAtOnce } from "./live/at-once.js";
import { mountTitle, wordsOf } from "./live/title.js";
import { mountBigCode } from "./wall/big-code.js";
import { mountHow } from "./wall/how.js";
import { mountIdlePointer } from "./wall/idle-pointer.js";
import { mountLargeText } from "./wall/large-text.js";
import { mountRotation } from "./wall/rotation.js";
import { mountTurning } from "./wall/turning.js";
import { mountWakeLock } from "./wall/wake-lock.js";

mountLargeText();
mountRotation();
mountTurning();
mountBigCode();
mountWakeLock(document.body);
mountIdlePointer(document.body);
mountHow(document);
mountPreviews({});
// A wall whose link is no longer accepted shows nothing of the room: the page loaded anew says why.
document.addEventListener("atelier:expelled", () => location.reload());
mountTitle(() => [wordsOf(".wall-steps [aria-current]")]);
startLiveAtOnce();
