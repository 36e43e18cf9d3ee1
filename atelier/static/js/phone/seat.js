// Whether this page is still its owner's: moved to another table, expelled, or the workshop's setup was revised.

import { outboxNow } from "../outbox/outbox.js";
import { askFirst } from "./banner.js";
import { isComposing } from "./activity.js";
import { phoneData } from "./data.js";

const AGAIN_MS = 1000;
const MOVED =
  "Vous êtes maintenant à une autre table. Votre texte commencé vous y suit\u00a0: touchez le bouton quand vous voulez.";
const MOVED_UNKEPT =
  "Vous êtes maintenant à une autre table. Votre texte commencé n’y suit pas\u00a0: copiez-le, puis touchez le bouton.";
const GONE =
  "Vous n’avez plus de place dans cet atelier. Copiez votre texte commencé si vous y tenez, puis touchez le bouton pour revenir à l’entrée.";

let setup = "";
let appointment = null;

/** Load the page again, when nobody writes on it, once it no longer is the right one. */
export function mountSeat() {
  setup = document.body.dataset.setup;
  document.addEventListener("atelier:expelled", (event) => event.detail.lost || unseated(event.detail.group));
  document.addEventListener("atelier:changed", check);
}

function check() {
  const members = document.querySelector("[data-members]");
  const here = members.dataset.members.split(" ").includes(phoneData().me);
  // A journal put back from an older copy may not know its owner yet: the outbox brings them in again first.
  const moved = phoneData().participant && !here && outboxNow().waiting.length === 0;
  if (moved && isComposing()) askFirst(movedWords(), () => location.reload());
  if (moved || document.body.dataset.setup !== setup) reload();
}

// What an open editor holds is in no draft, and where storage refuses there are none.
function movedWords() {
  return document.querySelector("[data-unkept], .compose--edit") ? MOVED_UNKEPT : MOVED;
}

function unseated(group) {
  if (isComposing()) askFirst(group ? movedWords() : GONE, () => location.reload());
  reload();
}

// A text in progress is worth more than a fresh page: try again when it was sent.
function reload() {
  if (isComposing()) appointment = appointment || setTimeout(tryAgain, AGAIN_MS);
  else location.reload();
}

function tryAgain() {
  appointment = null;
  reload();
}
