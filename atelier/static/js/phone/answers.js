// « Chacun·e répond d’abord »: one's own answer on each card, and the step that each card is at.

import { setText } from "../live/set-text.js";
import { outboxNow } from "../outbox/outbox.js";
import { phoneData } from "./data.js";
import { announce } from "../live/live-region.js";
import { reachName } from "./reach.js";

const KEYBOARD_PAUSE_MS = 700;
const UNSEEN = "Personne d’autre ne voit votre réponse.";

const timers = new Map();
let own = new Map();
let arrowed = false;
let revealing = "";

/** Follow the answers of the cards below `root`; nothing is to be done where nobody answers first. */
export function mountAnswers(root) {
  if (!document.querySelector("[data-step]")) return;
  learn();
  root.addEventListener("click", (event) => {
    if (isAnswer(event.target)) chosen(event.target, event.detail);
  });
  root.addEventListener("keydown", (event) => {
    if (isAnswer(event.target)) arrowed = event.key.startsWith("Arrow");
  });
  document.addEventListener("atelier:sent", ({ detail }) => sent(detail));
  document.addEventListener("atelier:saved", ({ detail }) => keep(detail));
  document.addEventListener("atelier:personal", learn);
  document.addEventListener("atelier:personal", show);
  document.addEventListener("atelier:outbox", show);
  document.addEventListener("atelier:changed", show);
  show();
}

function isAnswer(element) {
  return element.matches("[data-answering] .step__input");
}

function learn() {
  own = new Map(Object.entries(phoneData().answers));
}

// Whoever looks at the words with the arrow keys has not chosen before they stop.
function chosen(input, clicks) {
  const steps = input.closest(".steps");
  clearTimeout(timers.get(steps));
  const settle = () => give(input);
  if (arrowed && clicks === 0) timers.set(steps, setTimeout(settle, KEYBOARD_PAUSE_MS));
  else settle();
}

function give(input) {
  timers.delete(input.closest(".steps"));
  const [group, action] = input.closest("[data-answering]").dataset.answering.split("/");
  if (answerOf(action).reach === Number(input.value)) return;
  const detail = { command: "give-answer", fields: { group, action, [input.name]: input.value } };
  document.dispatchEvent(new CustomEvent("atelier:act", { detail }));
}

function sent({ command, fields }) {
  if (command === "reveal-answers") revealing = fields.action;
}

function keep({ command, fields }) {
  if (command === "give-answer") own.set(fields.action, reachOf(fields));
}

function reachOf({ fs, cn }) {
  return Number(fs ?? cn);
}

/** Return what this phone believes its owner answered: { reach, waits }, undefined where nothing. */
function answerOf(action, { pending, waiting } = outboxNow()) {
  const given = (entry) => entry.command === "give-answer" && entry.fields.action === action;
  const last = pending.filter(given).pop();
  return { reach: last ? reachOf(last.fields) : own.get(action), waits: waiting.some(given) };
}

function show() {
  const outbox = outboxNow();
  for (const body of document.querySelectorAll("[data-step]")) {
    follow(body);
    const place = body.querySelector("[data-answering]");
    if (place) paint(place, body.dataset.step, outbox);
  }
}

// A card goes on as the table does, whoever pressed.
function follow(body) {
  const fragment = body.querySelector("[data-step-now]");
  const { stepNow } = fragment.dataset;
  if (body.dataset.step === stepNow) return;
  body.dataset.step = stepNow;
  const own = body.querySelector("[data-answering]");
  if (own) own.open = stepNow !== "together";
  if (stepNow === "together" && body.closest("details").open) told(fragment);
}

function told(fragment) {
  const words = [...fragment.querySelectorAll(".answers__told")].map((each) => each.textContent.trim());
  announce(`Réponses révélées. ${words.join(". ")}.`);
  // The button that was pressed is gone: whoever pressed it reads on here.
  if (revealing && fragment.id.endsWith(`-${revealing}`)) fragment.focus({ preventScroll: true });
  revealing = "";
}

function paint(place, step, outbox) {
  const [, action] = place.dataset.answering.split("/");
  const { reach, waits } = answerOf(action, outbox);
  const steps = place.querySelector(".steps");
  const answered = reach !== undefined;
  // Where somebody stands with the arrow keys is theirs for as long as they look around.
  if (!timers.has(steps))
    for (const input of steps.querySelectorAll(".step__input")) input.checked = reach === Number(input.value);
  place.dataset.answered = answered ? "yes" : "no";
  setText(place.querySelector("[data-answer-state]"), stateWords(answered, waits));
  const mine = document.querySelector(`[data-mine="${place.dataset.answering}"]`);
  const word = answered && step === "alone" ? reachName(reach, phoneData().scale) : "";
  if (mine) setText(mine, word && `Vous\u00a0: ${word}`);
}

function stateWords(answered, waits) {
  if (!answered) return "Votre réponse se montrera sans votre nom.";
  return `${waits ? "En attente d’envoi. Rien à refaire" : "Enregistré"}. ${UNSEEN}`;
}
