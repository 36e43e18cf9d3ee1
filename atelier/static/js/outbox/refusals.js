// What the server said no to, one card each above everything: why, the text or the gesture, and what can be done.

import { setChildren } from "../live/set-text.js";
import { copyButton } from "../phone/copy-button.js";
import { phoneData } from "../phone/data.js";
import { reachName } from "../phone/reach.js";
import { lateGesture } from "./late-gesture.js";
import { NOT_KEPT } from "./keeping.js";
import { isTooLate, whereabouts } from "./hand-in.js";
import { isKept, putAway, tryAgain } from "./outbox.js";
import { keyOf } from "./placements.js";
import { textOf } from "./queue.js";

const STATES = {
  desk: {
    look: "notice--wait",
    why: "Transmis à l’animateur·rice, qui peut encore l’ajouter à la fiche. Rien à refaire.",
  },
  accepted: { look: "notice--good", why: "Ajouté par l’animation\u00a0: votre texte est sur la fiche." },
  aside: {
    look: "",
    why: "L’animation n’a pas ajouté ce texte à la fiche. Vous pouvez le copier.",
  },
};

/** Show these refused acts, or nothing. */
export function showRefusals(entries) {
  const panel = document.querySelector("[data-atelier-refused]");
  panel.hidden = entries.length === 0;
  const known = new Map([...panel.children].map((child) => [child.dataset.is, child]));
  const places = entries.map((entry) => whereabouts(entry, decided()));
  const items = entries.map(
    (entry, index) => known.get(identity(entry, places[index])) || card(entry, places[index]),
  );
  // Put in again, an item would lose the focus that is on one of its buttons.
  if (items.length === panel.children.length && items.every((item) => item.isConnected)) return;
  setChildren(panel, items);
}

function decided() {
  const { accepted, aside } = document.getElementById("decided").dataset;
  return { accepted: accepted.split(" "), aside: aside.split(" ") };
}

function identity(entry, place) {
  return `${entry.op} ${place} ${isKept(entry.op)}`;
}

function card(entry, place) {
  const made = place === "here" ? refusedCard(entry) : handedCard(entry, place);
  made.dataset.is = identity(entry, place);
  return made;
}

// It left this phone: nothing is to be sent again, lest it come twice.
function handedCard(entry, place) {
  const { look, why } = STATES[place];
  const item = element("div", `refusal notice ${look}`.trim());
  const tools = element("p", "refusal__tools");
  if (place !== "accepted") tools.append(copyButton(textOf(entry), "Copier mon texte"));
  if (place !== "desk")
    tools.append(button(place === "aside" ? "Effacer" : "J’ai compris", () => putAway(entry.op)));
  item.append(...told(why, textOf(entry), place === "aside" ? unkept(entry) : ""), tools);
  return item;
}

function refusedCard(entry) {
  const text = textOf(entry);
  const item = element("div", "refusal notice notice--error");
  item.append(
    ...(text || !(isTooLate(entry) || keyOf(entry))
      ? told(entry.message, text, unkept(entry))
      : gesture(entry)),
  );
  const tools = element("p", "refusal__tools");
  if (text)
    tools.append(
      copyButton(text, "Copier mon texte"),
      button("Envoyer à nouveau", () => tryAgain(entry.op)),
    );
  tools.append(button(text ? "Effacer" : "J’ai compris", () => putAway(entry.op)));
  item.append(tools);
  return item;
}

function gesture(entry) {
  const labelOf = (action) => {
    const label = document.getElementById(`label-${entry.fields.group}-${action}`);
    return label ? label.textContent.trim() : "Cette action";
  };
  const { scale, poles } = phoneData();
  const { why, was, advice } = lateGesture(entry, labelOf, (reach) => reachName(reach, scale), poles);
  return told(why, was, advice);
}

function told(why, what, advice) {
  return [
    element("p", "refusal__why", why),
    what && element("p", "refusal__text", what),
    advice && element("p", "refusal__advice", advice),
  ].filter(Boolean);
}

function unkept(entry) {
  return isKept(entry.op) ? "" : NOT_KEPT;
}

function button(words, pressed) {
  const made = element("button", "button button--quiet", words);
  made.type = "button";
  made.addEventListener("click", () => pressed(made));
  return made;
}

/** Return an element with its classes and its words. */
export function element(name, classes, text = "") {
  const made = document.createElement(name);
  made.className = classes;
  made.textContent = text;
  return made;
}
