// A participant's phone.

import { mountForms } from "./outbox/forms.js";
import { startOutbox } from "./outbox/outbox.js";
import { mountOutboxView } from "./outbox/view.js";
import { mountRelativeTimes } from "./phone/relative-time.js";
import { mountAnnouncement } from "./phone/announcement.js";
import { mountAnswers } from "./phone/answers.js";
import { mountBanner } from "./phone/banner.js";
import { mountCards } from "./phone/cards.js";
import { readData } from "./phone/data.js";
import { mountHeader } from "./phone/header.js";
import { mountUnsentCount } from "./phone/unsent-count.js";
import { mountInitiatives } from "./phone/initiatives.js";
import { followPull, isOurs, mountLines } from "./phone/lines.js";
import { mountMissions } from "./phone/missions.js";
import { mountOlder } from "./phone/older.js";
import { mountClockAlerts } from "./phone/clock-alerts.js";
import { mountAddressChange } from "./phone/address-change.js";
import { mountLeaveWarning } from "./phone/leave-warning.js";
import { mountOwnTexts } from "./phone/own-texts.js";
import { mountNotes } from "./phone/notes.js";
import { mountPen } from "./phone/pen.js";
import { mountPlacement } from "./phone/placement.js";
import { mountDigest } from "./phone/digest.js";
import { mountLargeText } from "./live/large-text.js";
import { mountSeat } from "./phone/seat.js";
import { mountShowIf } from "./phone/show-if.js";
import { mountTabs } from "./phone/tabs.js";
import { mountVoteStrip } from "./phone/vote-strip.js";
import { mountFrameHeight } from "./phone/frame-height.js";
import { mountTextFields } from "./phone/text-fields.js";
import { mountUndo } from "./phone/undo.js";
import { mountPreviews } from "./live/previews.js";
import { mountTitle, wordsOf } from "./live/title.js";
import { mountKeepFocus } from "./live/keep-focus.js";
import { lateLibrary } from "./live/late-library.js";
import { startLive } from "./live/start.js";
import { runAsTasks } from "./live/yield-tasks.js";

// A slow phone shows the page, and takes a tap, between these tasks; the first one is not part of the reading of the page.
runAsTasks([() => runAsTasks([...mounted(document.body), askOutbox, () => startLive(lateLibrary)])]);

/** Listen to everything that can be done; return what can wait until somebody sees the page. */
function mounted(root) {
  const { me } = readData();
  mountLargeText();
  mountBanner();
  mountShowIf();
  mountTabs();
  mountNotes(root);
  mountForms(root);
  mountOutboxView();
  const restoreDrafts = mountTextFields(root);
  mountMissions(root);
  mountPlacement(root);
  mountSeat();
  const readAges = mountRelativeTimes();
  mountUndo();
  const learnCounts = mountDigest();
  startOutbox(root.dataset.code, me);
  mountLines();
  const countCards = mountCards(root);
  mountPreviews({ ours: isOurs, moved: followPull });
  mountInitiatives(root);
  mountOlder(root);
  mountHeader();
  mountFrameHeight();
  mountPen();
  mountAnswers(root);
  mountAnnouncement();
  mountClockAlerts();
  mountUnsentCount();
  mountVoteStrip();
  mountAddressChange();
  mountLeaveWarning();
  mountOwnTexts();
  mountKeepFocus();
  mountTitle(() => [
    document.querySelector('[data-state="refused"]') ? "Non envoyé" : "",
    wordsOf("#phase-title"),
    wordsOf(".tab[aria-current]:not([data-atelier-tab=now])"),
  ]);
  return [restoreDrafts, learnCounts, countCards, readAges];
}

function askOutbox() {
  document.dispatchEvent(new Event("atelier:outbox"));
}
