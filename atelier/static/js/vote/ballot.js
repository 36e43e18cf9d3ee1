// The section of the vote: fetches what is voted for, shows one’s dots, asks the page’s outbox to send them.

import { fetchWithin } from "../live/fetch-json.js";
import { setChildren, setText } from "../live/set-text.js";
import { ballotOf, leftOf } from "./dots.js";

const ANSWER_MS = 15000;

const done = [];
let section;
let list = "";
let fetching = false;

/** Draw the vote into `root`, and follow it. */
export function mountVote(root) {
  section = root;
  section.append(heading(), left(), place());
  section.addEventListener("click", pressed);
  for (const name of ["changed", "outbox", "personal", "show", "connection"])
    document.addEventListener(`atelier:${name}`, follow);
  document.addEventListener(
    "atelier:saved",
    ({ detail }) => detail.command === "place-dots" && done.push(detail),
  );
  follow();
}

function heading() {
  return Object.assign(document.createElement("h2"), { className: "section__title", textContent: "Vote" });
}

function left() {
  const line = Object.assign(document.createElement("p"), { className: "vote__left" });
  line.setAttribute("role", "status");
  return line;
}

function place() {
  return Object.assign(document.createElement("div"), { className: "vote__choices" });
}

function strip() {
  return document.getElementById("vote-strip").dataset;
}

function follow() {
  const { state, list: wanted } = strip();
  const open = state === "open";
  if (!open && document.body.dataset.tab === "vote" && state !== "closed") leave();
  if (open && wanted !== list) fetchList(wanted);
  show();
}

function leave() {
  document.querySelector("[data-atelier-tab]")?.click();
}

async function fetchList(wanted) {
  if (fetching) return;
  fetching = true;
  const address = `/a/${document.body.dataset.code}/gommettes?liste=${wanted}`;
  const { ok, body } = await fetchWithin(ANSWER_MS, address, {}, (answer) => answer.text()).catch(() => ({}));
  fetching = false;
  const found = ok && new DOMParser().parseFromString(body, "text/html").getElementById("vote-list");
  if (!found) return;
  list = wanted;
  setChildren(section.querySelector(".vote__choices"), [document.importNode(found, true)]);
  follow();
}

// What the main script knows: acts that wait, and what the page was drawn with.
function known() {
  const detail = { pending: [], own: null };
  document.dispatchEvent(new CustomEvent("atelier:vote-asks", { detail }));
  return detail;
}

function people() {
  const { me } = JSON.parse(document.getElementById("phone-data").textContent);
  const shares = document.querySelector("[data-members][data-shares]")?.dataset.shares || "";
  const mine = shares.split(" ").find((each) => each.startsWith(`${me}:`));
  return mine ? Number(mine.split(":")[1]) : 1;
}

function show() {
  const { vote, each, state } = strip();
  const { pending, own } = known();
  const dots = ballotOf(vote, own, [...done, ...pending]);
  const items = Array.from(section.querySelectorAll("[data-choice]"));
  const rest = leftOf(
    dots,
    items.map((item) => item.dataset.choice),
    Number(each),
    people(),
  );
  const waits = pending.some((entry) => entry.command === "place-dots" && entry.state === "waiting");
  setText(section.querySelector(".vote__left"), sentence(state, rest, Number(each) * people(), waits));
  for (const item of items) paint(item, dots.get(item.dataset.choice) || 0, rest, state === "open");
}

function sentence(state, rest, all, waits) {
  if (state !== "open") return "Le vote est clos\u00a0: vos gommettes ne bougent plus.";
  const words = rest
    ? `Il vous reste ${rest} gommette${rest > 1 ? "s" : ""} sur ${all}.`
    : `Vos ${all > 1 ? `${all} gommettes sont posées` : "gommette est posée"}. Vous pouvez les déplacer.`;
  return waits ? `${words} En attente d’envoi, rien à refaire.` : `${words} Personne ne voit votre choix.`;
}

function paint(item, placed, rest, open) {
  const shares = people() > 1;
  item.classList.toggle("choice--mine", placed > 0);
  const room = item.querySelector(".choice__dots");
  if (!room.firstChild || room.dataset.many !== String(shares)) {
    room.dataset.many = String(shares);
    setChildren(room, shares ? stepper(item) : [button(item, "one")]);
  }
  for (const each of room.querySelectorAll("button")) {
    const gives = each.dataset.does === "one" ? !placed : each.dataset.does === "more";
    const full = gives ? !rest || placed >= people() : !placed;
    each.setAttribute("aria-disabled", String(!open || full));
    if (each.dataset.does !== "one") continue;
    each.setAttribute("aria-pressed", String(placed > 0));
    setText(each, placed ? "✓ Gommette posée" : "Poser une gommette");
  }
  const count = room.querySelector("output");
  if (count) setText(count, `${placed} gommette${placed > 1 ? "s" : ""}`);
}

function stepper(item) {
  const count = document.createElement("output");
  const fewer = button(item, "fewer", "−", "Reprendre une gommette");
  return [fewer, count, button(item, "more", "+", "Ajouter une gommette")];
}

function button(item, does, words = "", name = "") {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button" });
  made.dataset.does = does;
  made.textContent = words;
  if (name) made.setAttribute("aria-label", name);
  made.setAttribute("aria-describedby", `choice-${item.dataset.choice}`);
  return made;
}

function pressed(event) {
  const press = event.target.closest("button[data-does]");
  if (!press || press.getAttribute("aria-disabled") === "true") return;
  const { vote } = strip();
  const initiative = press.closest("[data-choice]").dataset.choice;
  const { pending, own } = known();
  const now = ballotOf(vote, own, [...done, ...pending]).get(initiative) || 0;
  const dots = { one: now ? 0 : 1, more: now + 1, fewer: now - 1 }[press.dataset.does];
  const detail = { command: "place-dots", fields: { vote, initiative, dots } };
  document.dispatchEvent(new CustomEvent("atelier:act", { detail }));
}
