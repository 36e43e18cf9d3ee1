// A participant's phone.

import { mountForms } from "./outbox/forms.js";
import { startOutbox } from "./outbox/outbox.js";
import { mountOutboxView } from "./outbox/view.js";
import { mountAges } from "./phone/ages.js";
import { mountAnnouncement } from "./phone/announcement.js";
import { mountBanner } from "./phone/banner.js";
import { mountCards } from "./phone/cards.js";
import { readData } from "./phone/data.js";
import { mountHeader } from "./phone/header.js";
import { mountHolding } from "./phone/holding.js";
import { mountIdeas } from "./phone/ideas.js";
import { followPull, isOurs, mountLines } from "./phone/lines.js";
import { mountMissions } from "./phone/missions.js";
import { mountMoved } from "./phone/moved.js";
import { mountPen } from "./phone/pen.js";
import { mountPlacing } from "./phone/placing.js";
import { mountSeat } from "./phone/seat.js";
import { mountTabs } from "./phone/tabs.js";
import { mountTexts } from "./phone/texts.js";
import { mountPreviews } from "./live/previews.js";
import { startLive } from "./live/start.js";
import { inTurn } from "./live/turns.js";

const root = document.body;
const { me } = readData();

mountBanner();
mountTabs();
mountForms(root);
mountOutboxView();
mountTexts(root);
mountMissions(root);
mountPlacing(root);
mountSeat();
mountAges();
startOutbox(root.dataset.code, me);
mountLines();
mountCards(root);
mountPreviews({ ours: isOurs, moved: followPull });
mountIdeas(root);
mountHeader();
mountPen();
mountAnnouncement();
mountHolding();
mountMoved();
inTurn([startLive, () => document.dispatchEvent(new Event("atelier:outbox"))]);
