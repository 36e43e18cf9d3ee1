// Which section shows. The phase chooses; somebody who is typing or pulling an arm is asked first.

import { momentNow } from "../live/preserve-view.js";
import { recall, remember } from "../live/storage.js";
import { askFirst, unask } from "./banner.js";
import { showField, unsentField } from "./unsent-draft.js";
import { isBusy, isComposing } from "./activity.js";
import { isAmong } from "./show-if.js";
import { announceOnce } from "../live/live-region.js";

// The page comes with it: `home` in templates/pages/phone/tabs.html.
const HOME = {
  welcome: "now",
  remits: "missions",
  articulations: "sheet",
  "report-back": "now",
  synthesis: "now",
};
const PLACES = {
  welcome: "Retour à l’accueil.",
  remits: "Place aux missions.",
  articulations: "Place aux articulations.",
  "report-back": "Place à la restitution.",
  synthesis: "Place à la synthèse.",
};
const WRITING = "Vous écriviez\u202f? Votre texte reste ouvert\u00a0: vous avez une minute pour l’envoyer.";
const MINUTE_MS = 60000;
const MEMORY = "atelier:tab";

let phase = "";
let moment = "";
let asked = null;

/** Start the tabs and follow the phase. */
export function mountTabs() {
  phase = document.body.dataset.phase;
  moment = momentNow();
  for (const tab of document.querySelectorAll("[data-atelier-tab]")) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(tab.dataset.atelierTab);
      window.scrollTo(0, 0);
    });
  }
  document.addEventListener("atelier:changed", followPhase);
  document.addEventListener("atelier:show", (event) => show(event.detail));
  show(remembered() || homeTab());
}

function followPhase() {
  const { phase: now, status } = document.body.dataset;
  // What is over is asked no more: nothing can be sent once the workshop is closed.
  if (status !== "open") askedEnough();
  const before = moment;
  moment = momentNow();
  if (now === phase) {
    if (moment !== before) startAtTop(status);
    return;
  }
  phase = now;
  offerTabs();
  const asking = isBusy() && status === "open";
  announceOnce(asking ? question() : PLACES[now], "phase");
  if (asking) ask();
  else goHome();
}

// Another group presents, or it is over: what is new stands at the top.
function startAtTop(status) {
  if (!isBusy() && (status !== "open" || document.body.dataset.tab === "now")) window.scrollTo(0, 0);
}

// A field may have the focus and nothing in it: then nobody was writing.
function question() {
  return isComposing() || unsentField() ? `${PLACES[phase]} ${WRITING}` : PLACES[phase];
}

function ask() {
  askFirst(question(), goOn, unsentField() ? goHome : null);
  clearTimeout(asked);
  asked = setTimeout(askedEnough, MINUTE_MS);
}

function askedEnough() {
  if (asked === null) return;
  clearTimeout(asked);
  asked = null;
  unask();
}

// A text that is not sent yet comes before the place where the room went.
function goOn() {
  const field = unsentField();
  if (field) showField(field);
  else goHome();
}

function goHome() {
  askedEnough();
  show(homeTab());
  window.scrollTo(0, 0);
}

function homeTab() {
  const home = HOME[phase] || "now";
  return document.body.dataset.role === "facilitator" && home === "now" ? "sheet" : home;
}

function show(tab) {
  document.body.dataset.tab = tab;
  for (const each of document.querySelectorAll("[data-atelier-tab]")) {
    if (each.dataset.atelierTab === tab) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
  for (const each of document.querySelectorAll("[data-section]"))
    each.hidden = !isAmong(tab, each.dataset.section);
  offerTabs();
  remember("sessionStorage", MEMORY, `${phase}|${tab}`);
  document.dispatchEvent(new Event("atelier:shown"));
}

// Facilitators reach every table’s sheet at any time; the current tab always stays.
function offerTabs() {
  const all = document.body.dataset.role === "facilitator";
  for (const each of document.querySelectorAll("[data-open-in][data-atelier-tab]")) {
    const { openIn, atelierTab } = each.dataset;
    const offered = all ? atelierTab !== "now" : isAmong(document.body.dataset.phase, openIn);
    each.hidden = !offered && !each.hasAttribute("aria-current");
  }
}

function remembered() {
  const [then, tab] = recall("sessionStorage", MEMORY).split("|");
  const exists = document.querySelector(`[data-atelier-tab="${tab}"]`);
  return then === phase && exists ? tab : "";
}
