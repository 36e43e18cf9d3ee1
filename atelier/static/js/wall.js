// The wall: follows the workshop, turns the highlighted initiatives, hides a pointer that nobody moves.

import { mountPreviews } from "./live/previews.js";
import { startLive } from "./live/start.js";
import { mountFit } from "./wall/fit.js";
import { mountIdlePointer } from "./wall/idle-pointer.js";
import { mountRotation } from "./wall/rotation.js";

mountRotation(document);
mountFit(document);
mountIdlePointer(document.body);
mountPreviews({});
// A wall whose link is no longer accepted shows nothing of the room: the page loaded anew says why.
document.addEventListener("atelier:expelled", () => location.reload());
startLive();
