// Whether this page is still its owner's: moved to another table, expelled, or the workshop's setup was revised.

import { outboxNow } from "../outbox/outbox.js";
import { phoneData } from "./data.js";

let setup = "";

/** Load the page again, when nobody writes on it, once it no longer is the right one. */
export function mountSeat() {
  setup = document.body.dataset.setup;
  document.addEventListener("atelier:expelled", (event) => event.detail.lost || reload());
  document.addEventListener("atelier:changed", check);
}

function check() {
  const members = document.querySelector("[data-members]");
  const here = members.dataset.members.split(" ").includes(phoneData().me);
  // A journal put back from an older copy may not know its owner yet: the outbox brings them in again first.
  const moved = phoneData().participant && !here && outboxNow().waiting.length === 0;
  if (moved || document.body.dataset.setup !== setup) reload();
}

// A text in progress is worth more than a fresh page: try again when it was sent.
function reload() {
  if (document.querySelector("[data-composing]")) setTimeout(reload, 3000);
  else location.reload();
}
