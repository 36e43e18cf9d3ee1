// A page of forms that follows what others do: it asks whether what it shows is still so, and takes what is new as long as
// nobody is in the middle of something; else it offers it.

import { askAgain } from "./live/asking-again.js";

const EVERY_MS = 4000;
const ANSWER_MS = 15000;

document.documentElement.dataset.scripts = "on";
askAgain(EVERY_MS, ANSWER_MS, address, take);

function take(page) {
  const found = page.getElementById("contenu");
  if (!found?.dataset.mark) return;
  if (isAtWork()) document.querySelector("[data-fresh]").hidden = false;
  else shown().replaceWith(document.importNode(found, true));
}

function shown() {
  return document.getElementById("contenu");
}

function address() {
  const asked = new URL(location.href);
  asked.hash = "";
  asked.searchParams.set("marque", shown().dataset.mark);
  return asked.href;
}

// A field in which something stands, a button one has come to: it stays where it is.
function isAtWork() {
  const { activeElement } = document;
  return activeElement !== document.body && activeElement !== shown() && shown().contains(activeElement);
}
