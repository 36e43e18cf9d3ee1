// The desk: live as the other pages, plus what a facilitator holds in one hand.

import { mountKeepFocus } from "./live/keep-focus.js";
import { startLiveAtOnce } from "./live/at-once.js";
import { mountTitle, wordsOf } from "./live/title.js";
import { mountFormPosts } from "./desk/form-posts.js";
import { mountShowIf } from "./desk/show-if.js";
import { mountPanels } from "./desk/panels.js";
import { mountPhaseChange } from "./desk/phase-change.js";
import { mountToast } from "./desk/toast.js";
import { mountRevokedLink } from "./desk/revoked-link.js";
import { mountEditInPanel } from "./desk/edit-in-panel.js";
import { mountChoices } from "./desk/choices.js";
import { mountFeed } from "./desk/feed.js";
import { mountGroupNames } from "./desk/group-names.js";
import { mountDrafts } from "./desk/drafts.js";
import { mountNotes } from "./desk/notes.js";
import { mountUnsentText } from "./desk/unsent-text.js";
import { mountExpiringOffers } from "./desk/expiring-offers.js";
import { mountExports } from "./desk/exports.js";
import { mountMenus } from "./desk/menus.js";
import { mountLinks } from "./desk/links.js";
import { mountLevelHeads } from "./desk/level-heads.js";
import { mountMiniature } from "./desk/miniature.js";
import { mountNewPhase } from "./desk/new-phase.js";
import { mountSentences } from "./desk/sentences.js";
import { mountSpoken } from "./desk/spoken.js";
import { mountTabs } from "./desk/tabs.js";
import { mountSettings } from "./desk/settings.js";
import { mountChime } from "./desk/chime.js";
import { mountWakeLock } from "./desk/wake-lock.js";
import { mountShortcuts } from "./desk/shortcuts.js";

document.documentElement.dataset.scripts = "on";
const root = document.body;
mountFormPosts(root);
for (const start of [
  mountPhaseChange,
  mountShowIf,
  mountPanels,
  mountUnsentText,
  mountToast,
  mountRevokedLink,
  mountEditInPanel,
  mountChoices,
  mountFeed,
  mountGroupNames,
  mountNotes,
  mountDrafts,
  mountExpiringOffers,
  mountExports,
  mountTabs,
  mountNewPhase,
  mountSentences,
  mountSpoken,
  mountMenus,
  mountLinks,
  mountLevelHeads,
  mountMiniature,
  mountSettings,
  mountChime,
  mountWakeLock,
  mountShortcuts,
]) {
  start(root);
}
mountKeepFocus();
mountTitle(() => [wordsOf(`[data-atelier-phase="${root.dataset.phase}"] .phase__title`).split(" (")[0]]);
startLiveAtOnce();
