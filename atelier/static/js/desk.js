// The desk: live as the other pages, plus what a facilitator holds in one hand.

import { startLive } from "./live/start.js";
import { mount } from "./live/act.js";
import { mountWhen } from "./desk/when.js";
import { mountPanels } from "./desk/panels.js";
import { mountPassing } from "./desk/passing.js";
import { mountTold } from "./desk/told.js";
import { mountEnded } from "./desk/ended.js";
import { mountFill } from "./desk/fill.js";
import { mountFeed } from "./desk/feed.js";
import { mountNames } from "./desk/names.js";
import { mountNotes } from "./desk/notes.js";
import { mountTyping } from "./desk/typing.js";
import { mountUndo } from "./desk/undo.js";
import { mountExports } from "./desk/exports.js";
import { mountTabs } from "./desk/tabs.js";
import { mountSettings } from "./desk/settings.js";
import { mountChime } from "./desk/chime.js";
import { mountAwake } from "./desk/awake.js";
import { mountKeys } from "./desk/keys.js";

document.documentElement.dataset.scripts = "on";
const root = document.body;
mount(root);
for (const start of [
  mountPassing,
  mountWhen,
  mountPanels,
  mountTyping,
  mountTold,
  mountEnded,
  mountFill,
  mountFeed,
  mountNames,
  mountNotes,
  mountUndo,
  mountExports,
  mountTabs,
  mountSettings,
  mountChime,
  mountAwake,
  mountKeys,
]) {
  start(root);
}
startLive();
