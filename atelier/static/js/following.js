// A page of forms that follows what others do: it asks whether what it shows is still so, and takes what is new as long as
// nobody is in the middle of something; else it offers it.

import { fetchWithin } from "./live/fetch-json.js";

const EVERY_MS = 4000;
const ANSWER_MS = 15000;

document.documentElement.dataset.scripts = "on";
setInterval(look, EVERY_MS);
document.addEventListener("visibilitychange", look);

let asking = false;

async function look() {
  if (asking || document.visibilityState !== "visible") return;
  asking = true;
  const { ok, body } = await fetchWithin(ANSWER_MS, address(), {}, (answer) => answer.text()).catch(
    () => ({}),
  );
  asking = false;
  if (!ok || !body) return;
  const found = new DOMParser().parseFromString(body, "text/html").getElementById("contenu");
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
