// The wall: follows the workshop, turns the highlighted initiatives, hides a pointer that nobody moves.

import { mountPreviews } from "./live/previews.js";
import { startLive } from "./live/start.js";
import { mountFit } from "./wall/fit.js";
import { mountIdle } from "./wall/idle.js";
import { mountRotate } from "./wall/rotate.js";

mountRotate(document);
mountFit(document);
mountIdle(document.body);
mountPreviews({});
// A wall whose link is no longer accepted shows nothing of the room: the page loaded anew says why.
document.addEventListener("atelier:expelled", () => location.reload());
startLive();
