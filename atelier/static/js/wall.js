// The wall: follows the workshop, turns the highlighted initiatives, hides a pointer that nobody moves.

import { startLive } from "./live/start.js";
import { mount as mountIdle } from "./wall/idle.js";
import { mount as mountRotate } from "./wall/rotate.js";

mountRotate(document);
mountIdle(document.body);
startLive();
